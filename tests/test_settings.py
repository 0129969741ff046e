"""Settings survive a round trip, a missing file and a damaged one."""

from pathlib import Path

from desktop.settings import Settings, load, save


def test_round_trip(tmp_path: Path):
    wanted = Settings(operator="王敏", large_print=True, registry_columns=("name", "level"), tools={"tol": 5})
    save(wanted, tmp_path / "s.toml")
    assert load(tmp_path / "s.toml") == wanted
    assert not list(tmp_path.glob("*.part"))


def test_missing_and_damaged_files_give_defaults(tmp_path: Path):
    assert load(tmp_path / "none.toml") == Settings()
    damaged = tmp_path / "bad.toml"
    damaged.write_text("operator = ", "utf-8")
    assert load(damaged) == Settings()


def test_a_value_of_the_wrong_type_keeps_its_default_and_the_rest_is_read(tmp_path: Path):
    path = tmp_path / "s.toml"
    path.write_text('operator = "王敏"\nlarge_print = "yes"\nreminder_days = true\nunknown = 1\n', "utf-8")
    assert load(path) == Settings(operator="王敏")


def test_changed_leaves_the_original_alone():
    before = Settings()
    assert before.changed(theme="dark").theme == "dark"
    assert before.theme == "light"
