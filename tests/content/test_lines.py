"""What made-up participants say: enough of it, short enough, about questions that exist, and faults told by check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from laveren.content.faults import ContentBroken
from laveren.content.library import check, read_library
from laveren.content.methods import MAX_CHARS, AnswerType
from laveren.content.terms import Source, Status
from laveren.workshop.rounds import RESIDENT

ROOT = Path(__file__).parents[2]
LIBRARY = read_library(ROOT)
LINES = LIBRARY.lines
REPLIES = {id: replies.texts for replies in LINES.replies for id in replies.to}


def test_there_is_enough_to_say() -> None:
    assert len(LINES.hindrances) >= 24
    assert len(LINES.rooms) >= 24
    assert len(LINES.parked) >= 12
    assert len(LINES.short) >= 12
    assert len(LINES.long) >= 8
    assert len(LINES.dissents) >= 6
    assert all(len(REPLIES[id]) >= 12 for id in ("verdieping", "zelfbeeld", "vraag"))
    assert {line.source for line in LINES.hindrances} == set(Source)
    assert {line.status for line in LINES.rooms} == set(Status)


def test_nothing_is_said_twice() -> None:
    said = [line.text for line in (*LINES.hindrances, *LINES.rooms)] + LINES.parked + LINES.short + LINES.long
    said += LINES.dissents + [text for replies in LINES.replies for text in replies.texts]
    assert len(set(said)) == len(said)


def test_every_line_fits_where_it_is_said_with_the_name_of_any_resident() -> None:
    names = [case.resident for case in LIBRARY.cases.values()] + [RESIDENT.nl]
    longest = max(names, key=len)
    prompts = [p for m in LIBRARY.methods.values() for step in m.steps for p in step.prompts]
    most = {prompt.id: prompt.max_chars for prompt in (*prompts, *LIBRARY.fixed.closing.prompts)}
    short = MAX_CHARS[AnswerType.SHORT]
    said = [(line.text, short) for line in (*LINES.hindrances, *LINES.rooms)]
    said += [(text, short) for text in LINES.parked + LINES.short + LINES.dissents]
    said += [(text, most[id]) for id, texts in REPLIES.items() for text in texts]
    for text, room in said:
        assert len(text.replace("[naam]", longest)) <= (room or 0), text


def test_a_name_does_not_begin_a_sentence_since_it_may_be_the_resident() -> None:
    texts = [line.text for line in (*LINES.hindrances, *LINES.rooms)] + LINES.short + LINES.long + LINES.parked
    texts += [text for texts in REPLIES.values() for text in texts]
    assert not [text for text in texts if text.startswith("[naam] ") or ". [naam]" in text]


def test_replies_are_about_questions_that_are_asked_somewhere() -> None:
    asked = {p.id for m in LIBRARY.methods.values() for step in m.steps for p in step.prompts}
    asked |= {prompt.id for prompt in LIBRARY.fixed.closing.prompts}
    assert set(REPLIES) <= asked
    assert len(REPLIES) == sum(len(replies.to) for replies in LINES.replies), "a question has one list of replies"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("casussen", "werkvormen", "data/reference"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


BROKEN = [
    ("bron: keten}", "bron: ketting}", "hindernissen[1].bron: 'ketting' kan hier niet (bedoel je 'keten'?)"),
    ("status: doe_ik}", "status: soms}", "ruimtes[1].status: 'soms' kan hier niet"),
    ("kort:\n  - Eerst", f"kort:\n  - {'x' * 141}\n  - Eerst", "kort[1]: is te lang: 141 tekens, hooguit 140"),
    ("bij: [verdieping]", "bij: []", "antwoorden[1].bij: heeft 0 regels; minstens 1"),
    ("verdeeld:", "verdeelt:", "verdeelt: deze sleutel bestaat niet (bedoel je 'verdeeld'?)"),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN)
def test_a_mistake_is_told_by_check_and_stops_the_reading(old: str, new: str, expected: str, root: Path) -> None:
    file = root / "data/reference/oefenen.yaml"
    whole = file.read_text("utf-8")
    assert old in whole
    file.write_text(whole.replace(old, new, 1), encoding="utf-8")
    told = "\n".join(map(str, check(root)))
    assert told.startswith("data/reference/oefenen.yaml:")
    assert expected in told
    with pytest.raises(ContentBroken):
        read_library(root)
