"""What is shown of a certificate: its holder, issuer, dates and fingerprint."""

import hashlib
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


def common_name(name: x509.Name) -> str:
    """Return a name's common name, else its organisation, else all of it."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(kind)
        if found:
            return str(found[0].value)
    return name.rfc4514_string()


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate as groups of four hexadecimal digits, to compare by eye."""
    digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest().upper()
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def describe(certificate: x509.Certificate) -> dict[str, Any]:
    """Return what a person compares: holder, issuer, dates, fingerprint, and whether it only vouches for itself."""
    return {
        "subject": common_name(certificate.subject),
        "issuer": common_name(certificate.issuer),
        "valid_from": certificate.not_valid_before_utc.astimezone().date().isoformat(),
        "valid_to": certificate.not_valid_after_utc.astimezone().date().isoformat(),
        "fingerprint": fingerprint(certificate),
        "self_signed": certificate.issuer == certificate.subject and issued_by(certificate, certificate),
    }


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether `issuer` signed `certificate`; not where it did so in a way that this program does not know."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
