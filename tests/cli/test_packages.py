"""Packages between two offices from the command line: trust, carry, preview, take in, settle, take back."""

from pathlib import Path

import pytest


class Office:
    """One office's command line on its own database."""

    def __init__(self, run, folder: Path, name: str, level: str, parent: Path | None = None) -> None:
        self._run, self.folder, self.path = run, folder, folder / f"{name}.db"
        above = ("--parent", parent) if parent else ()
        self.identity = self("init", "--office", name, "--level", level, "--region", name[:2], *above).json
        self.card = folder / f"{name}.json"
        assert self("identity", self.card).code == 0

    def __call__(self, *arguments: object):
        return self._run("--database", self.path, *arguments)

    def put(self, noun: str, **values: object) -> dict:
        import json

        file = self.folder / "put.json"
        file.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
        answer = self("put", noun, file)
        assert answer.code == 0, answer.err
        return answer.json[noun][0]


@pytest.fixture
def city(run, tmp_path: Path) -> Office:
    return Office(run, tmp_path, "东河市总工会", "市级")


@pytest.fixture
def county(run, tmp_path: Path, city: Office) -> Office:
    made = Office(run, tmp_path, "西河县总工会", "县级", city.card)
    accepted = city("trust", made.card, "--as", "child")
    assert accepted.code == 0
    assert accepted.json["fingerprint"] == made.identity["fingerprint"]
    return made


def carry(source: Office, target: Office, name: str = "p.wrp", *options: str) -> Path:
    out = source.folder / name
    answer = source("package", "export", out, "--to", target.identity["id"], *options)
    assert answer.code == 0, answer.err
    return out


def test_a_county_reports_and_the_city_takes_it_in_once(city, county):
    room = county.put("workrooms", name="西河县创新工作室")
    package = carry(county, city)
    inspected = city("package", "inspect", package)
    assert inspected.code == 0
    assert "西河县总工会" in inspected.out
    preview = city("package", "import", package, "--preview")
    assert preview.code == 0, preview.err
    assert "西河县创新工作室" in preview.out
    assert city("list", "workrooms").json["workrooms"] == []
    first = city("package", "import", package).json
    assert first["applied"] > 0
    assert {"applied", "already_known", "waiting", "conflicts", "import_id", "state_hash"} <= set(first)
    assert [one["id"] for one in city("list", "workrooms").json["workrooms"]] == [room["id"]]
    second = city("package", "import", package).json
    assert second["applied"] == 0
    assert second["already_known"] >= first["applied"]
    assert second["state_hash"] == first["state_hash"]


def test_an_import_can_be_taken_back(city, county):
    county.put("workrooms", name="要撤回的")
    done = city("package", "import", carry(county, city)).json
    assert city("package", "undo", str(done["import_id"])).code == 0
    assert city("list", "workrooms").json["workrooms"] == []


def test_edits_made_apart_are_kept_until_a_person_decides(city, county):
    room = county.put("workrooms", name="起初的名字")
    city("package", "import", carry(county, city))
    city.put("workrooms", id=room["id"], name="市里改的")
    county.put("workrooms", id=room["id"], name="县里改的")
    answer = city("package", "import", carry(county, city, "q.wrp")).json
    assert answer["conflicts"]
    (conflict,) = city("conflicts").json["conflicts"]
    assert conflict["field"] == "name"
    assert {one["value"] for one in conflict["values"]} == {"市里改的", "县里改的"}
    chosen = next(one["write"] for one in conflict["values"] if one["value"] == "县里改的")
    assert city("resolve", conflict["id"], "--take", chosen).code == 0
    assert city("conflicts").json["conflicts"] == []
    assert city("get", "workrooms", room["id"]).json["name"] == "县里改的"


def test_a_package_that_was_touched_changes_nothing(city, county):
    county.put("workrooms", name="甲")
    package = carry(county, city)
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(bytes(data))
    before = city("state").json
    answer = city("package", "import", package)
    assert answer.code == 1
    assert answer.json["error"]["code"] == "bad_package"
    assert city("state").json == before


def test_a_package_of_an_unknown_office_is_refused(run, tmp_path: Path, city):
    stranger = Office(run, tmp_path, "远方县总工会", "县级", city.card)
    stranger.put("workrooms", name="甲")
    answer = city("package", "import", carry(stranger, city))
    assert answer.code == 1
    assert answer.json["error"]["message"]


