"""Regulation packs: read strictly, weighed before use, in force from their day, carried downward, undone nowhere."""

import json
from datetime import date

import pytest
from sqlalchemy import text

from desktop.cli import main
from desktop.errors import BadInput, BadRegulation, NotAllowed, NotFound
from desktop.paths import resource_folder
from desktop.services import application
from desktop.services.law import impact as regulation_impact
from desktop.services.law import law_texts
from desktop.services.law import pack as regulation_pack
from desktop.services.law.text import LawText, bundled_texts, version_of
from desktop.services.regulation import catalogue, chosen_regulations, current, regulation
from tests.services.counties import DAY
from tests.services.desks import carry, make_desk
from tests.services.test_application import CONFIRMED, NM

TEAM = 'fact = "team_total_incl_leader", min = 5'
BUILD = (resource_folder() / "regulations" / f"{NM}.toml").read_text("utf-8")


def write(folder, content: str = BUILD, name: str = "new.toml", **changes: str):
    """Write a file of rules with words replaced, and return its path."""
    for old, new in changes.items():
        assert old in content
        content = content.replace(old, new)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def stricter(folder, least: int = 7, since: str = "2026-09-01", **changes: str):
    content = BUILD.replace(TEAM, TEAM.replace("5", str(least))).replace(
        'effective_on = "2026-05-26"', f'effective_on = "{since}"'
    )
    return write(folder, content, **changes)


def local_rules(folder):
    """A new regulation of a lower office (补助资金办法第十一条) with a fact of its own."""
    return write(
        folder,
        """[regulation]
id = "local-2026"
title = "某旗创新工作室管理细则"
doc_no = "某工发〔2026〕1号"
issuer = "某旗总工会"
issued_on = "2026-08-01"
effective_on = "2026-08-01"
effective_by = "第三条"
interpreter = "某旗总工会"
region = "某旗"
objects = ["创新工作室"]
criteria = "一项条件"
applies_with = []
supersedes = []
based_on = []
issued_text = "local.txt"

[[fact]]
name = "wall_painted"
type = "bool"
label = "已粉刷墙面"
question = "墙面是否已粉刷？"

[[rule]]
id = "local-1"
article = "第一条"
title = "墙面已粉刷"
text = "创新工作室应当粉刷墙面。"
kind = "eligibility"
strength = "must"
stage = ["申报"]
meaning = "墙面已粉刷"
boundary = "是 → pass"
check = { op = "attest", facts = ["wall_painted"] }

[[workflow]]
id = "local-naming"
title = "命名"
initial = "具备条件"
states = ["具备条件", "命名"]
noun = "applications"

[[workflow.transition]]
from = "具备条件"
to = "命名"
actor = "authority"
paper = ""
limit = ""
cite = ""
source = "convention"
""",
        name="local.toml",
    )


def take(county, path, on=DAY):
    with county.writing() as session:
        return regulation_pack.adopt(session, regulation_pack.read_pack(path), "王敏", on)


def actual(county, application_id, rule="nm-2026-build-7.2a"):
    with county.reading() as session:
        return application.verdict(session, application_id, DAY).finding(rule)


def begin(county, on=DAY):
    with county.writing() as session:
        return application.start(session, county.ids["room"], NM, on)["id"]


def test_a_faulty_file_is_refused_with_file_line_and_key(tmp_path):
    path = write(tmp_path, BUILD.replace('op = "span"', 'op = "spam"', 1))
    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "spam" in text)
    with pytest.raises(BadRegulation) as refusal:
        regulation_pack.read_pack(path)
    assert f"new.toml 第{line}行" in refusal.value.where
    assert "nm-2026-build-7.2b" in refusal.value.where
    assert "check.op" in refusal.value.where


def test_a_key_nobody_knows_is_never_passed_over(tmp_path):
    path = write(tmp_path, BUILD.replace('strength = "must"', 'strength = "must"\nstrenght = "ref"', 1))
    with pytest.raises(BadRegulation) as refusal:
        regulation_pack.read_pack(path)
    assert "strenght" in refusal.value.where


