"""Several cases in a round, twists, seats and totals; tables that write; notes; cases made in the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    no, yes = sa.false(), sa.true()
    op.add_column("workshop", sa.Column("rehearsal", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("workshop", sa.Column("starts_at", sa.String(length=5), nullable=True))
    op.add_column("workshop", sa.Column("sound", sa.Boolean(), nullable=False, server_default=yes))
    op.add_column("participant", sa.Column("chair", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("participant", sa.Column("pen", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("answer", sa.Column("dissent", sa.String(length=140), nullable=True))
    op.add_column("answer", sa.Column("seat", sa.String(length=300), nullable=True))
    op.add_column("round", sa.Column("cases", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("round", sa.Column("seats", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("round", sa.Column("twists", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("round", sa.Column("totals", sa.JSON(), nullable=True))
    op.execute("""UPDATE round SET cases = '[' || "case" || ']' WHERE "case" IS NOT NULL""")
    with op.batch_alter_table("round") as round_:
        round_.drop_column("case")
        round_.drop_column("case_id")
    op.create_table(
        "note",
        sa.Column("workshop", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshop.id"], name=op.f("fk_note_workshop"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workshop", "round", "step", name=op.f("pk_note")),
    )
    op.create_table(
        "case_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_version")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_case_version_case_id_version")),
    )