def test_two_replicas_with_the_same_commits_have_one_state(city, county):
    county.put("workrooms", name="甲")
    county.put("units", name="乙公司")
    done = city("package", "import", carry(county, city)).json
    assert done["state_hash"]
    assert county("package", "import", carry(city, county, "back.wrp")).code == 0


def test_what_is_no_package_or_identity(city, tmp_path: Path):
    junk = tmp_path / "junk.wrp"
    junk.write_bytes(b"junk" * 100)
    assert city("package", "inspect", junk).code == 1
    assert city("package", "import", junk).code == 1
    assert city("trust", junk).code == 1
    assert city("package", "import", tmp_path / "none.wrp").code == 1


def test_a_second_pc_of_the_office_joins_with_the_passphrase(run, tmp_path: Path, city):
    secret, wrong = tmp_path / "secret.txt", tmp_path / "wrong.txt"
    secret.write_text("草原上的工作室2026\n", "utf-8")
    wrong.write_text("不是这个口令啊\u3000\u3000", "utf-8")
    city.put("workrooms", name="第一台电脑上的")
    enrolment = tmp_path / "join.bin"
    assert run("--database", city.path, "enrol", enrolment).code == 2
    assert run("--database", city.path, "--passphrase-file", secret, "enrol", enrolment).code == 0
    second = tmp_path / "second.db"
    refused = run("--database", second, "--passphrase-file", wrong, "init", "--join", enrolment)
    assert refused.code == 1
    assert not second.exists()
    joined = run("--database", second, "--passphrase-file", secret, "init", "--join", enrolment)
    assert joined.code == 0, joined.err
    assert joined.json["id"] == city.identity["id"]
    package = tmp_path / "own.wrp"
    assert city("package", "export", package, "--to", city.identity["id"]).code == 0
    assert run("--database", second, "package", "import", package).code == 0
    assert "第一台电脑上的" in run("--database", second, "list", "workrooms").out


def test_init_wants_an_office_or_an_enrolment(run, tmp_path: Path):
    answer = run("--database", tmp_path / "x.db", "init")
    assert answer.code == 2
    assert "--office" in answer.err


def test_a_sealed_package_and_its_receipt_by_the_command_line(city, county):
    room = county.put("workrooms", name="西河县创新工作室")
    other = county.put("workrooms", name="西河县电工工作室")
    package = carry(county, city, "sealed.wrpack", "--encrypt")
    outside = county("package", "inspect", package)
    assert outside.json["readable"] is False
    assert outside.json["recipients"] == [city.identity["id"]]
    assert city("package", "inspect", package).json["maker"]["name"] == "西河县总工会"
    taken = city("package", "import", package).json
    assert city("package", "return", taken["import_id"], "workrooms", room["id"]).code == 2
    returned = city("package", "return", taken["import_id"], "workrooms", room["id"], "--reason", "场地不足")
    assert returned.json["verdict"] == "退回"
    receipt = city.folder / "receipt.wrpack"
    told = city("package", "receipt", receipt, "--for", taken["import_id"])
    assert told.code == 0, told.err
    assert {item["verdict"] for item in told.json["items"]} == {"接收", "退回"}
    assert county("package", "import", receipt).code == 0
    assert county("package", "receipts").json["returned"][0]["reason"] == "场地不足"
    assert county("package", "receipts", "workrooms", other["id"]).json["receipts"][0]["verdict"] == "接收"
    assert (
        city("package", "return", taken["import_id"], "workrooms", room["id"], "--withdraw").json["verdict"] == "接收"
    )
    assert city("package", "receipt", receipt, "--for", "没有").code == 1


def test_keys_by_the_command_line(city, county, tmp_path):
    told = county("keys", "rotate").json
    assert told["fingerprint"] != county.identity["fingerprint"]
    county.put("workrooms", name="西河县创新工作室")
    assert city("package", "import", carry(county, city)).code == 0
    old = county.identity["public_key"]
    assert county("keys", "revoke", old).code == 2
    assert county("keys", "revoke", old, "--reason", "电脑被盗").json["kind"] == "密钥作废"
    assert city("package", "import", carry(county, city)).code == 0
    listed = city("keys", "list").json
    assert [one["revoked_at"] is not None for one in listed["keys"] if one["key"] == old] == [True]
    assert listed["declarations"][0]["reason"] == "电脑被盗"
    assert city("keys", "void", "00" * 32, "--reason", "没有").code == 1
    assert city("keys", "admit", old, "--reason", "没有").code == 1
    made = county("keys", "shares", tmp_path / "shares", "--needed", 2, "--total", 2).json
    files = [share["path"] for share in made["shares"]]
    back = county._run("--database", tmp_path / "back.db", "keys", "recover", *files)
    assert back.code == 0, back.err
    assert back.json["id"] == county.identity["id"]
    assert county._run("--database", tmp_path / "again.db", "keys", "recover", files[0]).code == 1


