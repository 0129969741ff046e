"""The change log: signed commits, the heads they leave on each record, and what capture marked as changed."""

from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class SyncScope(Base):
    """The data of one office, of one kind (public, listed, internal, sensitive): the unit that is sent or withheld."""

    __tablename__ = "sync_scope"
    __table_args__ = (UniqueConstraint("office", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str]
    kind: Mapped[str]


class SyncStream(Base):
    """A chain of commits by one incarnation of one author in one scope; `own` marks those that this file continues."""

    __tablename__ = "sync_stream"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[int] = mapped_column(ForeignKey("sync_scope.id"))
    own: Mapped[bool] = mapped_column(default=False)


class SyncCommit(Base):
    """A commit: its exact bytes and its place.

    `applied` counts transactions in the order in which this file took them in; NULL waits for a prerequisite. `tip`
    marks applied commits that no other applied one builds on. `raw` may be compressed; `signature` is NULL where a
    later commit's signature covers it. Of a `folded` commit `raw` holds what still stands, not the
    bytes that were signed.
    """

    __tablename__ = "sync_commit"
    __table_args__ = (
        Index("ix_sync_commit_place", "stream", "seq"),
        Index("ix_sync_commit_tip", "stream", sqlite_where=text("tip = 1")),
        Index("ix_sync_commit_waiting", "id", sqlite_where=text("applied IS NULL")),
        Index("ix_sync_commit_applied", "applied"),
        Index("ix_sync_commit_folded", "id", sqlite_where=text("folded = 1")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(unique=True)
    stream: Mapped[int] = mapped_column(ForeignKey("sync_stream.id"))
    seq: Mapped[int]
    height: Mapped[int]
    previous: Mapped[bytes | None]
    signature: Mapped[bytes | None]
    raw: Mapped[bytes]
    import_id: Mapped[int | None]
    applied: Mapped[int | None]
    tip: Mapped[bool]
    folded: Mapped[bool] = mapped_column(default=False, server_default="0")


class SyncNeed(Base):
    """A prerequisite, by hash, that a waiting commit lacks."""

    __tablename__ = "sync_need"
    __table_args__ = (Index("ix_sync_need_hash", "hash"), {"sqlite_with_rowid": False})

    commit: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(primary_key=True)


class SyncShape(Base):
    """A list of fields that a commit created together, kept once."""

    __tablename__ = "sync_shape"

    id: Mapped[int] = mapped_column(primary_key=True)
    fields: Mapped[str] = mapped_column(unique=True)


class SyncRecord(Base):
    """The un-replaced writes of one record, in short form; `state` is gone 0, shown 1, held back 2, kept for others 3.

    `heads` is JSON `[[[commit, shape]…], {field: [commit…]}, {presence commit: [seen commit…] or null}]`.
    """

    __tablename__ = "sync_record"
    __table_args__ = (
        Index("ix_sync_record_unsettled", "state", sqlite_where=text("state >= 2")),
        {"sqlite_with_rowid": False},
    )

    noun: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[int] = mapped_column(ForeignKey("sync_scope.id"))
    state: Mapped[int]
    heads: Mapped[str]


class SyncHead(Base):
    """The value of a head that the record's table does not show: disputed, unknown to this program, or not valid."""

    __tablename__ = "sync_head"
    __table_args__ = ({"sqlite_with_rowid": False},)

    noun: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    commit: Mapped[int] = mapped_column(primary_key=True)
    # No affinity, so that text stays text and numbers stay numbers.
    value: Mapped[Any] = mapped_column(LargeBinary, nullable=True)


class SyncDirty(Base):
    """A record that the open transaction touched, with its fields before (JSON array), NULL for a new one."""

    __tablename__ = "sync_dirty"
    __table_args__ = ({"sqlite_with_rowid": False},)

    noun: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[str | None]
