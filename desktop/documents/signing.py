"""Signing a finished PDF (PAdES baseline B) with the office's PKCS#12 file, as its author's certification."""

import io
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle

from desktop.documents.certificates import common_name
from desktop.documents.styles import MM
from desktop.errors import BadInput, DesktopError

# pyHanko tells every refusal to its log as well; the person hears it from us.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

FIELD = "OfficeSignature"
REASON = "签发公文，证明文件自签名后未被改动"
MARGIN = 0.4 * MM
"""pt; the field's box is whole points, the seal's is not."""


class _Writer(IncrementalPdfFileWriter):
    """Leaves title and producer as they are: PDF/A wants the metadata and the document information to agree."""

    def _update_meta(self) -> None:
        pass


class _PdfSigner(PdfSigner):
    """Names no extensions: they would raise the file's version to 2.0, which PDF/A-2 does not know."""

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
        """Register nothing."""


@dataclass(frozen=True)
class Signer:
    """A key with its certificate, as read from a PKCS#12 file."""

    name: str
    certificate: x509.Certificate
    key: SimpleSigner

    def sign(self, pdf: bytes) -> bytes:
        """Return the file with the signature appended: any later change of it can be told.

        The signature's place on the page is its last seal's, or nowhere where it has none; nothing more is drawn.
        """
        place = seal_place(pdf)
        where: dict[str, Any] = {"on_page": place[0], "box": place[1]} if place else {"on_page": 0}
        meta = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            name=self.name,
            reason=REASON,
        )
        out = io.BytesIO()
        _PdfSigner(
            meta,
            self.key,
            stamp_style=StaticStampStyle(border_width=0),
            new_field_spec=SigFieldSpec(FIELD, **where),
        ).sign_pdf(_Writer(io.BytesIO(pdf)), output=out)
        return out.getvalue()


def read_signer(data: bytes, passphrase: str, field: str = "sign") -> Signer:
    """Return the key and certificate of a PKCS#12 file; BadInput names a wrong passphrase, a missing key, the dates."""
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(data, passphrase.encode() or None)
    except UnsupportedAlgorithm as error:
        raise BadInput("证书的算法本程序不支持（例如国密SM2）。请用RSA或ECDSA的签名证书。", field) from error
    except ValueError as error:
        raise BadInput("打不开签名证书：口令不对，或不是PKCS#12（.p12、.pfx）文件。", field) from error
    if key is None or certificate is None:
        raise BadInput("这个文件里没有私钥或证书，不能用来签名。请用含私钥的.p12或.pfx文件。", field)
    _refuse_outside_dates(certificate, field)
    return Signer(common_name(certificate.subject), certificate, _pyhanko(data, passphrase, field))


def _refuse_outside_dates(certificate: x509.Certificate, field: str) -> None:
    now = datetime.now(UTC)
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < since:
        raise BadInput(f"签名证书{since.astimezone():%Y-%m-%d}才生效，请核对电脑的日期，或换一个证书。", field)
    if now > until:
        raise BadInput(f"签名证书已于{until.astimezone():%Y-%m-%d}过期，请换用有效的证书。", field)


def _pyhanko(data: bytes, passphrase: str, field: str) -> SimpleSigner:
    try:
        key: SimpleSigner = SimpleSigner.load_pkcs12_data(data, (), passphrase.encode() or None)
    except (ValueError, TypeError, NotImplementedError) as error:
        raise BadInput("这个签名证书用不了：密钥的种类不受支持。请用RSA或ECDSA的签名证书。", field) from error
    return key


def seal_place(pdf: bytes) -> tuple[int, tuple[int, int, int, int]] | None:
    """Return the page (from 0) of the last picture laid over a page, a seal, and its box in whole points."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as book:
            for index in range(len(book.pages) - 1, -1, -1):
                boxes = _pictures(book.pages[index])
                if boxes:
                    left, bottom, right, top = boxes[-1]
                    return index, (
                        round(left - MARGIN),
                        round(bottom - MARGIN),
                        round(right + MARGIN),
                        round(top + MARGIN),
                    )
    except pikepdf.PdfError as error:
        raise DesktopError("要签名的文件不是完整的PDF。", "file") from error
    return None


def _pictures(page: Any) -> list[tuple[float, float, float, float]]:
    """Return the boxes (pt) of images drawn under a blending graphics state, in their order."""
    states = page.get("/Resources", {}).get("/ExtGState")
    if states is None:
        return []
    kept: list[tuple[Any, bool]] = []
    matrix, blends, boxes = pikepdf.Matrix(), False, []
    for step in pikepdf.parse_content_stream(page, "q Q cm gs Do"):
        operands: list[Any] = list(step.operands)
        match str(step.operator):
            case "q":
                kept.append((matrix, blends))
            case "Q":
                matrix, blends = kept.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "gs":
                blends = states[str(operands[0])].get("/BM") == "/Multiply"
            case "Do" if blends:
                corners = [matrix.transform(point) for point in ((0, 0), (1, 1))]
                xs, ys = zip(*corners, strict=True)
                boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes
