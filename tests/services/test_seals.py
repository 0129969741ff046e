"""Seals: kept locked, opened by their keeper alone, entered in the register at each use, gone when taken out of use."""

import hashlib
import io
import os
import re
from datetime import date

import openpyxl
import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from desktop.documents.signing import seal_place
from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.services import blobs, document, exchange, integrity, records
from desktop.services.journal import history
from desktop.services.paper.finish import Finish
from desktop.services.paper.verifying import verify_file
from desktop.services.seal import keeping, register, setting, vault
from desktop.services.seal.setting import Use
from tests.documents.certificates import PASSPHRASE, pkcs12_file
from tests.documents.samples import seal_image
from tests.services.counties import DAY

KEY, NEW_KEY = "保管人自己的口令", "接手人另外的口令"
OFFICE = "左翼中旗总工会"


@pytest.fixture
def county(county):
    county.set_office(document_code="左中工发", chair="包志强")
    return county


@pytest.fixture
def image(tmp_path):
    path = tmp_path / "公章.png"
    path.write_bytes(seal_image(900))
    return path


@pytest.fixture
def kept(county, image):
    with county.writing() as session:
        return keeping.keep_seal(session, image, KEY, OFFICE, "王敏", 42)


@pytest.fixture
def grant(county):
    return county.add_grant(received_yuan="50000", received_on="2026-08-01", quota_number="内工办发〔2026〕12号")


def issue(county, grant, out, use, **given):
    with county.writing() as session:
        return setting.issue_sealed(session, "quota-notice", "grants", [grant], out, use, given, on=DAY)


def seals_on(path):
    """Count the images laid over the pages with Multiply."""
    with pikepdf.open(path) as book:
        return sum(
            1
            for page in book.pages
            for step in pikepdf.parse_content_stream(page, "Do")
            if page.Resources.XObject[str(step.operands[0])].Subtype == "/Image"
        )


def test_a_seal_is_kept_locked_and_never_in_clear(county, kept, image, tmp_path):
    assert kept["keeper"] == "王敏"
    assert kept["diameter_mm"] == 42
    assert kept["here"]
    assert any("不是" in words and "电子印章" in words for words in kept["warnings"])
    with county.reading() as session:
        locked = vault.path_of(session, kept["id"]).read_bytes()
        clear = vault.take(session, kept["id"], KEY)
    assert clear.startswith(b"\x89PNG")
    pixels = image.read_bytes()[64:96]
    for file in (path for path in county.path.parent.rglob("*") if path.is_file() and path != image):
        data = file.read_bytes()
        assert clear[:64] not in data, file
        assert clear[200:232] not in data, file
        assert pixels not in data, file
        assert KEY.encode() not in data, file
        assert b"\x89PNG" not in data, file
    assert locked.startswith(b"WRDLOCK1")
    if os.name == "posix":
        with county.reading() as session:
            assert vault.path_of(session, kept["id"]).stat().st_mode & 0o077 == 0


def test_packages_and_backups_carry_no_seal_image(county, kept, tmp_path):
    with county.reading() as session:
        locked, clear = vault.path_of(session, kept["id"]).read_bytes(), vault.take(session, kept["id"], KEY)
    with county.writing() as session:
        exchange.export_package(session, tmp_path / "p.wdp", full=True)
    integrity.backup(county.database, tmp_path / "b.db")
    for name in ("p.wdp", "b.db"):
        data = (tmp_path / name).read_bytes()
        assert locked[40:80] not in data
        assert clear[200:240] not in data
    assert exchange.inspect(tmp_path / "p.wdp")
    assert integrity.verify(county.database)["ok"]


@pytest.mark.parametrize("passphrase", ["", "错的口令啊错的", KEY + " ", KEY[:-1]])
def test_only_its_passphrase_opens_it(county, kept, passphrase):
    with county.reading() as session, pytest.raises(BadInput, match="口令不对"):
        keeping.open_seal(session, kept["id"], passphrase)


