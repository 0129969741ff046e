"""Signed papers: what is signed holds, is still PDF/A, and tells every later change."""

import io
import random
import re
import subprocess
from datetime import datetime
from shutil import which

import pikepdf
import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec

from desktop.documents import certificates
from desktop.documents.closing import seal_geometry
from desktop.documents.kind import Setting
from desktop.documents.kinds import find_kind
from desktop.documents.seal import load_seal
from desktop.documents.signing import read_signer, seal_place
from desktop.documents.styles import MM
from desktop.documents.verifying import Verdict, verify_pdf
from desktop.errors import BadInput
from tests.documents.certificates import PASSPHRASE, certificate, pkcs12_file
from tests.documents.samples import seal_image

NOTICE = {
    "issuer": "左翼中旗总工会",
    "number": {"code": "左中工发", "year": 2026, "serial": 18},
    "title": "关于做好劳模工匠创新工作室申报工作的通知",
    "to": ["各基层工会"],
    "body": ["现将有关事项通知如下。", "一、申报条件", "按办法执行。"],
    "date": "2026-09-01",
}


@pytest.fixture(scope="module")
def signer():
    return read_signer(pkcs12_file(), PASSPHRASE)


@pytest.fixture(scope="module")
def sealed():
    return find_kind("notice").pdf(NOTICE, Setting(seals=[load_seal(seal_image(), 42)]))


@pytest.fixture(scope="module")
def signed(signer, sealed):
    return signer.sign(sealed)


@pytest.fixture(scope="module")
def hole(signed):
    """The span of the signature itself, which it cannot cover."""
    start = signed.index(b"/Contents <", len(signed) - 6000) + len(b"/Contents <")
    return start, signed.index(b">", start)


def flipped(data, position, bit):
    return data[:position] + bytes([data[position] ^ (1 << bit)]) + data[position + 1 :]


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_signed_paper_is_intact_and_names_signer_and_time(sealed, kind):
    found = verify_pdf(read_signer(pkcs12_file(kind=kind), PASSPHRASE).sign(sealed))
    assert found.verdict is Verdict.INTACT
    (one,) = found.signatures
    assert one.signer == "左翼中旗总工会"
    assert abs((datetime.now().astimezone() - datetime.fromisoformat(one.signed_at)).total_seconds()) < 60
    assert one.certificate["self_signed"]
    assert re.fullmatch(r"([0-9A-F]{4} ){15}[0-9A-F]{4}", one.certificate["fingerprint"])
    assert "自制" in found.words
    assert one.signed_at[:10] in found.words


def test_a_certificate_of_an_authority_is_named(sealed):
    found = verify_pdf(read_signer(pkcs12_file(chain=True), PASSPHRASE).sign(sealed))
    assert found.verdict is Verdict.INTACT
    assert found.signatures[0].certificate["issuer"] == "试验发证机构"
    assert not found.signatures[0].certificate["self_signed"]
    assert "试验发证机构" in found.words


@pytest.mark.skipif(which("pdfsig") is None, reason="poppler is the second opinion where it is installed")
def test_another_program_finds_the_signature_valid(signed, tmp_path):
    file = tmp_path / "p.pdf"
    file.write_bytes(signed)
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_a_signed_paper_is_still_pdf_a(sealed, signed):
    assert signed.startswith(sealed), "the paper itself is not touched"
    with pikepdf.open(io.BytesIO(signed)) as book, pikepdf.open(io.BytesIO(sealed)) as before:
        assert book.pdf_version == "1.7"
        assert "/Version" not in book.Root
        assert "/Extensions" not in book.Root
        assert book.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert book.docinfo.Producer == before.docinfo.Producer
        assert book.Root.AcroForm.get("/NeedAppearances", False) is False
        (widget,) = book.Root.AcroForm.Fields
        assert widget.F == 132, "printed, not hidden, locked"
        assert set(widget.AP.keys()) == {"/N"}
        assert widget.AP.N.read_bytes().strip() == b"q Q"
        assert "/Font" not in widget.AP.N.Resources
        assert "/AA" not in widget
        assert "/A" not in widget


