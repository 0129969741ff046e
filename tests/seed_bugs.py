"""Seeds bugs into the merge, one at a time, and tells which the tests catch: `python -m tests.seed_bugs`."""

# Each bug is one line so that what is seeded can be read at once.
# ruff: noqa: E501

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES = (
    "tests/sync",
    "tests/services/test_receipts.py",
    "tests/services/test_clones.py",
    "tests/services/test_downward.py",
    "tests/services/test_private_references.py",
    "tests/services/test_many_offices.py",
    "tests/services/test_keyring.py",
    "tests/services/test_sealed_packages.py",
    "tests/services/test_history.py",
    "tests/services/test_exchange.py",
    "tests/services/test_compaction.py",
    "tests/services/test_hostile_packages.py",
    "tests/services/test_integrity.py",
    "tests/services/test_encrypted_desk.py",
    "tests/services/test_convergence.py",
)
LONGEST = 3600.0
"""Seconds of the CPU that the tests may take without any bug."""
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
    ("anybody writes anywhere", "services/parcel/importing.py", "allowed and scoping.may_author(raw, checked.written) and", "allowed and"),
    ("heights stay at one", "services/journal/ledger.py", "return 1 + max(", "return 1 + 0 * max("),
    ("waiting commits are never released", "services/journal/applying.py", "for (number,) in ready:", "for (number,) in ready and []:"),
    ("waiting commits are merged at once", "services/journal/applying.py", "applied = None if missing else order", "missing, applied = [], order"),
    ("saving settles a dispute", "services/journal/drafting.py", "return [head for head in heads if kept.values.get((name, head)) == shown]", "return heads"),
    ("a decision replaces one head only", "services/journal/drafting.py", "if decision.replacing is not None:", "heads = heads[:1]\n    if decision.replacing is not None:"),
    ("nothing is held back", "services/journal/settling.py", "            hide(ledger, key, HELD)\n", "            pass\n"),
    ("a missing target hides every record", "services/journal/settling.py", "            elif item.required:\n", "            elif True:\n"),
    ("a reference is never filled", "services/journal/settling.py", "    for key in _fill_blanks(ledger):\n", "    for key in []:\n"),
    ("a blank reference is lost", "services/journal/settling.py", "head_store.save_values(ledger.raw, key, name, values)", "pass"),
    ("a blank reference outlives its record", "services/journal/settling.py", "if len(heads) == 1 and item.accepts(", "if False and item.accepts("),
    ("what comes back forgets a reference", "services/journal/drafting.py", "if value is None and settling.is_blank(", "if False and settling.is_blank("),
    ("a record goes where it waits for good", "services/journal/ownership.py", "return all(self.has(", "return True or all(self.has("),
    ("what was kept for others stays", "services/journal/settling.py", "return sorted(kept - needed)", "return []"),
    ("the claim is what was sent", "services/parcel/exporting.py", "held = set() if full or not all(claimed) else", "held = {row[0] for row in raw.execute('SELECT id FROM sync_commit WHERE applied < 9')} if not full else"),
    ("an undo forgets to rebuild", "services/parcel/import_undo.py", "    rebuild(Ledger(raw), keys, remaining)\n", ""),
    ("an envelope's header is not bound", "sync/envelope.py", "salt = hashlib.sha256(framed).digest()", "salt = bytes(32)"),
    ("the last piece is not marked", "sync/envelope.py", "return place.to_bytes(11, \"big\") + bytes([last])", "return place.to_bytes(12, \"big\")"),
    ("an envelope's office is not bound", "sync/envelope.py", "return wrapping.decrypt(bytes(12), bytes.fromhex(slot.locked), slot.office.encode())", "return wrapping.decrypt(bytes(12), bytes.fromhex(slot.locked), b\"o0\")"),
    ("a successor is not asked for its word", "sync/certificate.py", "if not keys.verify(chain[-1], SUCCESSION, part, bytes.fromhex(step.signature)):", "if False:"),
    ("any successor is taken", "services/trust/trusting.py", "    if not known <= set(chain):\n", "    if False:\n"),
    ("void keys are forgotten", "services/journal/declared.py", "        if one.kind == REVOKED:\n", "        if one.kind == REVOKED and False:\n"),
    ("void keys leave everything", "services/journal/declared.py", "free = key not in keys or number in covered(raw, keys[key].changes)", "free = True"),
    ("anybody may declare", "services/journal/declared.py", "if len(authors) != 1 or signed_by_itself or not _entitled(ledger.raw, by, about):", "if len(authors) != 1 or signed_by_itself:"),
    ("a lower office writes above", "services/parcel/scoping.py", "            if author in beneath[owner]:\n", "            if False:\n"),
    ("lost changes are awaited for ever", "services/journal/applying.py", "elif name not in _lost(ledger):", "else:"),
    ("two shares of three are added up wrong", "sync/shares.py", "weight = _times(weight, _times(other, _inverse(other ^ place)))", "weight = _times(weight, _inverse(other ^ place))"),
    ("anybody gives himself a receipt", "services/parcel/receipted.py", "return issuer != office and (", "return True or ("),
    ("a receipt is about every version", "services/parcel/receipted.py", "\"current\": version == last,", "\"current\": True,"),
    ("folding drops what stands", "services/journal/folding.py", "return place not in work.replaced or number not in work.replaced[place]", "return place not in work.replaced"),
    ("folding forgets what was replaced", "services/journal/folding.py", "            waiting += work.replacing[place].get(one, ())\n", ""),
    ("folding asks nobody", "services/compaction.py", "or (partners is not None and number not in partners)", ""),
    ("deleted values stay in the log", "services/journal/folding.py", "            work.gone.add((noun, row))\n", "            pass\n"),
    ("anybody may fold for others", "services/parcel/scoping.py", "return found.isdisjoint(known - subtree(raw, maker))", "return True"),
    ("the new file is not compared", "models/cipher.py", "            _require_same(source)\n", "            source.execute(\"DELETE FROM converted.keys\")\n"),
    ("a file set back stays retired", "services/parcel/claiming.py", "raw.execute(\"UPDATE sync_peer SET retired = 0 WHERE device = ?\", (manifest.device,))", "pass"),
    ("a late claim is believed", "services/parcel/claiming.py", "if row is not None and manifest.number <= row[0]:", "if False:"),
    ("an entry in the list holds anything", "sync/commit.py", "and (commit.scope[1] != LISTED or _writes_only_its_entry(commit))", "and True"),
    ("siblings are not listed", "services/parcel/scoping.py", "listed = above | children(raw, above)", "listed = above"),
    ("a sibling's data goes down", "services/parcel/scoping.py", "lower = {number for number, owner, _ in scopes if owner in theirs}", "lower = {number for number, owner, _ in scopes if owner in mine}"),
    ("a peer gets what is sensitive", "services/parcel/scoping.py", "number for number, owner, kind in scopes if kind in (PUBLIC, LISTED, INTERNAL) and owner in mine | theirs", "number for number, owner, kind in scopes if owner in mine | theirs"),
    ("what came from above is never claimed", "services/parcel/scoping.py", "_scopes_for_one(raw, place, office) | _given_from(raw, place, office)", "_scopes_for_one(raw, place, office)"),
    ("a swapped file is taken", "services/parcel/importing.py", "if expected is not None and found.sha256 != expected:", "if False:"),
    ("a preview writes", "services/parcel/importing.py", "            transaction.rollback()\n", "            pass\n"),
    ("two commits at one place go unnoticed", "services/journal/applying.py", "FORK if twin.fetchone() is not None else None", "None"),
    ("a restored file goes unnoticed", "services/trust/anchor.py", "return None if held and device == row[0] else RESTORED", "return None"),
    ("a copied file goes unnoticed", "services/trust/anchor.py", "if where != place(database):", "if False:"),
    ("a bomb is unpacked", "sync/package.py", "if manifest.content_length > min(MAX_CONTENT, FREE_CONTENT + MAX_RATIO * manifest.body_length):", "if False:"),
    ("a file may have another hash", "sync/package.py", "if hashlib.sha256(payload[32:]).digest() != payload[:32]:", "if False:"),
    ("the body is not hashed", "sync/package.py", "if len(body) != manifest.body_length or hashlib.sha256(body).hexdigest() != manifest.body_sha256:", "if False:"),
    ("tables may have any name", "sync/commit.py", "return _NAME.fullmatch(name) is not None", "return True"),
    ("what only a newer program knows is lost", "services/journal/merging.py", "plain = len(heads) == 1 and item is not None and item.accepts(kept.values[name, heads[0]])", "plain = len(heads) == 1"),
    ("records of two offices mix", "services/journal/merging.py", "if len({self.ledger.scope(scope)[0] for scope in scopes}) > 1:", "if False:"),
)  # fmt: skip


