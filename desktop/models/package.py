"""What the exchange of packages needs to keep: this office's identity, peers, imports, trust, alarms and files."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class SyncIdentity(Base):
    """This file's office, key and incarnation; one row, never exchanged.

    `device` names the incarnation: it is drawn anew whenever the file may be a copy, and `former` is the one before.
    `operator` is who edits where nobody else is named.
    """

    __tablename__ = "sync_identity"

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str]
    private_key: Mapped[bytes]
    public_key: Mapped[bytes]
    device: Mapped[str]
    former: Mapped[str] = mapped_column(default="", server_default="")
    operator: Mapped[str] = mapped_column(default="")


class SyncTrust(Base):
    """A key that may author commits, the office it belongs to and who vouches for it.

    `relation` is self, parent, child, peer or vouched; `voucher` is the certifying key and `certificate` its
    signature, both NULL where a person here accepted the key. `document` is the identity as it was received.
    """

    __tablename__ = "sync_trust"

    public_key: Mapped[bytes] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    level: Mapped[str]
    relation: Mapped[str]
    accepted_at: Mapped[str]
    voucher: Mapped[bytes | None]
    certificate: Mapped[bytes | None]
    revoked_at: Mapped[str | None]
    document: Mapped[bytes]


class SyncPeer(Base):
    """An incarnation of another office's file: the numbers of packages exchanged and what it claimed to hold."""

    __tablename__ = "sync_peer"

    device: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(index=True)
    received_number: Mapped[int] = mapped_column(default=0)
    heard_at: Mapped[str]
    claim: Mapped[bytes]
    retired: Mapped[bool] = mapped_column(default=False)


class SyncExport(Base):
    """A package written here, for the list of exchanges."""

    __tablename__ = "sync_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    recipients: Mapped[str]
    made_at: Mapped[str]
    commits: Mapped[int]
    sha256: Mapped[str]


class SyncImport(Base):
    """A package taken in: who made it, its number and digest, what came of it, and whether it was taken back."""

    __tablename__ = "sync_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    office: Mapped[str]
    device: Mapped[str]
    number: Mapped[int]
    made_at: Mapped[str]
    imported_at: Mapped[str]
    sha256: Mapped[str]
    applied: Mapped[int]
    result: Mapped[str]
    undone_at: Mapped[str | None]


class SyncAlarm(Base):
    """Something that a person must know: a copied or restored file, two commits at one place, a revoked key in use."""

    __tablename__ = "sync_alarm"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    raised_at: Mapped[str]
    detail: Mapped[str]
    seen_at: Mapped[str | None]


class SyncBlob(Base):
    """A file that a record names by its SHA-256: here, or still wanted from others."""

    __tablename__ = "sync_blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    present: Mapped[bool]


class SyncWant(Base):
    """A file that a peer's last package asked for."""

    __tablename__ = "sync_want"
    __table_args__ = ({"sqlite_with_rowid": False},)

    device: Mapped[str] = mapped_column(ForeignKey("sync_peer.device"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)


class SyncReturn(Base):
    """A record of an import that a clerk here returns, until the receipt is written; never exchanged."""

    __tablename__ = "sync_return"
    __table_args__ = ({"sqlite_with_rowid": False},)

    import_id: Mapped[int] = mapped_column(primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]


class SyncKey(Base):
    """A key of this office from before a rotation: it opens what was locked for it, and signs nothing more."""

    __tablename__ = "sync_key"

    public_key: Mapped[bytes] = mapped_column(primary_key=True)
    private_key: Mapped[bytes]
    retired_at: Mapped[str]


class SyncSnapshot(Base):
    """A folding of the log: the archive that holds what was folded, and the signed digest of what stands for it."""

    __tablename__ = "sync_snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[str]
    archive: Mapped[str]
    archive_sha256: Mapped[str]
    commits: Mapped[int]
    last: Mapped[int]
    digest: Mapped[str]
    public_key: Mapped[bytes]
    signature: Mapped[bytes]
