"""What the projector shows, in words and numbers: from a board to the data of the `screen` component."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from laveren.content.fields import Text
from laveren.content.methods import Kind
from laveren.content.terms import Certainty
from laveren.texts import Say
from laveren.ui.address import Address, qr_code
from laveren.workshop.boards import SHOW_FROM, Board, Row
from laveren.workshop.rooms import CLOSED, LOBBY, Room

Data = dict[str, Any]


def projector(board: Board, say: Say, lang: str, address: Address, outcome: Data | None) -> Data:
    """Everything the screen component draws."""
    room = board.room
    mode = _mode(room)
    drawn: Data = {
        "code": room.code,
        "stamp": None,
        "mode": mode,
        "now": time.time(),
        "away": say("screen.away"),
        "top": _top(room, say, address, with_code=mode != "lobby"),
        "lobby": _lobby(board, say, address) if mode == "lobby" else None,
        "ask": _ask(room, say, lang) if mode != "lobby" else None,
        "clock": clock(room, say, "screen"),
        "case": _case(room, say) if mode == "case" else None,
        "cards": _cards(board, say) if mode == "cards" else None,
        "bars": None,
        "foot": _foot(board, say),
    }
    if mode == "cards":
        drawn["bars"] = _bars(board, say)
    elif mode == "domains":
        drawn["bars"] = _domains(board, say, lang)
    elif mode == "closed":
        lines = outcome["lines"] if outcome else []
        drawn["cards"] = {
            "cards": [_line(line, say) for line in lines] + [_card(card, say) for card in board.with_state("shown")],
            "light": None,
            "empty": say("screen.closed_empty"),
        }
    if mode != "closed" and drawn["ask"] and _something_to_see(drawn):
        drawn["ask"]["hint"] = ""  # it stands on every worksheet; here the room is needed
    return drawn


def _something_to_see(drawn: Data) -> bool:
    cards, bars = drawn["cards"] or {}, drawn["bars"] or {}
    return bool(cards.get("cards") or cards.get("light") or bars.get("rows"))


def _mode(room: Room) -> str:
    if room.state == LOBBY:
        return "lobby"
    if room.state == CLOSED:
        return "closed"
    step = room.step_now
    assert step is not None
    if step.screen == "casus" and room.round_now and room.round_now.case:
        return "case"
    return "domains" if step.screen == "leefgebieden" else "cards"


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
        "demo": say("demo") if room.demo else "",
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
    case = round_.case
    kicker = say("screen.kicker", case=case.title, **about) if case else say("screen.kicker_no_case", **about)
    if step.screen == "casus" and case:
        return {"kicker": kicker, "question": case.title, "hint": ""}
    return {"kicker": kicker, "question": named(step.title), "hint": named(step.hint)}


def _case(room: Room, say: Say) -> Data:
    case = room.round_now.case if room.round_now else None
    assert case is not None
    return {
        "title": case.title,
        "persons": " · ".join(
            say("screen.persons", name=p.name, age=p.age, role=p.role)
            if p.age is not None
            else say("screen.persons_no_age", name=p.name, role=p.role)
            for p in case.persons
        ),
        "paragraphs": [part.strip() for part in case.situation.split("\n\n") if part.strip()],
    }


def about_card(row: Row, say: Say) -> str:
    """What stands under a card: where it sits; a table or the room says so, a person never."""
    parts = [say(f"source.{row['source']}")] if row["source"] else []
    parts += [say(f"status.{row['status']}")] if row["status"] else []
    if row["scope"] == "table" and row["table_no"]:
        parts.append(say("screen.card_table", n=row["table_no"]))
    elif row["scope"] == "room":
        parts.append(say("screen.card_room"))
    return " · ".join(parts)


def _card(row: Row, say: Say) -> Data:
    return {"text": row["value"], "kind": row["kind"], "about": about_card(row, say)}


def _line(line: Data, say: Say) -> Data:
    about = say("screen.card_table", n=line["group"]) if line["group"] else ""
    return {"text": line["text"], "kind": "", "about": about}


def _cards(board: Board, say: Say) -> Data:
    shown = board.with_state("shown")
    light = next((card for card in shown if card["spotlight"]), None)
    waiting = len(board.with_state("waiting"))
    return {
        "cards": [_card(card, say) for card in shown if card is not light],
        "light": _card(light, say) if light else None,
        "empty": say("screen.empty_waiting", n=waiting) if waiting else say("screen.empty"),
    }


def _finding(say: Say, section: str, what: str, ranked: list[tuple[str, int]], of: int | None) -> str:
    """A title that is true: *de meeste* above half of the people, *het vaakst* when nobody shares the first place."""
    (name, first), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    if not first or first == second:
        return say(f"screen.{section}_plain")
    if of is not None and 2 * first > of:
        return say(f"screen.{section}_majority", **{what: name})
    return _cap(say(f"screen.{section}_most", **{what: name}))


def _bars(board: Board, say: Say) -> Data | None:
    kinds = {asked.prompt.kind for asked in board.room.asked_now if asked.scope == "person"}
    if Kind.HINDRANCE in kinds:
        return _sources(board, say)
    return _without_room(board, say) if Kind.ROOM in kinds else None


def _sources(board: Board, say: Say) -> Data | None:
    people = board.counts.authors
    written = board.cards_per_source()
    if people >= SHOW_FROM:
        counts, note, of = board.people_per_source(), say("screen.bars_note", n=people), people
    elif written.total() >= SHOW_FROM:
        counts, note, of = written, say("screen.bars_note_cards", n=written.total()), None
    else:
        few = {"title": say("screen.bars_few"), "note": "", "rows": [], "kind": "hindernis"}
        return few if people or written.total() else None
    ranked = counts.most_common()
    return {
        "title": _finding(say, "bars", "source", [(say(f"themes.source.{id}"), n) for id, n in ranked], of),
        "note": note,
        "rows": _rows([(_cap(say(f"source.{id}")), n, str(n)) for id, n in ranked if n]),
        "kind": "hindernis",
    }


def _without_room(board: Board, say: Say) -> Data | None:
    all_, bare = board.hindrances, board.without_room()
    if len({row["participant"] for row in all_}) < SHOW_FROM or board.counts.authors < SHOW_FROM:
        return None
    total, left = Counter(row["source"] for row in all_), Counter(row["source"] for row in bare)
    rows = [
        (_cap(say(f"source.{source}")), n, say("screen.without_value", n=n, of=total[source]))
        for source, n in left.most_common()
        if source
    ]
    return {
        "title": say("screen.without_title") if bare else say("screen.without_all"),
        "note": say("screen.without_note", n=len(bare), of=len(all_)),
        "rows": _rows(rows),
        "kind": "hindernis",
    }


def _domains(board: Board, say: Say, lang: str) -> Data:
    people = board.counts.authors
    if people < SHOW_FROM or not board.domains:
        return {"title": say("screen.bars_few"), "note": "", "rows": [], "kind": ""}
    names = board.room.library.domains
    found = sorted(board.domains.items(), key=lambda item: -item[1].total())
    ranked = [(names[id].name.say(lang), counts.total()) for id, counts in found]
    most = max(n for _, n in ranked)
    rows = _rows([(name, n, str(n)) for name, n in ranked])
    for row, (_, counts) in zip(rows, found, strict=True):
        row["parts"] = [[f"part {c}", counts[c] / most, str(counts[c])] for c in Certainty if counts[c]]
    return {
        "title": _finding(say, "domains", "domain", ranked, people),
        "note": say("screen.bars_note", n=people),
        "rows": rows,
        "legend": [[c, say(f"certainty.{c}")] for c in Certainty],
        "kind": "",
    }


def _rows(found: list[tuple[str, int, str]]) -> list[Data]:
    most = max((n for _, n, _ in found), default=0)
    first = [n for _, n, _ in found].count(most) == 1
    return [
        {"label": label, "value": value, "share": n / most, "strong": first and n == most}
        for label, n, value in found
        if most
    ]


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


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