def test_a_changed_byte_of_the_locked_file_is_refused(county, kept):
    with county.reading() as session:
        path = vault.path_of(session, kept["id"])
        data = path.read_bytes()
        for place in (8, 30, len(data) // 2, len(data) - 1):
            path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            with pytest.raises(BadInput):
                keeping.open_seal(session, kept["id"], KEY)


def test_another_seals_file_does_not_pass_for_this_one(county, kept, image):
    with county.writing() as session:
        other = keeping.keep_seal(session, image, KEY, OFFICE, "王敏", 46, "另一枚")
        path = vault.path_of(session, kept["id"])
        path.write_bytes(vault.path_of(session, other["id"]).read_bytes())
        with pytest.raises(BadInput, match="另一枚"):
            keeping.open_seal(session, kept["id"], KEY)


def test_a_refused_seal_leaves_no_record(county, image, tmp_path):
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no image")
    wrong = [
        {"image": bad, "passphrase": KEY, "issuer": OFFICE, "keeper": "王敏"},
        {"image": tmp_path / "none.png", "passphrase": KEY, "issuer": OFFICE, "keeper": "王敏"},
        {"image": image, "passphrase": "short", "issuer": OFFICE, "keeper": "王敏"},
        {"image": image, "passphrase": KEY, "issuer": " ", "keeper": "王敏"},
        {"image": image, "passphrase": KEY, "issuer": OFFICE, "keeper": ""},
        {"image": image, "passphrase": KEY, "issuer": OFFICE, "keeper": "王敏", "diameter": 10},
        {"image": image, "passphrase": KEY, "issuer": OFFICE, "keeper": "王敏", "diameter": 70},
    ]
    for given in wrong:
        with county.writing() as session, pytest.raises(BadInput):
            keeping.keep_seal(session, **given)
    with county.reading() as session:
        assert keeping.seals(session) == []
        assert register.uses(session) == []


def test_issuing_with_a_seal_enters_its_use(county, kept, grant, tmp_path):
    out = tmp_path / "p.pdf"
    filed = issue(county, grant, out, Use([(kept["id"], KEY)], "下达指标", "包志强"))
    assert seals_on(out) == 1
    with county.reading() as session:
        (entry,) = register.uses(session, action=register.USED)
    assert filed["seal_uses"] == [entry["id"]]
    assert entry["document_id"] == filed["id"]
    assert entry["document_number"] == filed["document_number"] == "左中工发〔2026〕1号"
    assert entry["paper_sha256"] == hashlib.sha256(out.read_bytes()).hexdigest() == filed["sha256"]
    assert (entry["keeper"], entry["approved_by"], entry["purpose"]) == ("王敏", "包志强", "下达指标")
    assert entry["seal_id"] == kept["id"]
    assert entry["used_on"] == date.today().isoformat()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", entry["used_at"])


def test_the_seal_is_printed_at_its_true_diameter(county, image, grant, tmp_path):
    with county.writing() as session:
        large = keeping.keep_seal(session, image, KEY, OFFICE, "王敏", 46)
    out = tmp_path / "p.pdf"
    issue(county, grant, out, Use([(large["id"], KEY)]))
    index, _ = seal_place(out.read_bytes())
    with pypdfium2.PdfDocument(out) as book:
        image = book[index].render(scale=300 / 72).to_pil().convert("RGB")
    # The red rule and the mark end above the seal.
    red, green, _ = image.crop((0, round(image.height * 0.4), *image.size)).split()
    box = ImageChops.subtract(red, green).point([255 if value > 90 else 0 for value in range(256)]).getbbox()
    assert (box[2] - box[0]) / 300 * 25.4 == pytest.approx(46, abs=0.3)


def test_a_wrong_passphrase_issues_nothing(county, kept, grant, tmp_path):
    out = tmp_path / "p.pdf"
    with pytest.raises(BadInput, match="口令不对"):
        issue(county, grant, out, Use([(kept["id"], "不是这个口令")]))
    assert not out.exists()
    with county.reading() as session:
        assert records.list_records(session, "documents") == []
        assert register.uses(session, action=register.USED) == []
        assert document.next_serial(session, "左中工发", 2026) == 1


def test_the_seal_of_another_organ_is_refused(county, image, grant, tmp_path):
    with county.writing() as session:
        other = keeping.keep_seal(session, image, KEY, "别的旗总工会", "李四", 42)
    with pytest.raises(BadInput, match="不能盖在"):
        issue(county, grant, tmp_path / "p.pdf", Use([(other["id"], KEY)]))


def test_a_seal_goes_on_pdf_alone_and_only_where_it_has_a_place(county, kept, grant, tmp_path):
    with pytest.raises(BadInput, match="只能加在PDF"):
        issue(county, grant, tmp_path / "p.docx", Use([(kept["id"], KEY)]))
    with pytest.raises(BadInput, match="每个机关给一枚"):
        issue(county, grant, tmp_path / "p.pdf", Use([]))
    with pytest.raises(BadInput, match="没有套印印章的位置"):
        document.write_paper("budget", {}, tmp_path / "b.pdf", Finish(seals=(tmp_path / "公章.png",)))


def test_an_issued_paper_is_sealed_later_and_its_filed_copy_stays(county, kept, grant, tmp_path):
    plain, sealed = tmp_path / "plain.pdf", tmp_path / "sealed.pdf"
    with county.writing() as session:
        filed = document.issue(session, "quota-notice", "grants", [grant], plain, on=DAY)
    assert seals_on(plain) == 0
    with county.writing() as session:
        done = setting.seal_filed(session, filed["id"], sealed, Use([(kept["id"], KEY)]))
    assert done["warnings"] == []
    assert seals_on(sealed) == 1
    with county.reading() as session:
        folder = blobs.folder(session)
        assert blobs.read(folder, filed["sha256"]) == plain.read_bytes()
        assert blobs.read(folder, done["sha256"]) == sealed.read_bytes()
        assert verify_file(sealed, session)["filed"]["verdict"] == "sealed"
        assert verify_file(plain, session)["filed"]["verdict"] == "same"
        (entry,) = register.uses(session, action=register.USED)
    assert entry["paper_sha256"] == done["sha256"]
    assert text_of(plain) == text_of(sealed)


def text_of(path):
    with pypdfium2.PdfDocument(path) as book:
        return "".join(page.get_textpage().get_text_bounded() for page in book)


def test_a_voided_paper_takes_no_seal(county, kept, grant, tmp_path):
    with county.writing() as session:
        filed = document.issue(session, "quota-notice", "grants", [grant], tmp_path / "p.pdf", on=DAY)
        records.put_records(session, "documents", {"id": filed["id"], "state": "已作废"})
    with county.writing() as session, pytest.raises(NotAllowed, match="作废"):
        setting.seal_filed(session, filed["id"], tmp_path / "s.pdf", Use([(kept["id"], KEY)]))


def test_the_passphrase_changes(county, kept):
    with county.writing() as session:
        keeping.change_passphrase(session, kept["id"], KEY, NEW_KEY)
    with county.reading() as session:
        assert keeping.open_seal(session, kept["id"], NEW_KEY)
        with pytest.raises(BadInput, match="口令不对"):
            keeping.open_seal(session, kept["id"], KEY)
        assert [one["action"] for one in register.uses(session)] == ["更换口令", "启用"]
    with county.writing() as session:
        for old, new in ((KEY, "新的口令一二三四"), (NEW_KEY, NEW_KEY), (NEW_KEY, "short")):
            with pytest.raises(BadInput):
                keeping.change_passphrase(session, kept["id"], old, new)
        assert keeping.open_seal(session, kept["id"], NEW_KEY)


def test_handing_over_shuts_the_former_keeper_out(county, kept):
    with county.writing() as session:
        assert keeping.hand_over(session, kept["id"], "李娜", KEY, NEW_KEY)["keeper"] == "李娜"
        with pytest.raises(BadInput, match="现在的保管人"):
            keeping.hand_over(session, kept["id"], "李娜", NEW_KEY, KEY)
    with county.reading() as session:
        with pytest.raises(BadInput):
            keeping.open_seal(session, kept["id"], KEY)
        (entry,) = register.uses(session, action=register.HANDED_OVER)
    assert entry["note"] == "王敏移交给李娜"
    assert entry["keeper"] == "李娜"


def test_a_seal_out_of_use_is_gone_and_its_entries_stay(county, kept, grant, tmp_path):
    issue(county, grant, tmp_path / "p.pdf", Use([(kept["id"], KEY)]))
    with county.writing() as session:
        path = vault.path_of(session, kept["id"])
        keeping.stop(session, kept["id"], "机关更名")
        assert path.is_file(), "not before the work is committed"
    assert not path.exists()
    with county.reading() as session:
        assert keeping.seals(session)[0]["state"] == "已停用"
        assert not keeping.seals(session)[0]["here"]
        assert [one["action"] for one in register.uses(session)].count("用印") == 1
        for use in (keeping.open_seal, lambda *given: keeping.change_passphrase(*given, NEW_KEY)):
            with pytest.raises(NotAllowed, match="已经停用"):
                use(session, kept["id"], KEY)


def test_a_stop_rolled_back_keeps_the_image(county, kept):
    def stop_and_fail():
        with county.writing() as session:
            keeping.stop(session, kept["id"], "机关更名")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop_and_fail()
    with county.reading() as session:
        assert keeping.open_seal(session, kept["id"], KEY)
    with county.writing() as session, pytest.raises(BadInput, match="停用原因"):
        keeping.stop(session, kept["id"], " ")


def test_the_register_is_only_added_to(county, kept):
    with county.reading() as session:
        (entry,) = register.uses(session)
    for change in ({"purpose": "别的"}, {"keeper": "别人"}, {"paper_sha256": "0" * 64}):
        with county.writing() as session, pytest.raises(NotAllowed, match="只增不改"):
            records.put_records(session, "seal_uses", {"id": entry["id"], **change})
    with county.writing() as session, pytest.raises(NotAllowed, match="只增不改"):
        records.delete_record(session, "seal_uses", entry["id"])
    with county.writing() as session, pytest.raises(NotAllowed):
        records.delete_record(session, "seals", kept["id"])
    for change in ({"keeper": "别人"}, {"state": "已停用"}, {"diameter_mm": 50}):
        with county.writing() as session, pytest.raises(NotAllowed, match="不能直接改"):
            records.put_records(session, "seals", {"id": kept["id"], **change})
    with county.reading() as session:
        assert register.uses(session) == [entry]


def test_a_use_cannot_be_undone(county, kept, grant, tmp_path):
    with county.writing() as session:
        setting.issue_sealed(
            session, "quota-notice", "grants", [grant], tmp_path / "p.pdf", Use([(kept["id"], KEY)]), on=DAY
        )
    hashes = session.info["sealed"].hashes
    from desktop.services.journal import undoing

    with county.writing() as session, pytest.raises(NotAllowed):
        undoing.undo(session, *hashes)
    with county.reading() as session:
        assert history.history(session, "seal_uses", register.uses(session)[0]["id"])


def test_the_office_s_other_pc_takes_the_seal_locked(county, kept, tmp_path):
    out = tmp_path / "公章.seal"
    with county.reading() as session:
        vault.carry(session, kept["id"], out)
        vault.path_of(session, kept["id"]).unlink()
        with pytest.raises(NotFound, match="不在本机"):
            keeping.open_seal(session, kept["id"], KEY)
        with pytest.raises(BadInput):
            vault.bring(session, kept["id"], out, "不是这个口令")
        assert not vault.is_here(session, kept["id"])
        vault.bring(session, kept["id"], out, KEY)
        assert keeping.open_seal(session, kept["id"], KEY)


def test_the_register_as_workbook_and_as_paper(county, kept, grant, tmp_path):
    filed = issue(county, grant, tmp_path / "p.pdf", Use([(kept["id"], KEY)], "下达指标", "包志强"))
    book, paper = tmp_path / "r.xlsx", tmp_path / "r.pdf"
    with county.reading() as session:
        assert register.write_workbook(session, book) == 2
        assert register.write_paper(session, paper, date.today().year) == 1
        assert register.write_paper(session, tmp_path / "old.pdf", 1999) == 0
    cells = [str(cell) for row in openpyxl.load_workbook(book).active.values for cell in row if cell]
    assert filed["sha256"] in cells
    assert "包志强" in cells
    text = re.sub(r"\s", "", text_of(paper))
    assert f"{date.today().year}年用印登记簿" in text
    for words in (filed["document_number"], "下达指标", "包志强", "王敏", filed["sha256"][:16]):
        assert words in text


def test_sealed_and_signed_in_one(county, kept, grant, tmp_path):
    file = tmp_path / "office.p12"
    file.write_bytes(pkcs12_file(OFFICE))
    out = tmp_path / "p.pdf"
    with county.writing() as session:
        finish = Finish(sign=file, passphrase=PASSPHRASE)
        use = Use([(kept["id"], KEY)])
        setting.issue_sealed(session, "quota-notice", "grants", [grant], out, use, finish=finish, on=DAY)
    with county.reading() as session:
        found = verify_file(out, session)
        (entry,) = register.uses(session, action=register.USED)
    assert found["signature"]["verdict"] == "intact"
    assert found["filed"]["verdict"] == "same"
    assert entry["paper_sha256"] == found["sha256"]
    with pikepdf.open(io.BytesIO(out.read_bytes())) as book:
        assert float(book.Root.AcroForm.Fields[0].Rect[2]) > 0
