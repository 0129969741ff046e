"""Seeds bugs into the merge, one at a time, and tells which the tests catch: `python -m tests.seed_bugs`."""

# Each bug is one line so that what is seeded can be read at once.
# ruff: noqa: E501

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("tests/sync", "tests/services/test_exchange.py", "tests/services/test_history.py",
          "tests/services/test_hostile_packages.py", "tests/services/test_convergence.py",
          "tests/services/test_integrity.py", "tests/services/test_keyring.py", "tests/services/test_sealed_packages.py",
          "tests/services/test_receipts.py")  # fmt: skip
LONGEST = 3600.0
"""Seconds that the tests may take without any bug."""
BUGS = (
    ("a replaced head stays", "sync/merge.py", "if head not in gone] + [commit]", "] + [commit]"),
    ("an edit replaces every head", "sync/merge.py", "[head for head in self.of(name) if head not in gone] + [commit]", "[commit]"),
    ("a deletion covers everything", "sync/merge.py", "return not self.commits() <= covered", "return not self.deletions()"),
    ("a deletion covers nothing", "sync/merge.py", "return not self.commits() <= covered", "return True"),
    ("a decision to keep is forgotten", "sync/merge.py", "if seen is None)\n        return found", "if False)\n        return found"),
    ("the least write is shown", "sync/merge.py", "return max(heads, key=rank)", "return min(heads, key=rank)"),
    ("equal values are a conflict", "sync/merge.py", "return len({(type(value), value) for value in values.values()}) > 1", "return len(values) > 1"),
    ("the state hash forgets fields", "sync/merge.py", "struct.pack(\">I\", len(key)) + key + _joined(tuple(groups[key]))", "key"),
    ("a missing previous is no obstacle", "sync/commit.py", "return [commit.previous, *wanted]", "return list(wanted)"),
    ("signatures are not checked", "services/parcel/checking.py", "elif not commits.signature_holds(item.commit, item.raw, item.signature):", "elif False:"),
    ("the chain is not checked", "services/parcel/checking.py", "if not chain.signed.issuperset(chain.unsigned) or", "if"),
    ("recipients are not checked", "services/parcel/importing.py", "if manifest.recipients and own[0] not in manifest.recipients:", "if False:"),
    ("scopes of others are taken", "services/parcel/importing.py", "allowed = scoping.may_bring(raw, manifest.office, checked.scopes)", "allowed = True"),
    ("anybody writes anywhere", "services/parcel/importing.py", " or not scoping.may_author(raw, checked.written):", ":"),
    ("heights stay at one", "services/journal/ledger.py", "return 1 + max(", "return 1 + 0 * max("),
    ("waiting commits are never released", "services/journal/applying.py", "for (number,) in ready:", "for (number,) in ready and []:"),
    ("waiting commits are merged at once", "services/journal/applying.py", "applied = None if missing else order", "missing, applied = [], order"),
    ("saving settles a dispute", "services/journal/drafting.py", "return [head for head in heads if kept.values.get((name, head)) == shown]", "return heads"),
    ("a decision replaces one head only", "services/journal/drafting.py", "if decision.replacing is not None:", "heads = heads[:1]\n    if decision.replacing is not None:"),
    ("nothing is held back", "services/journal/settling.py", "            hide(ledger, key, HELD)\n", "            pass\n"),
    ("what was kept for others stays", "services/journal/settling.py", "return sorted(kept - needed)", "return []"),
    ("the claim is what was sent", "services/parcel/exporting.py", "held = set() if full or silent else", "held = {row[0] for row in raw.execute('SELECT id FROM sync_commit WHERE applied < 9')} if not full else"),
    ("an undo forgets to rebuild", "services/parcel/import_undo.py", "    rebuild(Ledger(raw), keys, remaining)\n", ""),
)  # fmt: skip


def caught(folder: Path, file: str, old: str, new: str, patience: float) -> bool:
    """Seed one bug in a copy and tell whether a test fails."""
    target = folder / "desktop" / file
    source = target.read_text(encoding="utf-8")
    if source.count(old) != 1:
        raise SystemExit(f"{file}: expected once, found {source.count(old)} times: {old}")
    target.write_text(source.replace(old, new), encoding="utf-8")
    outcome = tested(folder, patience)
    target.write_text(source, encoding="utf-8")
    return outcome == 1


def tested(folder: Path, patience: float) -> int:
    """Run the suites in a copy and return pytest's exit code; more than `patience` seconds count as a failure."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *SUITES]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=patience, check=False).returncode
    except subprocess.TimeoutExpired:
        return 1


def main() -> int:
    """Seed every bug; 1 when one was not caught."""
    missed = []
    with tempfile.TemporaryDirectory(prefix="bugs-") as place:
        folder = Path(place)
        for name in ("desktop", "tests", "resources"):
            ignored = shutil.ignore_patterns("__pycache__", "*.ttf")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", folder)
        started = time.perf_counter()
        if tested(folder, LONGEST) != 0:
            raise SystemExit("the tests fail without any bug seeded")
        # A bug that makes the merge hang is caught too; a busy machine alone must not look like one.
        patience = 3 * (time.perf_counter() - started) + 60
        for words, file, old, new in BUGS:
            found = caught(folder, file, old, new, patience)
            print(f"{'caught' if found else 'MISSED'}  {words}", flush=True)
            missed += [] if found else [words]
    print(f"{len(BUGS) - len(missed)} of {len(BUGS)} seeded bugs caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
