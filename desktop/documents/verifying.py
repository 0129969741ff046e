"""Telling whether a signed PDF is as it was signed: intact, altered or unsigned, by whom and when."""

import io
import logging
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from desktop.documents import certificates
from desktop.errors import BadInput

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

TRACES = (b"/ByteRange", b"/ETSI.CAdES.detached", b"/adbe.pkcs7", b"/SigFlags", b"/FT /Sig", b"/FT/Sig", b"/Adobe.PPK")
"""What a signature leaves in a file's bytes; one flipped byte cannot take them all away."""
# Whatever a damaged or hostile file makes a parser raise is the same answer: it is not as it was signed.
BROKEN: tuple[type[Exception], ...] = (PdfError, SigningError, ValueError, TypeError, LookupError, AttributeError)
BROKEN += (AssertionError, NotImplementedError, RecursionError, ArithmeticError, OSError, UnsupportedAlgorithm)
NATIONAL_ALGORITHMS = bytes.fromhex("2A811CCF55")
"""How the identifiers of the national algorithms (1.2.156.10197: SM2, SM3) begin in a signature."""
CHANGED = "文件在签名之后被改动过，内容与签名不符。请不要采用这份文件，向签发机关索取原件。"
APPENDED = "签名之后文件又追加了内容，签名没有包括它。请不要采用这份文件，向签发机关索取原件。"
SPOILED = "签名数据有改动或已损坏，不能证明文件未被改动。请向签发机关索取原件。"
TORN = "文件里有签名的痕迹，但签名已被破坏，文件不是签发时的样子。请向签发机关索取原件。"
NATIONAL = "这份文件用国密算法（SM2）签名，本程序不能核验，不能说它是否被改动。请用签发机关提供的程序核验。"
NO_SIGNATURE = "这份PDF没有数字签名，不能由文件本身看出是否被改动。"


class Verdict(StrEnum):
    """What a file's signatures tell of it."""

    INTACT = "intact"
    ALTERED = "altered"
    UNSIGNED = "unsigned"