def test_the_page_looks_the_same_signed_or_not(sealed, signed):
    images = []
    for data in (sealed, signed):
        with pypdfium2.PdfDocument(data) as book:
            book.init_forms()
            images.append(book[0].render(scale=1.5, may_draw_forms=True).to_pil().tobytes())
    assert images[0] == images[1]


def test_the_field_lies_on_the_seal(signed):
    with pikepdf.open(io.BytesIO(signed)) as book:
        left, bottom, right, top = (float(side) / MM for side in book.Root.AcroForm.Fields[0].Rect)
    _, gap = seal_geometry(42)
    assert right - left == pytest.approx(42.8, abs=0.5)
    assert top - bottom == pytest.approx(42.8, abs=0.5)
    assert gap > 0
    with pypdfium2.PdfDocument(signed) as book:
        image = book[0].render(scale=4).to_pil().convert("RGB")
    reds = [
        (x, y)
        for y in range(image.height // 2, image.height, 2)
        for x in range(0, image.width, 2)
        if image.getpixel((x, y))[0] > 150 and image.getpixel((x, y))[1] < 60
    ]
    xs, ys = [x / 4 / MM for x, _ in reds], [297 - y / 4 / MM for _, y in reds]
    measured = (min(xs), min(ys), max(xs), max(ys))
    assert measured == pytest.approx((left + 0.4, bottom + 0.4, right - 0.4, top - 0.4), abs=0.5)


def test_an_unsealed_paper_is_signed_without_a_place(signer):
    plain = find_kind("notice").pdf(NOTICE, Setting())
    assert seal_place(plain) is None
    data = signer.sign(plain)
    with pikepdf.open(io.BytesIO(data)) as book:
        assert [float(side) for side in book.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]
    assert verify_pdf(data).verdict is Verdict.INTACT


def test_every_flipped_byte_is_told(signed, hole):
    start, end = hole
    generator = random.Random(2026)
    places = [generator.randrange(len(signed)) for _ in range(250)]
    places += [generator.randrange(start, end) for _ in range(150)]
    places += range(start, start + 100)
    places += [0, 3, start - 1, end, len(signed) - 1, signed.rindex(b"/ByteRange"), signed.rindex(b"/SigFlags")]
    for place in places:
        bit = generator.randrange(8)
        assert verify_pdf(flipped(signed, place, bit)).verdict is Verdict.ALTERED, (place, bit)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_bytes_put_in_taken_out_or_moved_are_told(signed, data):
    start = data.draw(st.integers(0, len(signed) - 1))
    length = data.draw(st.integers(1, 400))
    what = data.draw(st.sampled_from(["insert", "remove", "repeat"]))
    piece = signed[start : start + length]
    changed = {
        "insert": signed[:start] + data.draw(st.binary(min_size=1, max_size=40)) + signed[start:],
        "remove": signed[:start] + signed[start + len(piece) :],
        "repeat": signed[: start + len(piece)] + piece + signed[start + len(piece) :],
    }[what]
    try:
        assert verify_pdf(changed).verdict is not Verdict.INTACT
    except BadInput:
        assert what == "remove"


def test_text_exchanged_in_the_content_is_told(signed):
    with pikepdf.open(io.BytesIO(signed)) as book:
        book.pages[0].contents_add(b"0 0 1 rg 100 100 50 50 re f")
        out = io.BytesIO()
        book.save(out)
    assert verify_pdf(out.getvalue()).verdict is Verdict.ALTERED


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\0" * 512, b"x"])
def test_anything_appended_is_told(signed, tail):
    found = verify_pdf(signed + tail)
    assert found.verdict is Verdict.ALTERED
    assert "追加" in found.words


def test_an_incremental_update_is_told(signed):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = signers.pdf_signer.generic.NumberObject(90)
    writer.mark_update(page.container_ref)
    out = io.BytesIO()
    writer.write(out)
    found = verify_pdf(out.getvalue())
    assert found.verdict is Verdict.ALTERED
    assert "追加" in found.words
    assert found.signatures[0].signer == "左翼中旗总工会"


def test_a_cut_file_is_told(signed):
    for length in (len(signed) - 1, len(signed) - 100, len(signed) - 3000):
        assert verify_pdf(signed[:length]).verdict is Verdict.ALTERED


def test_a_second_organ_may_sign_a_paper_that_allows_it(sealed):
    first, second = (read_signer(pkcs12_file(name), PASSPHRASE) for name in ("甲旗总工会", "乙旗总工会"))
    data = sealed
    for number, one in enumerate((first, second)):
        meta = signers.PdfSignatureMetadata(
            field_name=f"S{number}",
            certify=number == 0,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        )
        out = io.BytesIO()
        signers.PdfSigner(meta, one.key, new_field_spec=SigFieldSpec(f"S{number}")).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(data)), output=out
        )
        data = out.getvalue()
    found = verify_pdf(data)
    assert [one.signer for one in found.signatures] == ["甲旗总工会", "乙旗总工会"]
    assert found.verdict is Verdict.INTACT


