"""What the projector shows, in words and numbers: from a board to the data of the `screen` component."""

from __future__ import annotations

import time
from typing import Any

from laveren.content.cases import Case
from laveren.content.fields import Text
from laveren.content.methods import Screen
from laveren.texts import Say
from laveren.ui.address import Address, qr_code
from laveren.ui.bars import cap, domain_bars, step_bars
from laveren.ui.figures import drawn
from laveren.workshop.boards import Board, Row
from laveren.workshop.rooms import CLOSED, LOBBY, Room
from laveren.workshop.rounds import Round

Data = dict[str, Any]


def projector(board: Board, say: Say, lang: str, address: Address, outcome: Data | None) -> Data:
    """Everything the screen component draws."""
    room = board.room
    shown = _shown(board, say, lang, outcome)
    data: Data = {
        "code": room.code,
        "stamp": None,
        "now": time.time(),
        "away": say("screen.away"),
        "top": _top(room, say, address, with_code=shown["mode"] != "lobby"),
        "lobby": _lobby(board, say, address) if shown["mode"] == "lobby" else None,
        "ask": _ask(room, say, lang) if shown["mode"] != "lobby" else None,
        "clock": clock(room, say, "screen"),
        "case": None,
        "cards": None,
        "bars": None,
        "figure": None,
        "foot": _foot(board, say),
    } | shown
    if data["mode"] != "closed" and data["ask"] and _something_to_see(data):
        data["ask"]["hint"] = ""  # it stands on every worksheet; here the room is needed
    return data


def _something_to_see(data: Data) -> bool:
    cards, bars = data["cards"] or {}, data["bars"] or {}
    return bool(cards.get("cards") or cards.get("light") or bars.get("rows") or data["figure"])


def _shown(board: Board, say: Say, lang: str, outcome: Data | None) -> Data:
    """The mode of the screen, and what there is to see in it."""
    room, round_, step = board.room, board.room.round_now, board.room.step_now
    if room.state == LOBBY:
        return {"mode": "lobby"}
    if room.state == CLOSED or round_ is None or step is None:
        return {"mode": "closed", "cards": _closing(board, say, outcome)}

    def named(text: Text) -> str:
        return round_.named(text)[lang]

    if step.screen is Screen.CASE and round_.cases:
        return {"mode": "case", "case": _case(round_.case, say)} if round_.case else _tables(room, round_, say)
    if step.screen is Screen.CLOCK:
        lines = [named(line) for line in step.script] or ([named(step.hint)] if step.hint else [])
        return {"mode": "figure", "figure": {"kind": "script", "lines": lines}}
    if step.screen is Screen.DOMAINS:
        return {"mode": "domains", "bars": domain_bars(board, say, lang)}
    found = drawn(board.figures, say, lang, named)
    if room.twist_now and "figure" not in found:
        return _twist(room, round_, say)
    if "figure" in found:
        return {"mode": "figure"} | found
    if "bars" in found:
        return {"mode": "domains"} | found
    cards = _cards(board, say)
    if "few" in found:
        cards |= {"empty": found["few"]}
    return {"mode": "cards", "cards": cards, "bars": step_bars(board, say)}


def _tables(room: Room, round_: Round, say: Say, twist: int | None = None) -> Data:
    """Which tables look at which case, or which twist: the texts themselves are on the worksheets."""
    lines = [
        {
            "tables": say("screen.tables", tables=_numbers(round_.tables_of(case, room.groups))),
            "case": case.twists[twist - 1].title if twist and twist <= len(case.twists) else case.title,
        }
        for case in round_.cases
        if round_.tables_of(case, room.groups)
    ]
    title = say("screen.tables_twist") if twist else say("screen.tables_title")
    return {"mode": "figure", "figure": {"kind": "tables", "title": title, "rows": lines}}


def _numbers(found: list[int]) -> str:
    return ", ".join(map(str, found))


def _twist(room: Room, round_: Round, say: Say) -> Data:
    """The twist, large; with several cases each table reads its own."""
    case, n = round_.case, room.twist_now
    if case is None or n is None:
        return _tables(room, round_, say, n)
    twist = case.twists[n - 1]
    told = {"title": twist.title, "paragraphs": _paragraphs(twist.text), "kicker": say("screen.twist")}
    return {"mode": "case", "case": {"title": case.title, "persons": "", "paragraphs": [], "twist": told}}


def _closing(board: Board, say: Say, outcome: Data | None) -> Data:
    several = sum(len(round_.cases) for round_ in board.room.rounds) > 1
    lines = [_line(line, say, several) for line in (outcome["lines"] if outcome else [])]
    cards = [_card(card, say) for card in board.with_state("shown")]
    return {"cards": lines + cards, "light": None, "empty": say("screen.closed_empty")}


def clock(room: Room, say: Say, section: str) -> Data | None:
    """The time left as the components draw it, or None when no time runs."""
    step = room.step_now
    if room.state != "bezig" or step is None:
        return None
    paused = room.remaining is not None
    return {
        "ends_at": room.ends_at,
        "remaining": room.remaining,
        "total": step.minutes * 60,
        "paused": say(f"{section}.paused") if paused else None,
        "over": say("screen.over"),
        "sound": room.sound,
    }


