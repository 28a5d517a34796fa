"""Files of listings that staff send, and trials of imports."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2330"
down_revision = "2026_11_22_2321"

_STATES = "'waiting', 'sent', 'checking', 'checked', 'refused', 'importing', 'done'"


def upgrade() -> None:
    op.add_column("imports", sa.Column("trial", sa.Boolean(), server_default="false", nullable=False))
    op.create_table(
        "import_files",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=True),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("trial_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint(f"state in ({_STATES})", name=op.f("import_files_state_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("import_files_person_id_fkey"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["imports.id"], name=op.f("import_files_trial_id_fkey"), ondelete="set null"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("import_files_import_id_fkey"), ondelete="set null"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("import_files_pkey")),
        sa.UniqueConstraint("blob", name=op.f("import_files_blob_key")),
    )
    op.create_index(
        "import_files_at_once_idx",
        "import_files",
        ["source"],
        unique=True,
        postgresql_where=sa.text("state = 'importing'"),
    )
    op.create_index(
        "import_files_person_id_idx",
        "import_files",
        ["person_id"],
        postgresql_where=sa.text("person_id is not null"),
    )
    op.create_index(
        "import_files_source_idx",
        "import_files",
        ["source"],
        postgresql_where=sa.text("import_id is not null"),
    )


def downgrade() -> None:
    op.execute("delete from import_findings where import_id in (select id from imports where trial)")
    op.drop_table("import_files")
    op.execute("delete from imports where trial")
    op.drop_column("imports", "trial")
