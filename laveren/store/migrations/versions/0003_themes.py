"""Suggestions and codings of answers, and the codebook as it was changed in the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("workshop", sa.Column("coded", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("answer", sa.Column("suggested", sa.String(length=16), nullable=True))
    op.create_index(op.f("ix_answer_suggested"), "answer", ["suggested"])
    op.create_table(
        "suggestion",
        sa.Column("answer", sa.String(length=36), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["answer"], ["answer.id"], name=op.f("fk_suggestion_answer"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("answer", "rank", name=op.f("pk_suggestion")),
    )
    op.create_table(
        "coding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=36), nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("codebook", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["answer"], ["answer.id"], name=op.f("fk_coding_answer"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        sa.UniqueConstraint("answer", "coder", "version", name=op.f("uq_coding_answer_coder_version")),
    )
    op.create_table(
        "codebook_version",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_codebook_version")),
    )
