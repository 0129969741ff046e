"""Certificates made for the tests, as the PKCS#12 files an office would have."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "左翼中旗-2026"


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(name, key, issuer=None, issuer_key=None, since=-1, until=365):
    now = datetime.now(UTC)
    ca = issuer is None
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer or name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=since))
        .not_valid_after(now + timedelta(days=until))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .sign(issuer_key or key, hashes.SHA256())
    )


def pkcs12_file(name="左翼中旗总工会", kind="ec", passphrase=PASSPHRASE, since=-1, until=365, chain=False):
    """Return a PKCS#12 file: self-made, or with `chain` issued by a made-up authority."""
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    others = None
    if chain:
        root_key = ec.generate_private_key(ec.SECP256R1())
        root = certificate("试验发证机构", root_key)
        made, others = certificate(name, key, "试验发证机构", root_key, since, until), [root]
    else:
        made = certificate(name, key, since=since, until=until)
    locking = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(name.encode(), key, made, others, locking)
