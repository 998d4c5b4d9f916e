"""Writing for the room, and typing over what was given on paper: when there are no laptops, or the wifi is dead.

What is written for the room says so of itself. A sheet of paper is a participant: it counts as a person.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import streamlit as st

from laveren.content.methods import WORDS
from laveren.content.terms import SPEAKS_AS, Role
from laveren.texts import Say
from laveren.ui.console import Desk
from laveren.ui.editors import Question, draw, filled_in, impossible, not_whole
from laveren.ui.session import house, write
from laveren.workshop.answering import Put, save_answers
from laveren.workshop.joining import NOBODY, Arrival, Identity, join
from laveren.workshop.refusals import Unknown
from laveren.workshop.rooms import RUNNING, Room
from laveren.workshop.rounds import Asked
from laveren.workshop.values import AnswerBody
from laveren.workshop.worksheets import worksheet

SUBMITTED: Final = "submitted"
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper in hand: a participant, known by a token that is kept in this session only.

    It is `begun` once an answer of it is taken; of a sheet that is not, the role and the table can still be put right.
    """

    room: int
    number: int
    role: str
    table: int | None
    identity: Identity
    begun: bool = False

    def named(self, say: Say) -> str:
        """Which sheet one is typing."""
        return say("console.write_sheet", n=self.number, role=say(f"role.{self.role}"), table=_table(say, self.table))


class Slip(NamedTuple):
    """What becomes of an answer: on which sheet (None: the room's), in whose place, and what is asked next."""

    sheet: Sheet | None
    old: Given | None
    following: str


def write_for_room(desk: Desk) -> None:
    """A form for one answer in the present round: the room's, or that of a sheet of paper."""
    room, say = desk.room, desk.say
    if room.state != RUNNING or room.round_now is None or not _asked(room):
        return
    with st.expander(say("console.write_for_room"), icon=":material/edit_note:"):
        whose = st.radio(
            say("console.write_whose"),
            ["room", "paper"],
            format_func=lambda one: say(f"console.write_whose_{one}"),
            horizontal=True,
            key="write_whose",
        )
        if whose == "paper":
            _paper(desk)
        else:
            st.caption(say("console.write_hint"))
            _question(desk, [asked for asked in _asked(room) if asked.prompt.type in WORDS])


def _asked(room: Room) -> list[Asked]:
    """The prompts of the present round, those of the present step first.

    What one is typing an answer to stays when the room moves on to the next round.
    """
    assert room.round_now is not None
    found = [asked for step in range(1, len(room.round_now.steps) + 1) for asked in room.asked(room.round, step)]
    found.sort(key=lambda asked: asked.step != room.step)
    chosen = room.everything_asked().get(st.session_state.get("write_asked", ""))
    if chosen and chosen.open and chosen.step and chosen.round != room.round:
        found.append(chosen)
    return found


def _table(say: Say, table: int | None) -> str:
    return say("screen.card_table", n=table) if table else say("console.write_no_table")


def _paper(desk: Desk) -> None:
    """Whose sheet is next, and the sheet in hand."""
    say, room = desk.say, desk.room
    st.caption(say("console.write_paper_hint"))
    sheet = _in_hand(room)
    given = _given(sheet)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        roles = [str(role) for role in Role if role is not Role.ROOM]
        st.selectbox(say("console.write_role"), roles, format_func=lambda one: say(f"role.{one}"), key="sheet_role")
        tables = [0, *range(1, room.groups + 1)]
        st.selectbox(say("console.write_table"), tables, format_func=lambda one: _table(say, one), key="sheet_table")
        st.button(say("console.write_new"), icon=":material/note_add:", on_click=_new_sheet, args=(desk,))
    if sheet and given is not None:
        st.markdown(f"**{sheet.named(say)}**")
        _question(desk, _asked(room), sheet, given)


def _in_hand(room: Room) -> Sheet | None:
    sheet = st.session_state.get("sheet")
    return sheet if sheet and sheet.room == room.id else None


def _given(sheet: Sheet | None) -> Sequence[Given] | None:
    """What this sheet, or its table, has given; None without a sheet, or when the meeting was closed since."""
    home = house()
    try:
        with home.store.read() as connection:
            found = worksheet(connection, home.library, sheet.identity, 0) if sheet else {"answers": None}
    except Unknown:
        return None
    given: Sequence[Given] | None = found["answers"]
    return given


def _new_sheet(desk: Desk) -> None:
    """Takes the next sheet in hand; one on which nothing stands yet only gets this role and table."""
    form, room, last = st.session_state, desk.room, _in_hand(desk.room)
    empty = last if last and not last.begun and _given(last) is not None else None
    role, table, known = form["sheet_role"], form["sheet_table"] or None, empty.identity if empty else NOBODY
    welcome = write(join, Arrival(house().library, room.code, role, table, known))
    if welcome is None:
        return
    if empty:
        form["sheet"] = replace(empty, role=role, table=table)
    else:
        before = last.number if last else desk.board.counts.paper  # a page that was loaded anew goes on counting
        form["sheet"] = Sheet(room.id, before + 1, role, table, Identity(welcome.token))
        _turn(_asked(room)[0].wire)


