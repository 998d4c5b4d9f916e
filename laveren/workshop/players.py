"""Made-up participants and what they answer: something sensible for every type of question, each from their role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from laveren.content.cases import Case
from laveren.content.library import Library
from laveren.content.methods import MAX_CHARS, WORDS, AnswerType, Kind, Prompt
from laveren.content.terms import SPEAKS_AS, Certainty, Role
from laveren.workshop.joining import Identity
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import RESIDENT, Asked
from laveren.workshop.values import BLIND, MISFIT, WHOLE

#: Who is in a room of twelve; more begin again at the first.
ROLES = (
    *(Role.PRACTITIONER,) * 5, Role.POLICY, Role.MANAGER, Role.CHAIN, Role.EXPERIENCE, Role.POLICY, Role.BOARD,
    Role.OTHER,
)  # fmt: skip
#: Where a role sees the weight in a triangle now, and where it should be: shares of the corners in their order.
LEANS: dict[Role, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    Role.PRACTITIONER: ((55, 15, 30), (30, 50, 20)),
    Role.MANAGER: ((40, 20, 40), (35, 35, 30)),
    Role.POLICY: ((50, 25, 25), (45, 35, 20)),
    Role.BOARD: ((35, 30, 35), (30, 45, 25)),
    Role.CHAIN: ((55, 15, 30), (25, 50, 25)),
    Role.EXPERIENCE: ((65, 10, 25), (20, 65, 15)),
    Role.OTHER: ((45, 25, 30), (34, 36, 30)),
}
SPREAD = 8.0  # how far people of one role lie apart, in shares of a hundred
# How often somebody: cannot tell, finds no place, leaves out a row, links to an earlier card, names what divides.
CANNOT_TELL, NO_PLACE, LEFT_OUT, LINKS, DIVIDES = 0.12, 0.08, 0.1, 0.8, 0.2
SHORT, LONG = "kort", "lang"
Said = dict[str, Any]


@dataclass(eq=False)
class Player:
    """One made-up participant: `given` are the ids of their answers by wire id, `places` where they stood."""

    id: int
    identity: Identity
    role: Role
    table: int | None
    given: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    moved: bool = True  # whether the present twist changes anything for them


class Repertoire:
    """What is said and chosen in one rehearsal; no line comes back before all of its kind were said."""

    def __init__(self, library: Library, chance: Random) -> None:
        lines = library.lines
        self._library, self._chance = library, chance
        self._lines: dict[str, list[Said]] = {
            Kind.HINDRANCE: [{"value": line.text, "source": str(line.source)} for line in lines.hindrances],
            Kind.ROOM: [{"value": line.text, "status": str(line.status)} for line in lines.rooms],
            f".{SHORT}": [{"value": text} for text in lines.short],
            f".{LONG}": [{"value": text} for text in lines.long],
            f".{library.fixed.park.id}": [{"value": text} for text in lines.parked],
            "?": [{"value": text} for text in lines.dissents],
        }
        for replies in lines.replies:
            self._lines |= {f".{id}": [{"value": text} for text in replies.texts] for id in replies.to}
        self._left: dict[str, list[Said]] = {}

    def can_answer(self, player: Player, asked: Asked, room: Room) -> bool:
        """Whether there is anything to answer: cards to divide dots over, rows, a row of one's own."""
        if asked.prompt.type is AnswerType.DOTS and not room.options(asked):
            return False
        if asked.prompt.type is AnswerType.ROWS and not room.rows(asked, player.table):
            return False
        return not asked.prompt.confidential or player.role in SPEAKS_AS

    def answer(self, player: Player, asked: Asked, room: Room) -> Said:
        """What somebody gives to a prompt they can answer: the fields of an AnswerBody that say it."""
        if asked.prompt.type in WORDS:
            return self._words(player, asked, room)
        if asked.prompt.domains:
            return {"domains": self._domains(self._case(player, asked, room))}
        return {"value": self._value(player, asked, room)}

    def _case(self, player: Player, asked: Asked, room: Room) -> Case | None:
        return room.rounds[asked.round - 1].case_at(player.table) if asked.round else None

    def _words(self, player: Player, asked: Asked, room: Room) -> Said:
        prompt, case = asked.prompt, self._case(player, asked, room)
        name = case.resident if case else RESIDENT.nl
        said = self._line(self._kinds(prompt), MAX_CHARS[prompt.type], name)
        cards = player.given.get(f"{asked.round}.{prompt.linked}")
        if cards and self._chance.random() < LINKS:
            said["link"] = self._chance.choice(cards)
        if asked.scope == "table" and self._chance.random() < DIVIDES:
            said["dissent"] = self._line(["?"], MAX_CHARS[AnswerType.SHORT], name)["value"]
        return said

    def _kinds(self, prompt: Prompt) -> list[str]:
        """The kinds of lines that answer a prompt, the best first."""
        if prompt.kind is not Kind.OTHER:
            return [prompt.kind]
        own = f".{prompt.id}"
        return [*([own] if own in self._lines else []), f".{SHORT if prompt.type is AnswerType.SHORT else LONG}"]

    def _line(self, kinds: list[str], most: int, name: str) -> Said:
        """The next line of the first of these kinds that has one of at most so many characters."""

        def filled(line: Said) -> Said:
            return line | {"value": line["value"].replace("[naam]", name)}

        for kind in kinds:
            fitting = [line for line in self._lines[kind] if len(filled(line)["value"]) <= most]
            left = [line for line in self._left.get(kind, []) if line in fitting]
            left = left or self._chance.sample(fitting, len(fitting))
            if left:
                self._left[kind] = left[1:]
                return filled(left[0])
        line = filled(self._lines[kinds[-1]][0])
        return line | {"value": line["value"][:most]}

    def _domains(self, case: Case | None) -> dict[str, str]:
        known = list(self._library.domains)
        likely = [id for id in (case.domains if case else known) if id in known] or known
        named = self._chance.sample(likely, min(len(likely), self._chance.randint(1, 4)))
        others = [self._chance.choice(known)] if self._chance.random() < LINKS / 2 else []
        return {id: str(self._chance.choice(list(Certainty))) for id in [*named, *others]}

    def _value(self, player: Player, asked: Asked, room: Room) -> Any:
        prompt, options = asked.prompt, list(room.options(asked))
        match prompt.type:
            case AnswerType.SCALE5:
                return self._scale()
            case AnswerType.TRIANGLE:
                return self._triangle(player, prompt, options)
            case AnswerType.ROWS:
                return self._rows(prompt, list(room.rows(asked, player.table)), options)
            case AnswerType.DOTS:
                return self._dots(prompt, options)
            case AnswerType.CHOICES:
                return self._chance.sample(options, self._chance.randint(1, min(3, len(options))))
            case _:
                # After a twist the first option is that nothing changed.
                among = (options[1:] if player.moved else options[:1]) if room.twist_now else options
                return self._chance.choice(among)

    def _scale(self) -> int | str:
        if self._chance.random() < CANNOT_TELL:
            return BLIND
        return min(5, max(1, round(self._chance.gauss(3.3, 1.1))))

    def _triangle(self, player: Player, prompt: Prompt, corners: list[str]) -> Mapping[str, int] | str:
        """A place near where the role leans, or half-way from where somebody stood before."""
        if self._chance.random() < NO_PLACE:
            return MISFIT
        now, should = LEANS[player.role]
        before = player.places.get(prompt.linked or "")
        centre = [(before[corner] + lean) / 2 for corner, lean in zip(corners, should, strict=True)] if before else now
        if prompt.linked and not before:
            centre = should
        shares = [max(1.0, self._chance.gauss(at, SPREAD)) for at in centre]
        place = {c: round(WHOLE * share / sum(shares)) for c, share in zip(corners, shares, strict=True)}
        place[max(place, key=lambda corner: place[corner])] += WHOLE - sum(place.values())
        player.places[prompt.id] = place
        return place

    def _rows(self, prompt: Prompt, rows: list[str], options: list[str]) -> dict[str, int | str]:
        if prompt.most:
            named = self._chance.sample(rows, min(len(rows), prompt.most))
        else:
            named = [row for row in rows if self._chance.random() >= LEFT_OUT] or rows[:1]
        return {row: self._chance.choice(options) if options else self._scale() for row in named}

    def _dots(self, prompt: Prompt, options: list[str]) -> dict[str, int]:
        given: dict[str, int] = {}
        for _ in range(prompt.most or 0):
            free = [option for option in options if given.get(option, 0) < prompt.most_on_one]
            if free:
                chosen = self._chance.choice(free)
                given[chosen] = given.get(chosen, 0) + 1
        return given
