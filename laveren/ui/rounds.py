"""The rounds of a workshop in a form: chosen, put in order, taken out; those that have begun stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from laveren.content.library import Library
from laveren.ui.session import house, lang, plain, say
from laveren.workshop.preparing import MAX_ROUNDS
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import Round, RoundPlan

FIRST_METHOD = "waar-loop-je-tegenaan"  # what a new round starts from


@dataclass(frozen=True)
class Line:
    """One round in the form: `id` is its own, `kept` its position in the workshop when it stands there already."""

    id: int
    kept: int | None = None


def rounds_editor(key: str, room: Room | None = None, fixed: int = 0) -> list[int | RoundPlan]:
    """Draws the rounds and gives them in order: the position of one that stays, or what a new one is to be.

    The first `fixed` cannot be changed any more. `key` tells forms apart; a form with a new key starts anew.
    """
    tell, library = say(), house().library
    lines = _lines(key, room)
    chosen: list[int | RoundPlan] = []
    for place, line in enumerate(lines):
        with st.container(border=True, key=f"round_{key}_{line.id}"):
            head, buttons = st.columns([5, 2], vertical_alignment="center")
            head.markdown(f"**{tell('plan.round', n=place + 1)}**")
            if place < fixed:
                buttons.caption(tell("plan.begun"))
            else:
                _moves(key, lines, place, fixed, buttons)
            if line.kept and room:
                _kept(room.rounds[line.kept - 1])
                chosen.append(line.kept)
            else:
                chosen.append(_new(key, line, place, library))
    if len(lines) < MAX_ROUNDS:
        st.button(tell("plan.add"), icon=":material/add:", key=f"{key}_add", on_click=_add, args=(key,))
    return chosen


def _lines(key: str, room: Room | None) -> list[Line]:
    kept = [Line(n, n) for n in range(1, len(room.rounds) + 1)] if room else [Line(1)]
    lines: list[Line] = st.session_state.setdefault(f"{key}_lines", kept)
    return lines


def _moves(key: str, lines: Sequence[Line], place: int, fixed: int, where: st.delta_generator.DeltaGenerator) -> None:
    tell, id = say(), lines[place].id
    with where.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key=f"moves_{key}_{id}"):
        buttons: list[tuple[str, str, Callable[..., None], tuple[object, ...], bool]] = [
            ("up", "arrow_upward", _swap, (key, place - 1), place > fixed),
            ("down", "arrow_downward", _swap, (key, place), place < len(lines) - 1),
            ("remove", "delete", _remove, (key, place), len(lines) > 1),
        ]
        for name, icon, act, args, can in buttons:
            label = tell(f"plan.{name}", n=place + 1)
            st.button(
                label,
                icon=f":material/{icon}:",
                help=label,
                disabled=not can,
                key=f"{key}_{name}_{id}",
                on_click=act,
                args=args,
            )


def _add(key: str) -> None:
    lines: list[Line] = st.session_state[f"{key}_lines"]
    st.session_state[f"{key}_lines"] = [*lines, Line(max(line.id for line in lines) + 1)]


def _swap(key: str, place: int) -> None:
    lines = list(st.session_state[f"{key}_lines"])
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    st.session_state[f"{key}_lines"] = lines


def _remove(key: str, place: int) -> None:
    lines = list(st.session_state[f"{key}_lines"])
    del lines[place]
    st.session_state[f"{key}_lines"] = lines


def _kept(round_: Round) -> None:
    """A round that stands there, with the cases as they were when it was planned."""
    tell = say()
    titles = ", ".join(case.title for case in round_.cases) or tell("workshops.no_case")
    st.markdown(plain(f"{round_.method.name.say(lang())}: {titles}"))
    if round_.seats:
        st.caption(tell("plan.seats"))


def _new(key: str, line: Line, place: int, library: Library) -> RoundPlan:
    tell, id = say(), line.id
    methods, cases = list(library.methods), list(library.cases)
    left, right = st.columns(2)
    method = left.selectbox(
        tell("plan.method", n=place + 1),
        methods,
        index=methods.index(FIRST_METHOD) if FIRST_METHOD in methods else 0,
        format_func=lambda one: library.methods[one].name.say(lang()),
        key=f"{key}_method_{id}",
    )
    chosen = right.multiselect(
        tell("plan.cases", n=place + 1),
        cases,
        default=cases[(id - 1) % len(cases) : (id - 1) % len(cases) + 1] if cases else [],
        format_func=lambda one: library.cases[one].title,
        placeholder=tell("workshops.no_case"),
        help=tell("plan.cases_help"),
        key=f"{key}_cases_{id}",
    )
    if method:
        left.caption(f"{library.methods[method].minutes} min · {plain(library.methods[method].purpose.say(lang()))}")
    seats = False
    if any(library.cases[one].perspectives for one in chosen):
        seats = right.checkbox(tell("plan.seats"), help=tell("plan.seats_help"), key=f"{key}_seats_{id}")
    return RoundPlan(method or "", tuple(chosen), seats)