def test_an_encrypted_database_by_the_command_line(run, tmp_path):
    (tmp_path / "secret").write_text("一个够长的口令口令\n", encoding="utf-8")
    (tmp_path / "other").write_text("另一个够长的口令口令\n", encoding="utf-8")
    path = tmp_path / "a.db"
    secret, other = ("--passphrase-file", tmp_path / "secret"), ("--passphrase-file", tmp_path / "other")
    made = run("--database", path, *secret, "init", "--office", "某县总工会", "--level", "县级", "--region", "某县")
    assert made.code == 0, made.err
    assert not path.read_bytes().startswith(b"SQLite format 3")
    _forget_keys()
    refused = run("--database", path, "state")
    assert refused.code == 1
    assert "已加密" in refused.json["error"]["message"]
    assert run("--database", path, *other, "state").code == 1
    state = run("--database", path, *secret, "state")
    assert state.code == 0, state.err
    assert run("--database", path, *secret, "verify").json["ok"]
    assert run("--database", path, *secret, "backup", tmp_path / "b.db").code == 0
    assert run("--database", path, *secret, "encrypt", "--new-passphrase-file", tmp_path / "other").code == 0
    _forget_keys()
    assert run("--database", path, *secret, "state").code == 1
    assert run("--database", path, *other, "decrypt").json["encrypted"] is False
    assert run("--database", path, "state").json["state_hash"] == state.json["state_hash"]
    assert run("--database", path, "encrypt").code == 2
    assert run("--database", path, *other, "encrypt").json["clear_copies"] == []
    _forget_keys()
    assert run("--database", path, *secret, "restore", tmp_path / "b.db").code == 1


def _forget_keys():
    from desktop.models import cipher

    cipher.lock_all()


def test_old_changes_are_archived_by_the_command_line(city, county, tmp_path):
    county.put("workrooms", name="西河县创新工作室")
    for giver, taker in ((county, city), (city, county), (county, city), (city, county)):
        assert taker("package", "import", carry(giver, taker)).code == 0
    outlook = county("package", "compact", tmp_path / "a.wrpack", "--keep-days", 0, "--preview").json
    assert outlook["commits"] > 0
    assert not (tmp_path / "a.wrpack").exists()
    done = county("package", "compact", tmp_path / "a.wrpack", "--keep-days", 0)
    assert done.code == 0, done.err
    assert done.json["commits"] == outlook["commits"]
    assert county("verify").json["ok"]
    assert county("package", "compact", tmp_path / "b.wrpack").code == 1
    assert county("package", "retire", "没有这台").code == 1
    assert county("package", "inspect", tmp_path / "a.wrpack").json["commits"] == outlook["commits"]


def test_a_package_for_two_siblings_holds_what_both_may_have_and_says_what_it_leaves_out(run, tmp_path, city, county):
    other = Office(run, tmp_path, "南河县总工会", "县级", city.card)
    assert city("trust", other.card, "--as", "child").code == 0
    for one, name in ((county, "西河的"), (other, "南河的")):
        one.put("workrooms", name=name)
        assert city("package", "import", carry(one, city, f"{name}.wrp")).code == 0
    city.put("experts", name="全市的专家")
    out = city.folder / "两家.wrp"
    both = ("--to", county.identity["id"], "--to", other.identity["id"])
    made = city("package", "export", out, *both, "--full")
    assert made.code == 0
    assert made.json["left_out"] > 0
    assert "各导出一个数据包" in made.err
    for one in (county, other):
        assert one("package", "import", out).code == 0
        assert [expert["name"] for expert in one("list", "experts").json["experts"]] == ["全市的专家"]
    assert [room["name"] for room in county("list", "workrooms").json["workrooms"]] == ["西河的"]
    assert [room["name"] for room in other("list", "workrooms").json["workrooms"]] == ["南河的"]
    alone = city("package", "export", city.folder / "一家.wrp", *both[:2], "--full")
    assert alone.json["left_out"] == 0
    assert alone.err == ""