def caught(folder: Path, file: str, old: str, new: str, patience: float) -> bool:
    """Seed one bug in a copy and tell whether a test fails; a merge that never ends is caught too."""
    target = folder / "desktop" / file
    source = target.read_text(encoding="utf-8")
    if source.count(old) != 1:
        raise SystemExit(f"{file}: expected once, found {source.count(old)} times: {old}")
    target.write_text(source.replace(old, new), encoding="utf-8")
    outcome = tested(folder, patience)
    target.write_text(source, encoding="utf-8")
    return outcome == 1 or outcome < 0


def tested(folder: Path, patience: float) -> int:
    """Run the suites in a copy and return pytest's exit code, negative when it took `patience` seconds of the CPU.

    A busy machine alone takes none of them.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *SUITES]
    limits = (int(patience), int(patience) + 5)
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limits),
    ).returncode


def spent() -> float:
    """Return the seconds of the CPU that the tests took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(asked: list[str]) -> int:
    """Seed every bug, or those whose words hold one of `asked`; 1 when one was not caught."""
    chosen = [bug for bug in BUGS if not asked or any(word in bug[0] for word in asked)]
    missed = []
    with tempfile.TemporaryDirectory(prefix="bugs-") as place:
        folder = Path(place)
        for name in ("desktop", "tests", "resources"):
            ignored = shutil.ignore_patterns("__pycache__", "*.ttf")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", folder)
        if tested(folder, LONGEST) != 0:
            raise SystemExit("the tests fail without any bug seeded")
        patience = 2 * spent() + 20
        for words, file, old, new in chosen:
            found = caught(folder, file, old, new, patience)
            print(f"{'caught' if found else 'MISSED'}  {words}", flush=True)
            missed += [] if found else [words]
    print(f"{len(chosen) - len(missed)} of {len(chosen)} seeded bugs caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
