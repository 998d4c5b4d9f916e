"""The facilitator's console: the list of what came in, the clock, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from laveren.content.fields import Text
from laveren.texts import Say
from laveren.ui.projector import about_card
from laveren.ui.session import house, lang, write
from laveren.workshop.boards import Board, Row
from laveren.workshop.moderating import Moderate, moderate
from laveren.workshop.rooms import CLOSED, LOBBY, RUNNING, Room
from laveren.workshop.steering import Steer, steer

AT_ONCE = 12  # rows in the list: more is not read by somebody who stands
TABS = ("waiting", "shown", "hidden", "parked")


@dataclass(frozen=True)
class Desk:
    """What the parts of the console share; a helper may moderate and nothing else."""

    board: Board
    say: Say
    steers: bool

    @property
    def room(self) -> Room:
        """The workshop."""
        return self.board.room

    def named(self, text: Text) -> str:
        """A text of the present method in this language."""
        round_ = self.room.round_now
        return round_.named(text)[lang()] if round_ else text.say(lang())

    def steer(self, action: str) -> None:
        """Moves the room from the version that is on this screen: a helper's undo takes back no step made since."""
        asked = Steer(house().library, self.room.code, action, self.room.version)
        if write(steer, asked) and action == "undo":
            st.toast(self.say("console.undone"))

    def moderate(self, action: str, answer: str | None = None) -> None:
        """Lets words through, or not."""
        write(moderate, Moderate(house().library, self.room.code, action, answer))


def heading(desk: Desk) -> None:
    """How many answers there are, and what waits; beside it, whether words pass by themselves."""
    title, about = _headline(desk)
    st.title(title)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(about)
        if desk.room.state == RUNNING:
            auto = not desk.room.moderated
            # The key carries the state: somebody else's click must be seen here too.
            label, key = desk.say("console.automatic"), f"auto_{auto}"
            st.toggle(label, value=auto, key=key, on_change=_automatic, args=(desk, key, auto))


def _automatic(desk: Desk, key: str, was: bool) -> None:
    """Streamlit also calls this when the switch only comes back after the room moved on: then nobody touched it."""
    if st.session_state[key] != was:
        desk.moderate("auto_off" if was else "auto_on")


def _headline(desk: Desk) -> tuple[str, str]:
    board, say, room = desk.board, desk.say, desk.room
    if room.state == LOBBY:
        return say("console.lobby_title"), say("console.lobby_hint")
    if room.state == CLOSED:
        counts = {"participants": board.counts.joined, "answers": board.given}
        return say("console.closed_title"), say("console.closed_hint", **counts)
    if board.cards:
        waiting = len(board.with_state("waiting"))
        waits = say("console.waits", n=waiting)
        title = say("console.headline", n=len(board.cards), waits=waits)
        moderated = "console.moderated" if room.moderated else "console.unmoderated"
        return title if waiting else say("console.headline_clear", n=len(board.cards)), say(moderated)
    if board.counts.answers:
        return say("console.headline_counts", n=board.counts.answers), say("console.counts_hint")
    step = room.step_now
    assert step is not None
    return desk.named(step.title), say("console.headline_none" if room.asked_now else "console.no_words")


def tab_of(desk: Desk) -> str:
    """Which list is looked at, and what can be done with all of it."""
    board, say = desk.board, desk.say
    counts = {tab: len(board.with_state(tab)) for tab in TABS[:3]} | {"parked": len(board.parked)}
    # What is empty takes no room, but for the two that everybody looks for.
    tabs = [tab for tab in TABS if counts[tab] or tab in TABS[:2] or tab == st.session_state.get("tab")]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="tabs"):
        tab = st.segmented_control(
            say("console.headline_none"),
            tabs,
            format_func=lambda name: say(f"console.{name}", n=counts[name]),
            default="waiting",
            required=True,
            label_visibility="collapsed",
            key="tab",
            on_change=_forget_list,
        )
        st.space("stretch")
        if counts["waiting"]:
            st.button(say("console.show_four"), icon=":material/filter_4:", on_click=desk.moderate, args=("show_four",))
            everything = say("console.show_all", n=counts["waiting"])
            st.button(everything, icon=":material/done_all:", on_click=desk.moderate, args=("show_all",))
    return tab or "waiting"


def _forget_list() -> None:
    st.session_state.pop("list", None)


def _list(rows: list[Row], everything: dict[str, Row], place: str) -> tuple[list[Row], int]:
    """The rows on screen, which never move under the pointer, and how many fit no more.

    What was dealt with stays where it stood until the list is brought up to date; what is new comes at the end.
    """
    kept = st.session_state.get("list")
    ids = [id for id in kept[1] if id in everything] if kept and kept[0] == place else []
    new = [row["id"] for row in rows if row["id"] not in ids]
    room_for = max(0, AT_ONCE - len(ids))
    ids += new[:room_for]
    st.session_state["list"] = (place, ids)
    return [everything[id] for id in ids], len(new[room_for:])


def answers(desk: Desk, tab: str) -> None:
    """The list of cards, each with its three buttons."""
    board, say, room = desk.board, desk.say, desk.room
    rows = board.parked if tab == "parked" else board.with_state(tab)
    everything = {row["id"]: row for row in (board.parked if tab == "parked" else board.cards)}
    shown, rest = _list(rows, everything, f"{room.round}.{room.step}.{tab}")
    handled = any(row not in rows for row in shown)
    if not shown:
        st.markdown(f":gray[{say(f'console.nothing_{tab}')}]")
    for row in shown:
        _row(desk, row, tab)
    if rest:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say("console.new_cards" if handled else "console.more_below", n=rest))
            if handled:
                st.button(say("console.clear_list"), icon=":material/refresh:", on_click=_forget_list)


def _row(desk: Desk, row: Row, tab: str) -> None:
    say, id = desk.say, row["id"]
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"card_{row['kind']}_{row['shown']}_{id}",
        gap="small",
    ):
        with st.container(gap=None):
            st.text(row["value"])
            st.caption(_about(row, say))
        if tab == "parked":
            return
        with st.container(horizontal=True, gap="xsmall", width="content"):
            _three_buttons(desk, row)


def _three_buttons(desk: Desk, row: Row) -> None:
    say, id = desk.say, row["id"]
    on, light, hidden = row["shown"] == "shown", row["spotlight"], row["shown"] == "hidden"
    for name, icon, action in (
        ("showing" if on else "show", "visibility", "unhide" if on else "show"),
        ("dim" if light else "spotlight", "star", "dim" if light else "spotlight"),
        ("unhide" if hidden else "hide", "undo" if hidden else "visibility_off", "unhide" if hidden else "hide"),
    ):
        st.button(
            say(f"console.{name}"),  # said, not shown: style.css leaves the icon
            icon=f":material/{icon}:",
            help=say(f"console.{name}"),
            key=f"{name}_{id}",
            on_click=desk.moderate,
            args=(action, id),
        )


def _about(row: Row, say: Say) -> str:
    parts = [about_card(row, say)] if row["source"] or row["status"] or row["scope"] != "person" else []
    parts += [say("console.in_the_light")] if row["spotlight"] else []
    parts += [say("console.late")] if row["late"] else []
    parts += [say("console.on_paper")] if row["on_paper"] else []
    return " · ".join(parts)