def test_our_own_certification_allows_no_second_signature(signed, signer):
    with pytest.raises(signers.pdf_signer.SigningError):
        signer.sign(signed)


def test_unsigned_and_unreadable_files(sealed):
    assert verify_pdf(sealed).verdict is Verdict.UNSIGNED
    with pytest.raises(BadInput, match="不是PDF"):
        verify_pdf(b"hello")
    with pytest.raises(BadInput, match="打不开"):
        verify_pdf(b"%PDF-1.7\nnothing of a file")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as book:
        book.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(BadInput, match="打开口令"):
        verify_pdf(locked.getvalue())


P256, SM2_CURVE = "2a8648ce3d030107", "2a811ccf5501822d"
OTHER_CURVE = "2a8648ce3d030106"


@pytest.fixture
def in_curve(signed):
    """Say of the signed paper that its certificate's key lies on another curve, as no flipped byte in its text does."""

    def renamed(curve):
        digits = P256.encode() if P256.encode() in signed else P256.upper().encode()
        assert digits in signed
        return signed.replace(digits, curve.encode() if digits.islower() else curve.upper().encode())

    return renamed


def test_a_signature_of_the_national_algorithms_is_neither_praised_nor_blamed(in_curve):
    with pytest.raises(BadInput, match=r"SM2.*不能核验") as refused:
        verify_pdf(in_curve(SM2_CURVE))
    assert refused.value.where == "file"


def test_a_key_of_a_kind_that_nobody_knows_is_no_sound_signature(in_curve):
    assert verify_pdf(in_curve(OTHER_CURVE)).verdict is Verdict.ALTERED


def test_a_certificate_by_an_unknown_curve_vouches_for_nobody():
    key = ec.generate_private_key(ec.SECP256R1())
    content = certificate("某局", key).public_bytes(Encoding.DER)
    strange = x509.load_der_x509_certificate(content.replace(bytes.fromhex(P256), bytes.fromhex(SM2_CURVE)))
    assert not certificates.issued_by(strange, strange)
    assert certificates.describe(strange)["self_signed"] is False


def test_a_removed_signature_leaves_an_unsigned_file(signed):
    with pikepdf.open(io.BytesIO(signed)) as book:
        del book.Root["/AcroForm"]
        del book.Root["/Perms"]
        del book.pages[0]["/Annots"]
        out = io.BytesIO()
        book.save(out)
    assert verify_pdf(out.getvalue()).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize(
    ("data", "passphrase", "words"),
    [
        (lambda: pkcs12_file(), "错的口令", "口令不对"),
        (lambda: b"not a file", PASSPHRASE, "不是PKCS#12"),
        (lambda: b"", "", "不是PKCS#12"),
        (lambda: pkcs12_file(since=-30, until=-2), PASSPHRASE, "过期"),
        (lambda: pkcs12_file(since=3), PASSPHRASE, "才生效"),
    ],
)
def test_certificates_that_cannot_sign(data, passphrase, words):
    with pytest.raises(BadInput, match=words) as caught:
        read_signer(data(), passphrase)
    assert caught.value.where == "sign"
