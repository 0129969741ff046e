import json
from datetime import date

import pytest

from desktop.documents.kind import Setting
from desktop.documents.kinds import KINDS, find_kind
from desktop.documents.official import Form, from_json
from desktop.errors import BadInput, NotFound, Unprintable
from tests.documents.samples import KINDS as OFFICIAL
from tests.documents.samples import PLAIN, sample, table


def test_a_paper_is_read_whole():
    paper = from_json("decision", sample("decision"))
    assert paper.number == "左河工发〔2026〕18号"
    assert paper.date == date(2026, 9, 3)
    assert paper.attachments[0].table is not None
    assert paper.attachments[0].table.rows[2][0] == "3"
    assert paper.form is Form.FILE


@pytest.mark.parametrize(
    ("kind", "form"),
    [("letter", Form.LETTER), ("minutes", Form.MINUTES), ("report", Form.UPWARD), ("request", Form.UPWARD)],
)
def test_kinds_have_their_forms(kind, form):
    assert from_json(kind, sample(kind)).form is form


def test_a_paper_without_number_and_mark_has_no_head():
    assert from_json("publicity", sample("publicity", number=None)).form is Form.PLAIN
    assert from_json("publicity", sample("publicity", number=None, mark="左河旗总工会")).form is Form.FILE


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"titel": "错"}, "titel"),
        ({"title": None}, "title"),
        ({"title": "　 "}, "title"),
        ({"title": 5}, "title"),
        ({"title": "长" * 301}, "title"),
        ({"title": "关于\u0007的通知"}, "title"),
        ({"title": "关于\u202e的通知"}, "title"),
        ({"body": []}, "body"),
        ({"body": ["第一段\n第二段"]}, "body[0]"),
        ({"body": ["好", None]}, "body[1]"),
        ({"date": "2026.9.3"}, "date"),
        ({"date": "2026-02-30"}, "date"),
        ({"date": None}, "date"),
        ({"number": {"code": "工发", "year": 2026}}, "number.serial"),
        ({"number": {"code": "工发", "year": 2026, "serial": "3"}}, "number.serial"),
        ({"number": {"code": "工发", "year": 2026, "serial": 3, "x": 1}}, "number.x"),
        ({"issuers": ["甲", "乙"]}, "issuers"),
        ({"issuer": None}, "issuer"),
        ({"issuer": None, "issuers": ["甲", "甲"]}, "issuers"),
        ({"urgency": "急"}, "urgency"),
        ({"serial_copy": "12"}, "serial_copy"),
        ({"attachments": [{"title": "表", "table": {"columns": ["a"], "rows": [[]]}}]}, "attachments[0].table.rows[0]"),
        ({"printed_by": None, "printed_on": "2026-09-03"}, "printed_by"),
        ({"secrecy": "机密1年"}, "secrecy"),
        ({"serial_copy": "１２３４５６"}, "serial_copy"),
        ({"mongolian_mark": "左河旗"}, "mongolian_mark"),
        ({"mongolian_mark": " "}, "mongolian_mark"),
        ({"mongolian_mark": ["ᠮ"]}, "mongolian_mark"),
        ({"mongolian_mark": "ᠮ" * 201}, "mongolian_mark"),
        ({"attachments": [{"title": "表", "body": ["x"], "table": table(1)}]}, "attachments[0].table"),
        ({"attachments": [{"body": ["x"]}]}, "attachments[0].title"),
        ({"printed_on": None}, "printed_on"),
        ({"mongolian_mark": "not Mongolian"}, "mongolian_mark"),
        ({"sealed": "yes"}, "sealed"),
    ],
)  # fmt: skip
def test_wrong_data_is_refused_by_field(changes, where):
    with pytest.raises(BadInput) as refusal:
        from_json("notice", sample("notice", **changes))
    assert refusal.value.where == where
    assert refusal.value.message


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"columns": ["甲"], "rows": {}}, "rows"),
        ({"columns": ["甲"]}, "rows"),
        ({"columns": [], "rows": []}, "columns"),
        ({"columns": ["甲"], "rows": ["一行"]}, "rows[0]"),
        ({"columns": ["甲", "乙"], "rows": [["1", "2"], ["1"]]}, "rows[1]"),
        ({"columns": ["甲"], "rows": [[True]]}, "rows[0][0]"),
        ({"columns": ["甲"], "rows": [[["深"]]]}, "rows[0][0]"),
        ({"columns": ["甲"], "rows": [["1"]], "foot": "合计"}, "foot"),
    ],
)
def test_a_wrong_table_is_refused_by_its_cell(given, where):
    with pytest.raises(BadInput) as refusal:
        from_json("notice", sample("notice", attachments=[{"title": "表", "table": given}]))
    assert refusal.value.where == f"attachments[0].table.{where}"


def test_cells_hold_what_lists_hold():
    given = {"columns": ["甲", "乙", "丙", "丁"], "rows": [[None, 12, 0.5, " 文 "]]}
    (attachment,) = from_json("notice", sample("notice", attachments=[{"title": "表", "table": given}])).attachments
    assert attachment.table.rows == (("", "12", "0.5", "文"),)


def test_data_that_is_no_object_is_refused():
    with pytest.raises(BadInput, match="对象"):
        from_json("notice", ["a"])


def test_blanks_around_paragraphs_are_dropped():
    assert from_json("notice", sample("notice", body=["　　各单位： "])).body == ("各单位：",)


def test_every_kind_lists_itself_as_json_schema():
    for kind in KINDS.values():
        listed = json.loads(json.dumps(kind.as_dict(), ensure_ascii=False))
        assert listed["fields"]["type"] == "object"
        assert listed["name"]
    assert set(OFFICIAL) <= set(KINDS)


def test_schema_and_reader_know_the_same_fields():
    properties = KINDS["notice"].fields["properties"]
    with pytest.raises(BadInput) as refusal:
        from_json("notice", sample("notice", strange=1))
    for name in properties:
        assert name in refusal.value.message


def test_an_unknown_kind_is_refused():
    with pytest.raises(NotFound, match="没有"):
        find_kind("poem")


def test_markup_characters_are_plain_text():
    body = ["<b>重要</b> & “引用” <br/> 100%"]
    assert find_kind("notice").pdf(sample("notice", body=[*body, PLAIN]), Setting()).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "关于" + "某" * 290 + "的通知"}, "标题太长"),
        ({"issuer": "某" * 300}, "太长"),
        ({"body": ["有字😀"]}, "U\\+1F600"),
        (
            {
                "attachments": [
                    {"title": "表", "table": {"columns": ["列名称" + str(i) for i in range(40)], "rows": []}}
                ]
            },
            "列太多",
        ),
    ],
)
def test_what_cannot_be_set_is_refused(changes, message):
    with pytest.raises(Unprintable, match=message):
        find_kind("notice").pdf(sample("notice", **changes), Setting())