def _question(desk: Desk, among: list[Asked], sheet: Sheet | None = None, given: Sequence[Given] = ()) -> None:
    """Which prompt, and its form, or why there is none."""
    say = desk.say
    if not among:
        st.markdown(say("console.write_no_words"))
        return
    question = _which(desk, among, sheet.table if sheet else None)
    asked, prompt = question.asked, question.prompt
    if sheet and prompt.confidential and sheet.role not in SPEAKS_AS:
        st.markdown(say("console.write_no_row"))
        return
    if reason := impossible(question):
        st.markdown(reason)
        return
    there = [one for one in given if one["prompt"] == asked.wire and one["state"] == SUBMITTED]
    old = next((one for one in there if one["mine"]), None) if prompt.answers == 1 else None
    if prompt.confidential:
        st.caption(say("console.write_confidential"))
    if old:
        st.caption(say("console.write_again"))
    full = len(there) + (old is None) >= prompt.answers
    wires = [one.wire for one in among]
    following = [*wires, asked.wire][wires.index(asked.wire) + 1] if sheet and full else asked.wire
    question = replace(question, links=_links(question, given), dissents=bool(sheet) and asked.scope == "table")
    _form(desk, question, Slip(sheet, old, following))


def _which(desk: Desk, among: list[Asked], table: int | None) -> Question:
    """The list of prompts, and the one that is chosen."""
    form, turn = st.session_state, _turn_now()
    questions = {asked.wire: Question(desk.room, asked, desk.say, _name(turn), table) for asked in among}
    labels = {wire: _label(question) for wire, question in questions.items()}
    chosen = form.get("write_asked")  # stays with what is being typed, also when the room moves on
    wire = chosen if chosen in questions else among[0].wire
    # A list of its own for each answer, and whenever its words change (as when a twist comes between the steps).
    key = f"write_asked.{turn}.{hash(tuple(labels.values()))}"
    form[key] = wire
    label = desk.say("console.write_prompt")
    st.selectbox(label, list(labels), format_func=labels.__getitem__, key=key, on_change=_choose, args=(key, turn))
    return questions[wire]


def _choose(key: str, turn: int) -> None:
    """What was chosen; a browser that does not know yet that the answer was taken sends the choice for that one."""
    if turn == _turn_now():
        st.session_state["write_asked"] = st.session_state[key]


def _turn(asked: str) -> None:
    """From now on this is asked, with fields that are new and empty."""
    st.session_state["write_asked"] = asked
    st.session_state["write_turn"] = _turn_now() + 1


def _turn_now() -> int:
    """How many answers and sheets were dealt with in this session."""
    return int(st.session_state.get("write_turn", 0))


def _name(turn: int) -> str:
    return f"write.{turn}"


def _label(question: Question) -> str:
    """A prompt with its place before it: twists ask the same more than once."""
    asked = question.asked
    place = str(asked.step) if asked.round == question.room.round else f"{asked.round}.{asked.step}"
    return f"{place} · {question.named(asked.prompt.question)}"


def _links(question: Question, given: Sequence[Given]) -> dict[str, str]:
    """The answers on this sheet that this one can belong to."""
    linked = question.room.everything_asked().get(f"{question.asked.round}.{question.prompt.linked}")
    if linked is None or question.prompt.type not in WORDS:
        return {}
    named = replace(question, asked=linked).options
    found = [one for one in given if one["prompt"] == linked.wire and one["state"] == SUBMITTED]
    return {one["id"]: named.get(one["value"], one["value"]) for one in found if isinstance(one["value"], str)}


def _form(desk: Desk, question: Question, slip: Slip) -> None:
    say = desk.say
    with st.form("for_room", border=False):
        draw(question)
        if slip.sheet is None:
            st.checkbox(say("console.write_paper"), key="room_paper")
        refused = st.session_state.get("write_refused")
        if refused and refused[0] == question.asked.wire:
            st.warning(refused[1])
        st.form_submit_button(say("console.write_save"), on_click=_hand_in, args=(desk, question, slip))


def _hand_in(desk: Desk, question: Question, slip: Slip) -> None:
    """Runs before the page is drawn again, so that the list above has it at once; what is refused stays in the form."""
    form, wire = st.session_state, question.asked.wire
    form["write_refused"] = None
    content = filled_in(question) if question.name == _name(_turn_now()) else {}  # not twice by two quick clicks
    if not content:
        return

    def refuse(why: str) -> None:
        form["write_refused"] = (wire, why)

    if lacking := not_whole(question):
        refuse(lacking)
        return
    id, revision = (slip.old["id"], slip.old["revision"] + 1) if slip.old else (str(uuid.uuid4()), 1)
    body = AnswerBody(revision=revision, state=SUBMITTED, prompt=wire, **content)
    if slip.sheet:
        put = Put(house().library, id, body, slip.sheet.identity, on_paper=True)
    else:
        put = Put(house().library, id, body, room=desk.room.id, on_paper=form["room_paper"])
    if write(save_answers, put, refuse):
        st.toast(desk.say("console.write_saved"))
        _turn(slip.following)
        if slip.sheet:
            form["sheet"] = replace(slip.sheet, begun=True)
