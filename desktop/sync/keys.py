"""Ed25519 keys: making, signing and verifying with a domain, and the fingerprint that people compare."""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64


def new_private_key() -> bytes:
    """Return the 32 bytes of a fresh private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> bytes:
    """Return the 32 bytes of the public key that belongs to `private`."""
    return _signer(private).public_key().public_bytes_raw()


def sign(private: bytes, domain: str, message: bytes) -> bytes:
    """Sign `message` for one purpose; a signature made in one domain never holds in another."""
    return _signer(private).sign(_framed(domain, message))


def verify(public: bytes, domain: str, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` was made by the holder of `public` over `message` in `domain`."""
    try:
        _verifier(public).verify(signature, _framed(domain, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Return eight groups of four hexadecimal digits (128 bits of SHA-256) to read aloud and compare."""
    digest = hashlib.sha256(b"workroom-desk key\0" + public).hexdigest()[:32].upper()
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


def _framed(domain: str, message: bytes) -> bytes:
    return f"workroom-desk {domain} 1".encode() + b"\0" + message


@lru_cache(maxsize=64)
def _signer(private: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(private)


@lru_cache(maxsize=256)
def _verifier(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)