def test_the_report_says_what_differs_and_what_is_not_quoted(tmp_path):
    path = stricter(tmp_path, **{"有一支5人以上": "有一支七人以上"})
    found = regulation_pack.report(regulation_pack.read_pack(path))
    quoting = tuple(f"nm-2026-build-7.2{letter}" for letter in "abc")
    assert (found.added, found.removed, found.changed) == ((), (), quoting)
    assert found.replaces == bundled_texts()[NM].version
    assert found.unquoted == quoting
    assert "不是逐字一致" in found.notes[0]
    assert json.dumps(found.as_dict(), ensure_ascii=False)


def test_a_new_regulation_replaces_nothing_and_says_that_its_quotes_were_not_compared(tmp_path):
    path = local_rules(tmp_path)
    found = regulation_pack.report(regulation_pack.read_pack(path))
    assert (found.replaces, found.added) == ("", ("local-1",))
    assert "没有随附印发原文" in found.notes[0]
    (tmp_path / "issued").mkdir()
    (tmp_path / "issued" / "local.txt").write_text("第一条　创新工作室应当\n粉刷墙面。", encoding="utf-8")
    assert regulation_pack.report(regulation_pack.read_pack(path)).notes == ()


def test_the_impact_names_every_finding_that_would_change_and_how(county, tmp_path):
    started = begin(county)
    pack = regulation_pack.read_pack(stricter(tmp_path))
    with county.reading() as session:
        found = regulation_impact.impact(session, pack.law, DAY)
        assert current(DAY, session) == current(DAY)
    assert found.looked_at == 2
    assert {(one.noun, one.id, one.rule, one.before, one.after) for one in found.changes} == {
        ("workrooms", county.ids["room"], "nm-2026-build-7.2a", "pass", "fail"),
        ("applications", started, "nm-2026-build-7.2a", "pass", "fail"),
    }
    sentence = found.changes[0].sentence
    assert "由“符合”变为“不符合”" in sentence
    assert "还差1人" in sentence
    assert found.as_dict()["affected"] == 2


def test_the_same_rules_change_nothing(county, tmp_path):
    begin(county)
    pack = regulation_pack.read_pack(write(tmp_path))
    with county.reading() as session:
        assert regulation_impact.impact(session, pack.law, DAY).changes == ()


def test_a_rule_that_goes_is_reported_where_it_objected(county, tmp_path):
    start = BUILD.index('[[rule]]\nid = "nm-2026-build-15"')
    end = BUILD.index("[[rule]]", start + 5)
    pack = regulation_pack.read_pack(write(tmp_path, BUILD[:start] + BUILD[end:]))
    with county.reading() as session:
        found = regulation_impact.impact(session, pack.law, DAY)
    assert [one.rule for one in found.changes] == []
    assert regulation_pack.report(pack).removed == ("nm-2026-build-15",)


def test_a_wholly_new_regulation_reports_only_objections(county, tmp_path):
    pack = regulation_pack.read_pack(local_rules(tmp_path))
    with county.reading() as session:
        assert regulation_impact.impact(session, pack.law, DAY).changes == ()


def test_progress_is_told(county, tmp_path, monkeypatch):
    told = []
    pack = regulation_pack.read_pack(stricter(tmp_path))
    with county.writing() as session:
        for number in range(60):
            session.execute(
                text(
                    "INSERT INTO workrooms (id, name, kind, workroom_category, level, state, named_levels, industry, "
                    "region, venue_address, venue_signs, equipment_note, systems, tags, contact, phone, note) VALUES "
                    "(:id, 'x', '职工', '', '单位级', '已建成', '[]', '', '', '', '[]', '', '[]', '[]', '', '', '')"
                ),
                {"id": f"00000000-0000-4000-8000-{number:012d}"},
            )
        regulation_impact.impact(session, pack.law, DAY, lambda done, total: told.append((done, total)))
    assert told == [(50, 61)]


def test_an_adopted_text_applies_from_its_day_and_not_before(county, tmp_path):
    done = take(county, stricter(tmp_path, since="2026-08-15"))
    assert (done["regulation"], done["effective_on"]) == (NM, "2026-08-15")
    with county.reading() as session:
        for day, least in ((date(2026, 8, 14), 5), (date(2026, 8, 15), 7)):
            rule = regulation(NM, session, day).rule("nm-2026-build-7.2a")
            assert rule.check.min == least
        assert regulation(NM).rule("nm-2026-build-7.2a").check.min == 5
    assert actual(county, begin(county)).status == "fail"