def _top(room: Room, say: Say, address: Address, *, with_code: bool) -> Data:
    url = f"{address.url}/meedoen/{room.code}"
    shown = with_code and room.state != CLOSED
    return {
        "title": room.title,
        "round": say("screen.round", number=room.round, of=len(room.rounds)) if room.round else "",
        "join": say("screen.join_at"),
        "address": f"{address.short}/meedoen",
        "code": f"{room.code[:3]} {room.code[3:]}" if shown else "",
        "qr": {"src": qr_code(url), "alt": say("screen.qr_alt")},
        "demo": say("demo") if room.demo else say("rehearsal.mark") if room.rehearsal else "",
    }


def _lobby(board: Board, say: Say, address: Address) -> Data:
    room, top = board.room, _top(board.room, say, address, with_code=True)
    return {
        "title": room.title,
        "where": say("screen.join_at"),
        "address": top["address"],
        "code": top["code"],
        "qr": top["qr"],
        "here": f"{board.counts.here} {say('screen.here')}",
        "warning": say("screen.loopback") if address.guessed and "localhost" in address.url else "",
    }


def _ask(room: Room, say: Say, lang: str) -> Data:
    step, round_ = room.step_now, room.round_now
    assert step is not None
    if room.state == CLOSED or round_ is None:
        return {"kicker": room.title, "question": say("screen.closed_title"), "hint": say("screen.closed_hint")}

    def named(text: Text | None) -> str:
        return round_.named(text)[lang] if text else ""

    about = {"step": room.step, "of": len(round_.steps), "who": say(f"who.{step.who}")}
    title = round_.title if len(round_.cases) < 3 else ""
    kicker = say("screen.kicker", case=title, **about) if title else say("screen.kicker_no_case", **about)
    if step.screen is Screen.CASE and round_.case:
        return {"kicker": kicker, "question": round_.case.title, "hint": ""}
    return {"kicker": kicker, "question": named(step.title), "hint": named(step.hint)}


def _case(case: Case, say: Say) -> Data:
    return {
        "title": case.title,
        "persons": " · ".join(
            say("screen.persons", name=p.name, age=p.age, role=p.role)
            if p.age is not None
            else say("screen.persons_no_age", name=p.name, role=p.role)
            for p in case.persons
        ),
        "paragraphs": _paragraphs(case.situation),
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def about_card(row: Row, say: Say) -> str:
    """What stands under a card: where it sits; a table or the room says so, a person never."""
    parts = [say(f"source.{row['source']}")] if row["source"] else []
    parts += [say(f"status.{row['status']}")] if row["status"] else []
    if row["scope"] == "table" and row["table_no"]:
        parts.append(say("screen.card_table", n=row["table_no"]))
    elif row["scope"] == "room":
        parts.append(say("screen.card_room"))
    return " · ".join(parts)


def _card(row: Row, say: Say, round_: Round | None = None) -> Data:
    card = {"text": row["value"], "kind": row["kind"], "about": about_card(row, say)}
    if round_ and len(round_.cases) > 1 and row["scope"] == "table" and (case := round_.case_at(row["table_no"])):
        card["case"] = case.title
    if row["dissent"]:
        card["dissent"] = say("screen.dissent", text=row["dissent"])
    if row["seat"]:
        seat = say("screen.seat", seat=row["seat"])
        card |= {"seat": seat} if row["spotlight"] else {"group": cap(seat)}  # a heading for those of one seat
    return card


def _line(line: Data, say: Say, several: bool) -> Data:
    parts = [say("screen.card_table", n=line["group"]) if line["group"] else "", line["case"] if several else ""]
    dissent = {"dissent": say("screen.dissent", text=line["dissent"])} if line["dissent"] else {}
    return {"text": line["text"], "kind": "", "about": " · ".join(part for part in parts if part)} | dissent


def _cards(board: Board, say: Say) -> Data:
    room = board.room
    shown = board.with_state("shown")
    light = next((card for card in shown if card["spotlight"]), None)
    waiting = len(board.with_state("waiting"))
    return {
        "cards": [_card(card, say, room.round_now) for card in shown if card is not light],
        "light": _card(light, say, room.round_now) if light else None,
        "empty": say("screen.empty_waiting", n=waiting) if waiting else say("screen.empty"),
    }


def _foot(board: Board, say: Say) -> Data:
    room, counts = board.room, board.counts
    if room.state == LOBBY:
        return {"left": [], "right": []}
    here = [[str(counts.here), say("screen.here")]]
    if room.state == CLOSED or not room.asked_now:
        return {"left": [], "right": here}
    left = [[str(counts.answers), say("screen.answers", n=counts.answers)]]
    if counts.writing:
        left.append([str(counts.writing), say("screen.still_writing", n=counts.writing)])
    return {"left": left, "right": here}
