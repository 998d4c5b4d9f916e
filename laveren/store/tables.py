"""The tables: what a meeting leaves behind. Portable types only, so that PostgreSQL can follow."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Times are seconds since the epoch (UTC). `version` counts what the room does, `board` everything that is seen.
workshop = Table(
    "workshop",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("salt", String(32), nullable=False),  # makes this workshop's keys its own
    Column("title", String(200), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("place", String(120), nullable=False, default=""),
    Column("organisation", String(120), nullable=False, default=""),
    Column("region", String(120), nullable=False, default=""),
    Column("groups", Integer, nullable=False),  # how many tables
    Column("moderated", Boolean, nullable=False, default=True),
    Column("demo", Boolean, nullable=False, default=False),
    Column("state", String(12), nullable=False, default="voorbereid"),
    Column("round", Integer, nullable=False, default=0),  # 1-based; 0 in the lobby
    Column("step", Integer, nullable=False, default=0),
    Column("ends_at", Float),
    Column("remaining", Float),  # seconds left, while paused
    Column("version", Integer, nullable=False, default=1),
    Column("board", Integer, nullable=False, default=1),
    Column("created_at", Float, nullable=False),
    Column("closed_at", Float),
)

# The case and the method as they were when the workshop was made: what was asked stays readable.
round_ = Table(
    "round",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop", ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("case_id", String(60)),
    Column("case", Text),
    Column("method_id", String(60), nullable=False),
    Column("method", Text, nullable=False),
    Unique("workshop", "position"),
)

# `token_hash` is the way to a browser: gone at close. `receipt_hash` is the writer's own, for withdrawing.
participant = Table(
    "participant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop", ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("role", String(24), nullable=False),
    Column("table_no", Integer),
    Column("token_hash", String(64), unique=True),
    Column("receipt_hash", String(64), unique=True),
    Column("done", String(12)),  # "round.step" this participant said to be done with
    Unique("workshop", "number"),
)

answer = Table(
    "answer",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("workshop", ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False),
    Column("participant", ForeignKey("participant.id", ondelete="CASCADE"), nullable=False),
    Column("round", Integer, nullable=False),  # 1-based; 0 for the closing questions
    Column("step", Integer, nullable=False),  # 1-based; 0 for what belongs to no step
    Column("prompt", String(60), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("scope", String(8), nullable=False),
    Column("table_no", Integer),
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("value", JSON),
    Column("source", String(12)),
    Column("status", String(12)),
    Column("link", String(36)),
    Column("domains", JSON),
    Column("late", Boolean, nullable=False, default=False),
    Column("on_paper", Boolean, nullable=False, default=False),
    Column("shown", String(8), nullable=False, default="waiting"),  # waiting | shown | hidden
    Column("spotlight", Boolean, nullable=False, default=False),
    Column("created_at", Float, nullable=False),
    Column("stored_at", Float, nullable=False),
    Index(None, "workshop", "round", "step"),
    Index(None, "participant"),
)

revision = Table(
    "revision",
    metadata,
    Column("answer", String(36), ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("state", String(10), nullable=False),
    Column("value", JSON),
    Column("stored_at", Float, nullable=False),
)

# What a facilitator did and how it was before: the way back.
action = Table(
    "action",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop", ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False),
    Column("at", Float, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("before", JSON, nullable=False),
    Column("undone", Boolean, nullable=False, default=False),
    Index(None, "workshop"),
)