def test_an_application_keeps_the_text_that_it_was_submitted_under(county, tmp_path):
    started = begin(county)
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, started, fact, True, "王敏", DAY)
        done = application.submit(session, started, "王敏", DAY)
    assert done["regulation_version"] == bundled_texts()[NM].version
    take(county, stricter(tmp_path, since="2026-05-26"))
    assert actual(county, started).status == "pass"
    county.put("applications", id=started, state="退回修改")
    assert actual(county, started).status == "fail"


def test_the_text_decided_by_is_kept_even_when_the_program_brings_another(county, monkeypatch):
    started = begin(county)
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, started, fact, True, "王敏", DAY)
        application.submit(session, started, "王敏", DAY)
    newer = BUILD.replace(TEAM, TEAM.replace("5", "9"))
    changed = LawText(NM, version_of(newer), newer, "x.toml", effective_on=date(2026, 5, 26))
    monkeypatch.setattr(law_texts, "bundled_texts", lambda: {NM: changed})
    assert actual(county, started).status == "pass"
    with county.reading() as session:
        assert regulation(NM, session, DAY).rule("nm-2026-build-7.2a").check.min == 9


def test_adopting_needs_a_name_and_is_done_once(county, tmp_path):
    path = stricter(tmp_path)
    with county.writing() as session, pytest.raises(BadInput, match="由谁"):
        regulation_pack.adopt(session, regulation_pack.read_pack(path), " ", DAY)
    take(county, path)
    with pytest.raises(NotAllowed, match="已在使用"):
        take(county, path)


def test_a_later_text_replaces_an_earlier_one_and_an_undated_one_begins_on_adoption(county, tmp_path):
    take(county, stricter(tmp_path, least=6, since="2026-06-01"), date(2026, 6, 1))
    undated = stricter(tmp_path, least=8, since="")
    take(county, undated, date(2026, 9, 1))
    with county.reading() as session:
        least = [
            regulation(NM, session, day).rule("nm-2026-build-7.2a").check.min
            for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 1))
        ]
        assert [int(one) for one in least] == [5, 6, 6, 8]
        assert len(regulation_pack.adopted(session)) == 2


def test_a_new_local_regulation_is_judged_with_its_own_fact(county, tmp_path):
    take(county, local_rules(tmp_path))
    with county.writing() as session:
        started = application.start(session, county.ids["room"], "local-2026", DAY)["id"]
        draft = application.draft(session, started, DAY)
        asked = {one.fact: one for page in draft.pages for one in page.inputs}
        assert asked["wall_painted"].label == "已粉刷墙面"
        application.set_fact(session, started, "wall_painted", True, "王敏", DAY)
        assert application.verdict(session, started, DAY).eligible
        with pytest.raises(BadInput):
            application.set_fact(session, started, "wall_painted", "是", "王敏", DAY)
    with pytest.raises(NotFound):
        regulation("local-2026")


def test_a_regulation_is_not_begun_outside_its_days(county, tmp_path):
    with county.writing() as session, pytest.raises(NotAllowed, match="2026年5月26日起施行"):
        application.start(session, county.ids["room"], NM, date(2026, 5, 25))
    take(county, replacing(tmp_path))
    with county.writing() as session, pytest.raises(NotAllowed, match="替代"):
        application.start(session, county.ids["room"], NM, DAY)


def replacing(folder):
    return write(folder, local_rules(folder).read_text("utf-8"), **{"supersedes = []": f'supersedes = ["{NM}"]'})


def test_a_text_that_this_program_cannot_read_is_left_aside_and_said(county):
    broken = BUILD.replace('op = "span"', 'op = "spam"', 1)
    county.put("regulation_texts", regulation=NM, version=version_of(broken), text=broken, effective_on="2026-06-01")
    county.put("regulation_texts", regulation="other", version=version_of(BUILD), text=BUILD)
    county.put("regulation_texts", regulation=NM, version="0", text=BUILD)
    with county.reading() as session:
        assert regulation(NM, session, DAY) == regulation(NM)
        assert [bool(one["fault"]) for one in regulation_pack.adopted(session)] == [True, True, True]
        assert set(catalogue(session, DAY)) == set(catalogue())


