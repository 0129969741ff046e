"""Locking of small secrets with a passphrase: scrypt and ChaCha20-Poly1305."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from desktop.errors import BadInput

MAGIC: Final = b"WRDLOCK1"
SALT_BYTES, NONCE_BYTES = 16, 12
LEAST_CHARACTERS: Final = 8


def lock(content: bytes, passphrase: str) -> bytes:
    """Return `content` locked: magic, salt, nonce, ciphertext (BadInput for a passphrase under eight characters)."""
    if len(passphrase) < LEAST_CHARACTERS:
        raise BadInput(f"口令太短：至少{LEAST_CHARACTERS}个字符。请换一个更长的口令。", "passphrase")
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return MAGIC + salt + nonce + ChaCha20Poly1305(_key(passphrase, salt)).encrypt(nonce, content, MAGIC)


def unlock(data: bytes, passphrase: str) -> bytes:
    """Return what was locked (BadInput when the passphrase is wrong or the file was changed)."""
    start = len(MAGIC)
    salt, nonce = data[start : start + SALT_BYTES], data[start + SALT_BYTES : start + SALT_BYTES + NONCE_BYTES]
    if data[:start] != MAGIC or len(nonce) < NONCE_BYTES:
        raise BadInput("这不是本程序加锁的文件。请重新选择。", "file")
    try:
        return ChaCha20Poly1305(_key(passphrase, salt)).decrypt(nonce, data[start + SALT_BYTES + NONCE_BYTES :], MAGIC)
    except InvalidTag as error:
        raise BadInput("口令不对，或文件被改动过。请核对口令后再试。", "passphrase") from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(passphrase.encode())
