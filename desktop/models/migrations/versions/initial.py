"""All tables as they were first released."""

import sqlalchemy as sa
from alembic import op

revision = "initial"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first release."""
    op.create_table(
        "attachments",
        sa.Column("owner_noun", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_owner_id"), "attachments", ["owner_id"], unique=False)
    op.create_table(
        "attestations",
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("attested_by", sa.String(), nullable=False),
        sa.Column("attested_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestations")),
    )
    op.create_index(op.f("ix_attestations_subject_id"), "attestations", ["subject_id"], unique=False)
    op.create_table(
        "offices",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("document_code", sa.String(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("regulations", sa.Text(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["offices.id"], name=op.f("fk_offices_parent_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
    )
    op.create_index(op.f("ix_offices_parent_id"), "offices", ["parent_id"], unique=False)
    op.create_table(
        "overrides",
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("actual", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    op.create_index(op.f("ix_overrides_subject_id"), "overrides", ["subject_id"], unique=False)
    op.create_table(
        "sync_alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("raised_at", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_alarm")),
    )
    op.create_table(
        "sync_blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sync_blob")),
    )
    op.create_table(
        "sync_dirty",
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("noun", "id", name=op.f("pk_sync_dirty")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("commits", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_export")),
    )
    op.create_table(
        "sync_head",
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("commit", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("noun", "id", "field", "commit", name=op.f("pk_sync_head")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("former", sa.String(), server_default="", nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_identity")),
    )
    op.create_table(
        "sync_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("imported_at", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("undone_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_import")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sync_import_uuid")),
    )
    op.create_table(
        "sync_key",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("retired_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_sync_key")),
    )
    op.create_table(
        "sync_need",
        sa.Column("commit", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("commit", "hash", name=op.f("pk_sync_need")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sync_need_hash", "sync_need", ["hash"], unique=False)
    op.create_table(
        "sync_peer",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("received_number", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.String(), nullable=False),
        sa.Column("claim", sa.LargeBinary(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_sync_peer")),
    )
    op.create_index(op.f("ix_sync_peer_office"), "sync_peer", ["office"], unique=False)
    op.create_table(
        "sync_return",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "noun", "id", name=op.f("pk_sync_return")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_scope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_scope")),
        sa.UniqueConstraint("office", "kind", name=op.f("uq_sync_scope_office")),
    )
    op.create_table(
        "sync_shape",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_shape")),
        sa.UniqueConstraint("fields", name=op.f("uq_sync_shape_fields")),
    )
    op.create_table(
        "sync_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("archive", sa.String(), nullable=False),
        sa.Column("archive_sha256", sa.String(), nullable=False),
        sa.Column("commits", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_snapshot")),
    )
    op.create_table(
        "sync_trust",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.String(), nullable=False),
        sa.Column("voucher", sa.LargeBinary(), nullable=True),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_sync_trust")),
    )
    op.create_index(op.f("ix_sync_trust_office"), "sync_trust", ["office"], unique=False)
    op.create_table(
        "workroom_keys",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("level", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), server_default="", nullable=False),
        sa.Column("native", sa.String(), server_default="", nullable=False),
        sa.Column("latin", sa.String(), server_default="", nullable=False),
        sa.Column("name_sort", sa.String(), server_default="", nullable=False),
        sa.Column("unit_sort", sa.String(), server_default="", nullable=False),
        sa.Column("leader_sort", sa.String(), server_default="", nullable=False),
        sa.Column("stale", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_workroom_keys")),
        sa.UniqueConstraint("workroom_id", name=op.f("uq_workroom_keys_workroom_id")),
    )
    op.create_index("ix_workroom_keys_order", "workroom_keys", ["name_sort", "row", "level", "state"], unique=False)
    op.create_index(
        "ix_workroom_keys_stale", "workroom_keys", ["stale"], unique=False, sqlite_where=sa.text("stale = 1")
    )
    op.create_table(
        "assessment_rounds",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("grades", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_assessment_rounds_office_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_rounds")),
    )
    op.create_index(op.f("ix_assessment_rounds_office_id"), "assessment_rounds", ["office_id"], unique=False)
    op.create_table(
        "calendar_days",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_calendar_days_office_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
    )
    op.create_index(op.f("ix_calendar_days_day"), "calendar_days", ["day"], unique=False)
    op.create_index(op.f("ix_calendar_days_office_id"), "calendar_days", ["office_id"], unique=False)
    op.create_table(
        "declarations",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_office", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("declared_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_declarations_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declarations")),
    )
    op.create_index(op.f("ix_declarations_office_id"), "declarations", ["office_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number_code", sa.String(), nullable=False),
        sa.Column("number_year", sa.Integer(), nullable=True),
        sa.Column("number_serial", sa.Integer(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("short_code", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.String(length=36), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_documents_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["documents.id"],
            name=op.f("fk_documents_replaces_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_office_id"), "documents", ["office_id"], unique=False)
    op.create_index(op.f("ix_documents_replaces_id"), "documents", ["replaces_id"], unique=False)
    op.create_index(op.f("ix_documents_subject_id"), "documents", ["subject_id"], unique=False)
    op.create_table(
        "experts",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("speciality", sa.String(), nullable=False),
        sa.Column("title_rank", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_experts_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experts")),
    )
    op.create_index(op.f("ix_experts_office_id"), "experts", ["office_id"], unique=False)
    op.create_table(
        "holds",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at_state", sa.String(), nullable=False),
        sa.Column("state_before", sa.String(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_holds_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_office_id"), "holds", ["office_id"], unique=False)
    op.create_index(op.f("ix_holds_subject_id"), "holds", ["subject_id"], unique=False)
    op.create_table(
        "number_ranges",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_number_ranges_office_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_ranges")),
    )
    op.create_index(op.f("ix_number_ranges_office_id"), "number_ranges", ["office_id"], unique=False)
    op.create_table(
        "quotas",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("given_to_id", sa.String(length=36), nullable=True),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_to_id"], ["offices.id"], name=op.f("fk_quotas_given_to_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_quotas_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
    )
    op.create_index(op.f("ix_quotas_given_to_id"), "quotas", ["given_to_id"], unique=False)
    op.create_index(op.f("ix_quotas_office_id"), "quotas", ["office_id"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("office_id", sa.String(length=36), nullable=False),
        sa.Column("package_number", sa.Integer(), nullable=False),
        sa.Column("package_sha256", sa.String(), nullable=False),
        sa.Column("package_made_at", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_receipts_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
    )
    op.create_index(op.f("ix_receipts_office_id"), "receipts", ["office_id"], unique=False)
    op.create_table(
        "regulation_texts",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("issued_text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_regulation_texts_office_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation_texts")),
    )
    op.create_index(op.f("ix_regulation_texts_office_id"), "regulation_texts", ["office_id"], unique=False)
    op.create_table(
        "seals",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("diameter_mm", sa.Integer(), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_seals_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
    )
    op.create_index(op.f("ix_seals_office_id"), "seals", ["office_id"], unique=False)
    op.create_table(
        "sync_record",
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("heads", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["scope"], ["sync_scope.id"], name=op.f("fk_sync_record_scope")),
        sa.PrimaryKeyConstraint("noun", "id", name=op.f("pk_sync_record")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_sync_record_unsettled", "sync_record", ["state"], unique=False, sqlite_where=sa.text("state >= 2")
    )
    op.create_table(
        "sync_stream",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["scope"], ["sync_scope.id"], name=op.f("fk_sync_stream_scope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_stream")),
        sa.UniqueConstraint("name", name=op.f("uq_sync_stream_name")),
    )
    op.create_table(
        "sync_want",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["sync_peer.device"], name=op.f("fk_sync_want_device")),
        sa.PrimaryKeyConstraint("device", "sha256", name=op.f("pk_sync_want")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tool_settings",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("parameter", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_tool_settings_office_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_settings")),
    )
    op.create_index(op.f("ix_tool_settings_office_id"), "tool_settings", ["office_id"], unique=False)
    op.create_table(
        "units",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("unit_type", sa.String(), nullable=False),
        sa.Column("unit_class", sa.String(), nullable=False),
        sa.Column("industry", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("unit_is_legal_person", sa.Boolean(), nullable=True),
        sa.Column("unit_union_sound", sa.Boolean(), nullable=True),
        sa.Column("union_name", sa.String(), nullable=False),
        sa.Column("account_name", sa.String(), nullable=False),
        sa.Column("account_number", sa.String(), nullable=False),
        sa.Column("account_bank", sa.String(), nullable=False),
        sa.Column("payee_account_type", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_units_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
    )
    op.create_index(op.f("ix_units_office_id"), "units", ["office_id"], unique=False)
    op.create_table(
        "collective_decisions",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("at_state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("absent", sa.Text(), nullable=False),
        sa.Column("recusals", sa.Text(), nullable=False),
        sa.Column("opinions", sa.Text(), nullable=False),
        sa.Column("discussion", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_collective_decisions_document_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_collective_decisions_office_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective_decisions")),
    )
    op.create_index(op.f("ix_collective_decisions_document_id"), "collective_decisions", ["document_id"], unique=False)
    op.create_index(op.f("ix_collective_decisions_office_id"), "collective_decisions", ["office_id"], unique=False)
    op.create_table(
        "expert_draws",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("witnesses", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("speciality", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("recusals", sa.Text(), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.String(length=36), nullable=True),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_expert_draws_document_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_expert_draws_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["expert_draws.id"],
            name=op.f("fk_expert_draws_replaces_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_draws")),
    )
    op.create_index(op.f("ix_expert_draws_document_id"), "expert_draws", ["document_id"], unique=False)
    op.create_index(op.f("ix_expert_draws_office_id"), "expert_draws", ["office_id"], unique=False)
    op.create_index(op.f("ix_expert_draws_replaces_id"), "expert_draws", ["replaces_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("unit_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("education", sa.String(), nullable=False),
        sa.Column("politics", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("professional_title", sa.String(), nullable=False),
        sa.Column("title_rank", sa.String(), nullable=False),
        sa.Column("skill_grade", sa.String(), nullable=False),
        sa.Column("speciality", sa.String(), nullable=False),
        sa.Column("frontline", sa.Boolean(), nullable=True),
        sa.Column("high_skill", sa.Boolean(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("bank_name", sa.String(), nullable=False),
        sa.Column("bank_account", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_people_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_people_unit_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_office_id"), "people", ["office_id"], unique=False)
    op.create_index(op.f("ix_people_unit_id"), "people", ["unit_id"], unique=False)
    op.create_table(
        "publicities",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("at_state", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("day_kind", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_publicities_document_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_publicities_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicities")),
    )
    op.create_index(op.f("ix_publicities_document_id"), "publicities", ["document_id"], unique=False)
    op.create_index(op.f("ix_publicities_office_id"), "publicities", ["office_id"], unique=False)
    op.create_index(op.f("ix_publicities_subject_id"), "publicities", ["subject_id"], unique=False)
    op.create_table(
        "receipt_items",
        sa.Column("receipt_id", sa.String(length=36), nullable=False),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt_id"],
            ["receipts.id"],
            name=op.f("fk_receipt_items_receipt_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_items")),
    )
    op.create_index(op.f("ix_receipt_items_receipt_id"), "receipt_items", ["receipt_id"], unique=False)
    op.create_index(op.f("ix_receipt_items_subject_id"), "receipt_items", ["subject_id"], unique=False)
    op.create_table(
        "seal_uses",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("seal_id", sa.String(length=36), nullable=False),
        sa.Column("seal_name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("paper_sha256", sa.String(), nullable=False),
        sa.Column("short_code", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_seal_uses_document_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_seal_uses_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["seal_id"], ["seals.id"], name=op.f("fk_seal_uses_seal_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_uses")),
    )
    op.create_index(op.f("ix_seal_uses_document_id"), "seal_uses", ["document_id"], unique=False)
    op.create_index(op.f("ix_seal_uses_office_id"), "seal_uses", ["office_id"], unique=False)
    op.create_index(op.f("ix_seal_uses_seal_id"), "seal_uses", ["seal_id"], unique=False)
    op.create_table(
        "steps",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("effects", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("corrects_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["steps.id"], name=op.f("fk_steps_corrects_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_steps_document_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_steps_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    op.create_index(op.f("ix_steps_corrects_id"), "steps", ["corrects_id"], unique=False)
    op.create_index(op.f("ix_steps_document_id"), "steps", ["document_id"], unique=False)
    op.create_index(op.f("ix_steps_office_id"), "steps", ["office_id"], unique=False)
    op.create_index(
        "ix_steps_place",
        "steps",
        ["subject_id", "workflow", "position", "to_state", "taken_on", "corrects_id", "subject_noun"],
        unique=False,
    )
    op.create_index(op.f("ix_steps_subject_id"), "steps", ["subject_id"], unique=False)
    op.create_table(
        "sync_commit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("stream", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("applied", sa.Integer(), nullable=True),
        sa.Column("tip", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["stream"], ["sync_stream.id"], name=op.f("fk_sync_commit_stream")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_commit")),
        sa.UniqueConstraint("hash", name=op.f("uq_sync_commit_hash")),
    )
    op.create_index("ix_sync_commit_applied", "sync_commit", ["applied"], unique=False)
    op.create_index("ix_sync_commit_folded", "sync_commit", ["id"], unique=False, sqlite_where=sa.text("folded = 1"))
    op.create_index("ix_sync_commit_place", "sync_commit", ["stream", "seq"], unique=False)
    op.create_index("ix_sync_commit_tip", "sync_commit", ["stream"], unique=False, sqlite_where=sa.text("tip = 1"))
    op.create_index(
        "ix_sync_commit_waiting", "sync_commit", ["id"], unique=False, sqlite_where=sa.text("applied IS NULL")
    )
    op.create_table(
        "awards",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("unit_id", sa.String(length=36), nullable=True),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("award_kind", sa.String(), nullable=False),
        sa.Column("award_year", sa.Integer(), nullable=True),
        sa.Column("project_name", sa.String(), nullable=False),
        sa.Column("regulation_version", sa.String(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("award_fen", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_awards_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_awards_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_awards_unit_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
    )
    op.create_index(op.f("ix_awards_office_id"), "awards", ["office_id"], unique=False)
    op.create_index(op.f("ix_awards_person_id"), "awards", ["person_id"], unique=False)
    op.create_index(op.f("ix_awards_unit_id"), "awards", ["unit_id"], unique=False)
    op.create_table(
        "expert_scores",
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(length=36), nullable=True),
        sa.Column("draw_id", sa.String(length=36), nullable=True),
        sa.Column("workflow", sa.String(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("vote", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["draw_id"],
            ["expert_draws.id"],
            name=op.f("fk_expert_scores_draw_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"],
            ["experts.id"],
            name=op.f("fk_expert_scores_expert_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_scores")),
    )
    op.create_index(op.f("ix_expert_scores_draw_id"), "expert_scores", ["draw_id"], unique=False)
    op.create_index(op.f("ix_expert_scores_expert_id"), "expert_scores", ["expert_id"], unique=False)
    op.create_index(op.f("ix_expert_scores_subject_id"), "expert_scores", ["subject_id"], unique=False)
    op.create_table(
        "honours",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_honours_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honours")),
    )
    op.create_index(op.f("ix_honours_person_id"), "honours", ["person_id"], unique=False)
    op.create_table(
        "objections",
        sa.Column("publicity_id", sa.String(length=36), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("handling", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["publicity_id"],
            ["publicities.id"],
            name=op.f("fk_objections_publicity_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index(op.f("ix_objections_publicity_id"), "objections", ["publicity_id"], unique=False)
    op.create_table(
        "workrooms",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("unit_id", sa.String(length=36), nullable=True),
        sa.Column("leader_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("workroom_category", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("named_on", sa.Date(), nullable=True),
        sa.Column("plaque_on", sa.Date(), nullable=True),
        sa.Column("named_levels", sa.Text(), nullable=False),
        sa.Column("industry", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("venue_address", sa.String(), nullable=False),
        sa.Column("venue_area_sqm", sa.Integer(), nullable=True),
        sa.Column("venue_fixed", sa.Boolean(), nullable=True),
        sa.Column("venue_function_clear", sa.Boolean(), nullable=True),
        sa.Column("venue_independent", sa.Boolean(), nullable=True),
        sa.Column("venue_signs", sa.Text(), nullable=False),
        sa.Column("equipment_ready", sa.Boolean(), nullable=True),
        sa.Column("equipment_note", sa.String(), nullable=False),
        sa.Column("systems", sa.Text(), nullable=False),
        sa.Column("unit_funding_provided", sa.Boolean(), nullable=True),
        sa.Column("unit_funding_fen", sa.Integer(), nullable=True),
        sa.Column("unit_guides_rules", sa.Boolean(), nullable=True),
        sa.Column("development_plan", sa.Boolean(), nullable=True),
        sa.Column("topics_defined", sa.Boolean(), nullable=True),
        sa.Column("goals_defined", sa.Boolean(), nullable=True),
        sa.Column("team_structure_reasonable", sa.Boolean(), nullable=True),
        sa.Column("supported_by_region", sa.Boolean(), nullable=True),
        sa.Column("supported_on", sa.Date(), nullable=True),
        sa.Column("is_existing_rd_body", sa.Boolean(), nullable=True),
        sa.Column("app_registered", sa.Boolean(), nullable=True),
        sa.Column("in_audit_scope", sa.Boolean(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["people.id"], name=op.f("fk_workrooms_leader_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_workrooms_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_workrooms_unit_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workrooms")),
    )
    op.create_index(op.f("ix_workrooms_leader_id"), "workrooms", ["leader_id"], unique=False)
    op.create_index(op.f("ix_workrooms_office_id"), "workrooms", ["office_id"], unique=False)
    op.create_index(op.f("ix_workrooms_unit_id"), "workrooms", ["unit_id"], unique=False)
    op.create_table(
        "activities",
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("people_count", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_activities_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
    )
    op.create_index("ix_activities_counted", "activities", ["kind", "date", "people_count"], unique=False)
    op.create_index(op.f("ix_activities_workroom_id"), "activities", ["workroom_id"], unique=False)
    op.create_table(
        "alliances",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alliance_type", sa.String(), nullable=False),
        sa.Column("lead_workroom_id", sa.String(length=36), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_alliances_lead_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_alliances_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliances")),
    )
    op.create_index(op.f("ix_alliances_lead_workroom_id"), "alliances", ["lead_workroom_id"], unique=False)
    op.create_index(op.f("ix_alliances_office_id"), "alliances", ["office_id"], unique=False)
    op.create_table(
        "assessments",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("activity_normal", sa.Boolean(), nullable=True),
        sa.Column("output_not_obvious", sa.Boolean(), nullable=True),
        sa.Column("role_not_obvious", sa.Boolean(), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(length=36), nullable=True),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_assessments_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["assessment_rounds.id"],
            name=op.f("fk_assessments_round_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_assessments_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    op.create_index(op.f("ix_assessments_office_id"), "assessments", ["office_id"], unique=False)
    op.create_index(op.f("ix_assessments_round_id"), "assessments", ["round_id"], unique=False)
    op.create_index(op.f("ix_assessments_workroom_id"), "assessments", ["workroom_id"], unique=False)
    op.create_table(
        "award_payments",
        sa.Column("award_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("receipt_number", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id"], ["awards.id"], name=op.f("fk_award_payments_award_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_award_payments_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_payments")),
    )
    op.create_index(op.f("ix_award_payments_award_id"), "award_payments", ["award_id"], unique=False)
    op.create_index(op.f("ix_award_payments_person_id"), "award_payments", ["person_id"], unique=False)
    op.create_table(
        "members",
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_members_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_members_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_person_id"), "members", ["person_id"], unique=False)
    op.create_index(op.f("ix_members_workroom_id"), "members", ["workroom_id"], unique=False)
    op.create_table(
        "outcomes",
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("recogniser", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("patent_number", sa.String(), nullable=False),
        sa.Column("completed_by", sa.String(), nullable=False),
        sa.Column("benefit_fen", sa.Integer(), nullable=True),
        sa.Column("benefit_economic", sa.Boolean(), nullable=True),
        sa.Column("benefit_social", sa.Boolean(), nullable=True),
        sa.Column("benefit_note", sa.String(), nullable=False),
        sa.Column("conversion", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_outcomes_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_index("ix_outcomes_counted", "outcomes", ["kind", "level", "date", "benefit_fen"], unique=False)
    op.create_index("ix_outcomes_last", "outcomes", ["workroom_id", "date"], unique=False)
    op.create_index(op.f("ix_outcomes_workroom_id"), "outcomes", ["workroom_id"], unique=False)
    op.create_table(
        "plans",
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["workroom_id"], ["workrooms.id"], name=op.f("fk_plans_workroom_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    op.create_index(op.f("ix_plans_workroom_id"), "plans", ["workroom_id"], unique=False)
    op.create_table(
        "plaques",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("recover_reason", sa.String(), nullable=False),
        sa.Column("recover_from", sa.Date(), nullable=True),
        sa.Column("recovered_on", sa.Date(), nullable=True),
        sa.Column("recovered_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_plaques_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_plaques_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plaques")),
    )
    op.create_index(op.f("ix_plaques_office_id"), "plaques", ["office_id"], unique=False)
    op.create_index(op.f("ix_plaques_workroom_id"), "plaques", ["workroom_id"], unique=False)
    op.create_table(
        "rectifications",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("subject_noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("second_look_on", sa.Date(), nullable=True),
        sa.Column("second_look_by", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_rectifications_document_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_rectifications_office_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_rectifications_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectifications")),
    )
    op.create_index(op.f("ix_rectifications_document_id"), "rectifications", ["document_id"], unique=False)
    op.create_index(op.f("ix_rectifications_office_id"), "rectifications", ["office_id"], unique=False)
    op.create_index(op.f("ix_rectifications_subject_id"), "rectifications", ["subject_id"], unique=False)
    op.create_index(op.f("ix_rectifications_workroom_id"), "rectifications", ["workroom_id"], unique=False)
    op.create_table(
        "topics",
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("registered", sa.Boolean(), nullable=True),
        sa.Column("recognised", sa.Boolean(), nullable=True),
        sa.Column("host_id", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"], ["people.id"], name=op.f("fk_topics_host_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"], ["workrooms.id"], name=op.f("fk_topics_workroom_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )
    op.create_index(op.f("ix_topics_host_id"), "topics", ["host_id"], unique=False)
    op.create_index(op.f("ix_topics_workroom_id"), "topics", ["workroom_id"], unique=False)
    op.create_table(
        "alliance_members",
        sa.Column("alliance_id", sa.String(length=36), nullable=False),
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["alliance_id"],
            ["alliances.id"],
            name=op.f("fk_alliance_members_alliance_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_alliance_members_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance_members")),
    )
    op.create_index(op.f("ix_alliance_members_alliance_id"), "alliance_members", ["alliance_id"], unique=False)
    op.create_index(op.f("ix_alliance_members_workroom_id"), "alliance_members", ["workroom_id"], unique=False)
    op.create_table(
        "applications",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("workroom_id", sa.String(length=36), nullable=True),
        sa.Column("alliance_id", sa.String(length=36), nullable=True),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("regulation_version", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("application_level", sa.String(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("review_opinion", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("returned_reason", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["alliance_id"],
            ["alliances.id"],
            name=op.f("fk_applications_alliance_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_applications_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_applications_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    op.create_index(op.f("ix_applications_alliance_id"), "applications", ["alliance_id"], unique=False)
    op.create_index(op.f("ix_applications_office_id"), "applications", ["office_id"], unique=False)
    op.create_index(op.f("ix_applications_workroom_id"), "applications", ["workroom_id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("office_id", sa.String(length=36), nullable=True),
        sa.Column("workroom_id", sa.String(length=36), nullable=True),
        sa.Column("alliance_id", sa.String(length=36), nullable=True),
        sa.Column("regulation", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("grant_total_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("quota_number", sa.String(), nullable=False),
        sa.Column("quota_issued_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_fen", sa.Integer(), nullable=True),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("transferred_fen", sa.Integer(), nullable=True),
        sa.Column("payee_account_type", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliances.id"], name=op.f("fk_grants_alliance_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_grants_office_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"], ["workrooms.id"], name=op.f("fk_grants_workroom_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_alliance_id"), "grants", ["alliance_id"], unique=False)
    op.create_index(op.f("ix_grants_office_id"), "grants", ["office_id"], unique=False)
    op.create_index(op.f("ix_grants_workroom_id"), "grants", ["workroom_id"], unique=False)
    op.create_table(
        "publications",
        sa.Column("workroom_id", sa.String(length=36), nullable=False),
        sa.Column("outcome_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("conversion", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["outcomes.id"],
            name=op.f("fk_publications_outcome_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_publications_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index("ix_publications_counted", "publications", ["platform", "published_on"], unique=False)
    op.create_index(op.f("ix_publications_outcome_id"), "publications", ["outcome_id"], unique=False)
    op.create_index(op.f("ix_publications_workroom_id"), "publications", ["workroom_id"], unique=False)
    op.create_table(
        "allocations",
        sa.Column("grant_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grants.id"], name=op.f("fk_allocations_grant_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocations")),
    )
    op.create_index(op.f("ix_allocations_grant_id"), "allocations", ["grant_id"], unique=False)
    op.create_table(
        "expenditures",
        sa.Column("grant_id", sa.String(length=36), nullable=True),
        sa.Column("workroom_id", sa.String(length=36), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("voucher_number", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grants.id"], name=op.f("fk_expenditures_grant_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["workroom_id"],
            ["workrooms.id"],
            name=op.f("fk_expenditures_workroom_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expenditures")),
    )
    op.create_index(
        "ix_expenditures_counted", "expenditures", ["category", "source", "paid_on", "amount_fen"], unique=False
    )
    op.create_index(op.f("ix_expenditures_grant_id"), "expenditures", ["grant_id"], unique=False)
    op.create_index(op.f("ix_expenditures_workroom_id"), "expenditures", ["workroom_id"], unique=False)
    op.create_table(
        "allocation_lines",
        sa.Column("allocation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("tax_withheld_fen", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.String(length=36), nullable=True),
        sa.Column("result_ref", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["allocation_id"],
            ["allocations.id"],
            name=op.f("fk_allocation_lines_allocation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["outcomes.id"],
            name=op.f("fk_allocation_lines_outcome_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_allocation_lines_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_lines")),
    )
    op.create_index(op.f("ix_allocation_lines_allocation_id"), "allocation_lines", ["allocation_id"], unique=False)
    op.create_index(op.f("ix_allocation_lines_outcome_id"), "allocation_lines", ["outcome_id"], unique=False)
    op.create_index(op.f("ix_allocation_lines_person_id"), "allocation_lines", ["person_id"], unique=False)