def test_a_text_travels_downward_and_binds_there_but_not_upward(tmp_path):
    city = make_desk(tmp_path, "某市总工会", "市级")
    below = make_desk(tmp_path, "某县总工会", "县级", parent=city)
    with city.edit() as session:
        regulation_pack.adopt(session, regulation_pack.read_pack(stricter(tmp_path)), "李主任", DAY)
    carry(city, below, tmp_path)
    with below.database.reading() as session:
        assert regulation(NM, session, DAY).rule("nm-2026-build-7.2a").check.min == 7
    with below.edit() as session:
        regulation_pack.adopt(session, regulation_pack.read_pack(local_rules(tmp_path)), "王敏", DAY)
    carry(below, city, tmp_path)
    with city.database.reading() as session:
        assert "local-2026" not in catalogue(session, DAY)
        assert regulation("local-2026", session, DAY).title == "某旗创新工作室管理细则"
    for desk in (city, below):
        desk.database.close()


def test_a_text_that_came_with_a_package_is_weighed_and_adopted_by_its_version(tmp_path, capsys):
    city = make_desk(tmp_path, "某市总工会", "市级")
    below = make_desk(tmp_path, "某县总工会", "县级", parent=city)
    version = regulation_pack.read_pack(local_rules(tmp_path)).version
    with below.edit() as session:
        regulation_pack.adopt(session, regulation_pack.read_pack(local_rules(tmp_path)), "王敏", DAY)
    carry(below, city, tmp_path)
    city.database.close()
    below.database.close()
    words = ("--database", city.path, "--operator", "李主任", "regulation")
    assert run(capsys, *words, "impact", version[:12])[1]["regulation"] == "local-2026"
    assert run(capsys, *words, "adopt", version[:12])[0] == 0
    assert {one["origin"] for one in run(capsys, *words, "adopted")[1]["texts"]} == {"施行", "存档"}
    assert run(capsys, *words, "impact", "ffffffffffff")[0] == 1
    assert run(capsys, *words, "impact", version[:4])[0] == 1


def test_a_name_means_the_file_that_is_there_else_a_version(county, tmp_path):
    pack = regulation_pack.read_pack(local_rules(tmp_path))
    with county.writing() as session:
        regulation_pack.adopt(session, pack, "王敏", DAY)
    short = tmp_path / "elsewhere" / pack.version[:10]
    with county.reading() as session:
        assert regulation_pack.named_pack(session, short).law.id == "local-2026"
        with pytest.raises(NotFound, match="0000000000"):
            regulation_pack.named_pack(session, short.with_name("0000000000"))
        for name in ("nothing.toml", "ABCDEF0123", ""):
            with pytest.raises(BadRegulation):
                regulation_pack.named_pack(session, tmp_path / name)
        file = tmp_path / pack.version[:10]
        file.write_text("not a regulation", encoding="utf-8")
        with pytest.raises(BadRegulation):
            regulation_pack.named_pack(session, file)


def test_the_profile_may_name_an_adopted_regulation(county, tmp_path):
    take(county, local_rules(tmp_path))
    with county.reading() as session:
        office = session.execute(text("SELECT id FROM offices")).scalar_one()
    county.put("offices", id=office, regulations=["local-2026", NM])
    with county.reading() as session:
        assert [law.id for law in chosen_regulations(session, DAY)] == ["local-2026", NM]


def run(capsys, *words: str):
    code = main([str(word) for word in words])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_line_checks_weighs_and_adopts(county, tmp_path, capsys):
    path, database = stricter(tmp_path), ("--database", county.path, "--operator", "王敏")
    assert run(capsys, "regulation", "check", path)[1]["changed"] == ["nm-2026-build-7.2a"]
    code, found = run(capsys, *database, "regulation", "impact", path, "--on", "2026-09-01")
    assert (code, found["affected"], found["by_rule"][0]["count"]) == (0, 1, 1)
    assert run(capsys, *database, "regulation", "adopt", path, "--on", "2026-09-01")[0] == 0
    assert run(capsys, *database, "regulation", "adopt", path)[0] == 1
    assert run(capsys, *database, "regulation", "adopted")[1]["texts"][0]["origin"] == "施行"
    bad = write(tmp_path, BUILD.replace('op = "span"', 'op = "spam"', 1), name="bad.toml")
    code, answer = run(capsys, "regulation", "check", bad)
    assert (code, answer["error"]["code"]) == (1, "bad_regulation")