@dataclass(frozen=True)
class SignatureCheck:
    """One signature: its verdict in words, the signer, the time the signer states, the certificate to compare."""

    verdict: Verdict
    words: str
    signer: str = ""
    signed_at: str = ""
    certificate: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FileCheck:
    """A file: the verdict over all of its signatures."""

    verdict: Verdict
    words: str
    signatures: tuple[SignatureCheck, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict for the command line."""
        return asdict(self)


def verify_pdf(data: bytes) -> FileCheck:
    """Return what the signatures of a PDF tell.

    BadInput when it is no PDF, one locked with a password, or one signed by the national algorithms.
    """
    signed = any(trace in data for trace in TRACES)
    if b"%PDF-" not in data[:1024]:
        if signed:
            return FileCheck(Verdict.ALTERED, TORN)
        raise BadInput("这不是PDF文件。", "file")
    try:
        found = _signatures(data)
        if any(NATIONAL_ALGORITHMS in bytes(one.pkcs7_content) for one in found):
            raise BadInput(NATIONAL, "file")
        checks = tuple(_check(signature, data) for signature in found)
    except BROKEN:
        if not signed:
            raise BadInput("这份PDF打不开，文件可能已损坏。请重新取得一份。", "file") from None
        return FileCheck(Verdict.ALTERED, TORN)
    if not checks:
        return FileCheck(Verdict.ALTERED, TORN) if signed else FileCheck(Verdict.UNSIGNED, NO_SIGNATURE)
    return _over_all(checks, _covers_all(found[-1], len(data)))


def _over_all(checks: tuple[SignatureCheck, ...], whole: bool) -> FileCheck:
    bad = next((check for check in checks if check.verdict is Verdict.ALTERED), None)
    if bad is not None:
        return FileCheck(Verdict.ALTERED, bad.words, checks)
    if not whole:
        return FileCheck(Verdict.ALTERED, APPENDED, checks)
    last = checks[-1]
    words = f"自{last.signer}于{last.signed_at[:16].replace('T', ' ')}签名以来，文件未被改动。"
    if last.certificate["self_signed"]:
        words += "证书是自制的，只证明文件完整；请与签发机关核对证书指纹。"
    else:
        words += f"证书由“{last.certificate['issuer']}”签发，本程序不联网核验发证机构；请核对证书指纹。"
    return FileCheck(Verdict.INTACT, words, checks)


def _signatures(data: bytes) -> list[EmbeddedPdfSignature]:
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        raise BadInput("这份PDF加了打开口令，请先去掉口令再核验。", "file")
    return sorted(reader.embedded_regular_signatures, key=lambda one: int(one.byte_range[2]) + int(one.byte_range[3]))


def _check(signature: EmbeddedPdfSignature, data: bytes) -> SignatureCheck:
    holder = x509.load_der_x509_certificate(signature.signer_cert.dump())
    said = signature.self_reported_timestamp
    signed_at = "" if said is None else said.astimezone().isoformat(timespec="seconds")
    shown = (certificates.common_name(holder.subject), signed_at, certificates.describe(holder))
    status = validate_pdf_signature(
        signature,
        ValidationContext(trust_roots=[], allow_fetching=False, other_certs=[]),
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
    )
    if not status.intact:
        return SignatureCheck(Verdict.ALTERED, CHANGED, *shown)
    if not status.valid or not _hole_is_sound(signature, data) or not _wrapping_holds(signature):
        return SignatureCheck(Verdict.ALTERED, SPOILED, *shown)
    if not _only_allowed_since(signature):
        return SignatureCheck(Verdict.ALTERED, APPENDED, *shown)
    words = "签名有效，签名所包括的内容未被改动。"
    if said is not None and not holder.not_valid_before_utc <= _utc(said) <= holder.not_valid_after_utc:
        words += "所称的签名时间不在证书有效期内，请核对。"
    return SignatureCheck(Verdict.INTACT, words, *shown)


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.astimezone()).astimezone(UTC)


def _covers_all(signature: EmbeddedPdfSignature, size: int) -> bool:
    """Tell whether the signature reaches the file's end, but for what archives append (time stamps)."""
    if int(signature.byte_range[2]) + int(signature.byte_range[3]) == size:
        return True
    result = signature.diff_result
    return isinstance(result, DiffResult) and result.modification_level is ModificationLevel.LTA_UPDATES


def _only_allowed_since(signature: EmbeddedPdfSignature) -> bool:
    """Tell whether what came after the signature is what it allows, as further signatures are."""
    if signature.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    found = signature.summarise_integrity_info()
    return signature.coverage is SignatureCoverageLevel.ENTIRE_REVISION and bool(found["docmdp_ok"])


def _hole_is_sound(signature: EmbeddedPdfSignature, data: bytes) -> bool:
    """Tell whether the bytes that a signature cannot cover, its own, are nothing but it and zeros."""
    start, length, after, _rest = map(int, signature.byte_range)
    hole = data[length:after]
    digits = hole[1:-1]
    content = bytes(signature.pkcs7_content)
    if start != 0 or hole[:1] != b"<" or hole[-1:] != b">" or digits not in (digits.lower(), digits.upper()):
        return False
    if bytes.fromhex(digits.decode("ascii")) != content:
        return False
    end = _der_length(content)
    inside = cms.ContentInfo.load(content)
    filled = sum(len(inside[name].dump()) for name in ("content_type", "content"))
    return len(inside.contents) == filled and 0 < end <= len(content) and not content[end:].strip(b"\0")


def _der_length(content: bytes) -> int:
    """Return how many bytes the structure at the start takes."""
    first = content[1]
    if first < 0x80:
        return 2 + first
    size = first & 0x7F
    return 2 + size + int.from_bytes(content[2 : 2 + size], "big")


def _wrapping_holds(signature: EmbeddedPdfSignature) -> bool:
    """Tell whether what stands around the signature itself, and is not covered by it, agrees with it."""
    said, signer, holder = signature.signed_data, signature.signer_info, signature.signer_cert
    named = signer["sid"].name == "issuer_and_serial_number"
    if named:
        sid = signer["sid"].chosen
        if sid["issuer"].dump() != holder.issuer.dump() or sid["serial_number"].native != holder.serial_number:
            return False
    digests = [algorithm.dump() for algorithm in said["digest_algorithms"]]
    return (
        digests == [signer["digest_algorithm"].dump()]
        and signer["version"].native == ("v1" if named else "v3")
        and (said["version"].native == signer["version"].native or bool(signature.embedded_attr_certs))
        and _chain_holds(signature)
    )


def _chain_holds(signature: EmbeddedPdfSignature) -> bool:
    """Tell whether each certificate that came along is signed by its issuer, where that came along too."""
    kept = [signature.signer_cert, *signature.other_embedded_certs]
    found = [x509.load_der_x509_certificate(one.dump()) for one in kept]
    return all(
        any(certificates.issued_by(one, issuer) for issuer in issuers)
        for one in found
        if (issuers := [other for other in found if other.subject == one.issuer])
    )
