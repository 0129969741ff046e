"""Checking every commit of a package without the database: form, name, chain, author, signatures."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.errors import BadPackage
from desktop.services.journal.applying import Incoming
from desktop.services.parcel.telling import Progress, told
from desktop.sync import commit as commits
from desktop.sync import package
from desktop.sync.package import BlobRecord, FoldedRecord, Package

READ_ONCE = 8 << 20


@dataclass
class Checked:
    """A package whose every commit was found well formed and signed, with what was found of their authors.

    `authors` gives the offices of the authors' keys, `written` the pairs (author, owning office), `folded` the authors
    of folded commits. `commits` keeps what was read of a small package; a large one is read twice, so that memory
    stays flat.
    """

    package: Package
    authors: dict[bytes, str] = field(default_factory=dict)
    scopes: set[tuple[str, str]] = field(default_factory=set)
    written: set[tuple[str, str]] = field(default_factory=set)
    folded: set[str] = field(default_factory=set)
    commits: list[Incoming] | None = None


@dataclass
class _Chain:
    """Names of commits: those before a signed chain's commits, those before any, those that need a later one."""

    signed: set[str] = field(default_factory=set)
    followed: set[str] = field(default_factory=set)
    unsigned: list[str] = field(default_factory=list)
    open_parts: list[str] = field(default_factory=list)


def check(found: Package, report_progress: Progress) -> Checked:
    """Check a package's commits (BadPackage)."""
    checked, chain = Checked(found), _Chain()
    if found.manifest.content_length <= READ_ONCE:
        checked.commits = []
    for item in told(incoming_of(found), found.manifest.commits, "核对签名", report_progress):
        _check_one(checked, chain, item)
    # A commit is vouched for by its own signature or by that of one after it, which names its hash.
    if not chain.signed.issuperset(chain.unsigned) or not chain.followed.issuperset(chain.open_parts):
        raise BadPackage(package.DAMAGED)
    if not checked.scopes <= set(found.manifest.scopes):
        raise BadPackage(package.DAMAGED)
    return checked


def _check_one(checked: Checked, chain: _Chain, item: Incoming) -> None:
    content, name = item.commit, item.hash.hex()
    if checked.commits is not None:
        checked.commits.append(item)
    if content.previous is not None:
        chain.followed.add(content.previous)
    if item.folded:
        checked.folded.add(content.office)
    else:
        _check_signed(chain, item, name)
    if content.more:
        chain.open_parts.append(name)
    checked.scopes.add(content.scope)
    checked.written.add((content.office, content.scope[0]))
    if checked.authors.setdefault(commits.author_key(content.stream), content.office) != content.office:
        raise BadPackage(package.DAMAGED)


def _check_signed(chain: _Chain, item: Incoming, name: str) -> None:
    if item.commit.previous is not None:
        chain.signed.add(item.commit.previous)
    if item.signature is None:
        chain.unsigned.append(name)
    elif not commits.signature_holds(item.commit, item.raw, item.signature):
        raise BadPackage(package.DAMAGED)


def incoming_of(found: Package) -> Iterator[Incoming]:
    """Yield the commits of a package as they are taken in (BadPackage where one is malformed)."""
    for record in package.records(found):
        if isinstance(record, FoldedRecord):
            yield Incoming(commits.decode(record.raw), record.raw, record.hash, None, folded=True)
        elif not isinstance(record, BlobRecord):
            content = commits.decode(record.raw)
            yield Incoming(content, record.raw, commits.commit_hash(record.raw), record.signature)
