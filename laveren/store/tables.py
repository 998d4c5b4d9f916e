"""The tables: what a meeting leaves behind, and what is made of it. Portable types only: PostgreSQL can follow."""

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
    Column("rehearsal", Boolean, nullable=False, default=False),  # played with made-up people: counts nowhere
    Column("starts_at", String(5)),  # the time of day it is to begin, HH:MM
    Column("sound", Boolean, nullable=False, default=True),  # whether the end of the time is heard
    Column("state", String(12), nullable=False, default="voorbereid"),
    Column("round", Integer, nullable=False, default=0),  # 1-based; 0 in the lobby
    Column("step", Integer, nullable=False, default=0),
    Column("ends_at", Float),
    Column("remaining", Float),  # seconds left, while paused
    Column("version", Integer, nullable=False, default=1),
    Column("board", Integer, nullable=False, default=1),
    Column("coded", Integer, nullable=False, default=0),  # counts what was suggested or coded for its answers
    Column("created_at", Float, nullable=False),
    Column("closed_at", Float),
)

# The cases and the method as they were when the round was planned: what was asked stays readable. Tables take the
# cases in turn. `twists` are those revealed, as {"n", "after"}: which, and after how many steps. `totals` is all that
# stays of confidential prompts.
round_ = Table(
    "round",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop", ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("cases", Text, nullable=False),
    Column("method_id", String(60), nullable=False),
    Column("method", Text, nullable=False),
    Column("seats", Boolean, nullable=False, default=False),  # whether each answers from a seat of the case
    Column("twists", JSON, nullable=False, default=[]),
    Column("totals", JSON),
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
    Column("chair", Integer, nullable=False, default=0),  # one's place at the table, 0-based: which seat one gets
    Column("pen", Boolean, nullable=False, default=False),  # writes for the table
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
    Column("dissent", String(140)),  # what not everybody at the table agrees with
    Column("seat", String(300)),  # from which seat of the case it was given
    Column("late", Boolean, nullable=False, default=False),
    Column("on_paper", Boolean, nullable=False, default=False),
    Column("shown", String(8), nullable=False, default="waiting"),  # waiting | shown | hidden
    Column("spotlight", Boolean, nullable=False, default=False),
    Column("suggested", String(16)),  # by which codebook's words themes were looked for; missing when not yet
    Column("created_at", Float, nullable=False),
    Column("stored_at", Float, nullable=False),
    Index(None, "workshop", "round", "step"),
    Index(None, "participant"),
    Index(None, "suggested"),
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

# The themes that the codebook's words suggest for an answer, best first, each with the word that said so.
suggestion = Table(
    "suggestion",
    metadata,
    Column("answer", String(36), ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True),
    Column("rank", Integer, primary_key=True),  # 1 is the best
    Column("theme", String(60), nullable=False),
    Column("word", Text, nullable=False),
    Column("score", Float, nullable=False),
)

# What a person says an answer is about; each change is a version, the newest counts. No themes: it fits nowhere.
coding = Table(
    "coding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer", ForeignKey("answer.id", ondelete="CASCADE"), nullable=False),
    Column("coder", Integer, nullable=False),  # 1, or 2 who codes blind
    Column("version", Integer, nullable=False),
    Column("themes", JSON, nullable=False),
    Column("rejected", JSON, nullable=False),  # what was suggested and does not fit
    Column("memo", Text, nullable=False, default=""),
    Column("revision", Integer, nullable=False),  # of the answer that was read
    Column("codebook", Integer, nullable=False),  # the version that was coded with; 0 is the one that ships
    Column("at", Float, nullable=False),
    Unique("answer", "coder", "version"),
)

# The codebook as it was changed in the browser; each change is a version, the newest is the codebook.
codebook_version = Table(
    "codebook_version",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("content", JSON, nullable=False),  # as the file would hold it, Dutch keys
    Column("change", JSON, nullable=False),  # what was done to which themes
    Column("at", Float, nullable=False),
)

# What a facilitator wants to remember at a step.
note = Table(
    "note",
    metadata,
    Column("workshop", ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("step", String(8), primary_key=True),
    Column("text", Text, nullable=False),
)

# Cases made or changed in the browser; every change is a version, and none is thrown away.
case_version = Table(
    "case_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(12), nullable=False),  # concept | nagelezen | gepubliceerd | ingetrokken
    Column("origin", String(8), nullable=False),  # browser | import | praktijk
    Column("content", JSON, nullable=False),  # as the file would hold it, Dutch keys
    Column("remarks", JSON, nullable=False),  # what a form asked about it
    Column("at", Float, nullable=False),
    Unique("case_id", "version"),
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
