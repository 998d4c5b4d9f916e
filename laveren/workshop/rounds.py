"""One round of a workshop: a method, the cases its tables work on, and the twists that have been revealed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from laveren.content.cases import Case, Twist
from laveren.content.fields import Text
from laveren.content.methods import AnswerType, Method, Prompt, Step

RESIDENT = Text(nl="de inwoner", en="the resident")  # who is meant when tables look at different cases


@dataclass(frozen=True)
class RoundPlan:
    """A round as it is planned: a method's id, the ids of the cases that the tables take in turn, and seats or not."""

    method: str
    cases: tuple[str, ...] = ()
    seats: bool = False


class Reveal(NamedTuple):
    """The `n`th twist of the cases, revealed when `after` steps of the round had been reached."""

    n: int
    after: int


@dataclass(frozen=True)
class Asked:
    """A prompt where it is asked: `wire` is its id in this workshop, `step` is 1-based, 0 outside the steps.

    A prompt that is not `open` belongs to a twist that the room does not know: what is given to it is not taken.
    """

    wire: str
    prompt: Prompt
    scope: Literal["person", "table"]
    round: int
    step: int
    open: bool = True


@dataclass(frozen=True, eq=False)
class Round:
    """A method applied to one case, to several, or to none; `turn` is the step that a twist adds.

    `totals` holds, by prompt, all that stays of confidential answers; `closed` in it says that nothing else is left.
    """

    position: int
    cases: tuple[Case, ...]
    method: Method
    seats: bool
    reveals: tuple[Reveal, ...]
    totals: Mapping[str, Any]
    turn: Step

    @property
    def case(self) -> Case | None:
        """The case, when there is one for all."""
        return self.cases[0] if len(self.cases) == 1 else None

    def case_at(self, table: int | None) -> Case | None:
        """The case of a table: the tables take the cases in turn; who has no table looks at the first."""
        return self.cases[((table or 1) - 1) % len(self.cases)] if self.cases else None

    def case_of(self, scope: str, table: int | None) -> Case | None:
        """The case an answer is about; what is written for the whole room is about no one of several."""
        return self.case if scope == "room" else self.case_at(table)

    def tables_of(self, case: Case, groups: int) -> list[int]:
        """The tables, of so many, that have this case."""
        return [table for table in range(1, groups + 1) if self.case_at(table) is case]

    @property
    def title(self) -> str:
        """What the round is about: its cases, or nothing."""
        return " / ".join(case.title for case in self.cases)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the method, with a step for each revealed twist where it was revealed."""
        return tuple(step for step, _ in self._course)

    def key(self, step: int) -> str:
        """What a step (1-based) is called whatever twist comes before it: "3", or "w1" for a twist."""
        twist = self.twist_at(step)
        return f"w{twist}" if twist else str(step - sum(bool(n) for _, n in self._course[:step]))

    def twist_at(self, step: int) -> int | None:
        """Which twist this step (1-based) is about, or None."""
        return self._course[step - 1][1] if step else None

    @cached_property
    def _course(self) -> list[tuple[Step, int | None]]:
        course: list[tuple[Step, int | None]] = [(step, None) for step in self.method.steps]
        for reveal in self.reveals:
            course.insert(reveal.after, (self._turn(reveal.n), reveal.n))
        return course

    def _turn(self, n: int) -> Step:
        """The step about the `n`th twist: the fixed questions, and one's place in the triangle if there was one."""
        own = [
            prompt.model_copy(
                update={"id": f"w{n}.{prompt.id}", "linked": f"w{n}.{prompt.linked}" if prompt.linked else None}
            )
            for prompt in self.turn.prompts
        ]
        if self.place:
            own.append(self.place.model_copy(update={"id": f"w{n}.{self.place.id}", "linked": self.place.id}))
        return self.turn.model_copy(update={"prompts": own if self.method.asks else []})

    @cached_property
    def place(self) -> Prompt | None:
        """The first triangle that the method asks, or None."""
        found = (p for step in self.method.steps for p in step.prompts if p.type is AnswerType.TRIANGLE)
        return next(found, None)

    @property
    def most_twists(self) -> int:
        """How many twists the case with the most has."""
        return max((len(case.twists) for case in self.cases), default=0)

    @property
    def revealed(self) -> list[int]:
        """The twists that the room knows, in the order of revealing."""
        return [reveal.n for reveal in self.reveals]

    def twists_of(self, case: Case | None) -> list[Twist]:
        """The twists of this case that the room knows."""
        return [case.twists[n - 1] for n in self.revealed if n <= len(case.twists)] if case else []

    def seat(self, table: int | None, chair: int) -> str | None:
        """From which seat somebody on this chair (0-based) of a table answers; None when none are dealt out."""
        case = self.case_at(table) if self.seats else None
        return case.perspectives[chair % len(case.perspectives)].name if case and case.perspectives else None

    def named(self, text: Text, case: Case | None = None) -> dict[str, str]:
        """A text of the method with the resident's name filled in: of this case, or of the one case there is."""
        about = case or self.case
        names = {"nl": about.resident, "en": about.resident} if about else RESIDENT.model_dump()
        if not self.cases:
            names = {"nl": "…", "en": "…"}
        return {
            "nl": text.nl.replace("[naam]", names["nl"]),
            "en": text.en.replace("[naam]", names["en"]).replace("[name]", names["en"]),
        }

    def asked(self, step: int) -> list[Asked]:
        """The prompts of one step (1-based)."""
        here = self.steps[step - 1]
        return [Asked(f"{self.position}.{p.id}", p, here.scope, self.position, step) for p in here.prompts]

    def everything_asked(self) -> list[Asked]:
        """Every prompt of the round; those of twists that the room does not know (any more) have no step."""
        found = [asked for step in range(1, len(self.steps) + 1) for asked in self.asked(step)]
        unknown = [n for n in range(1, self.most_twists + 1) if n not in self.revealed]
        return found + [
            Asked(f"{self.position}.{p.id}", p, "person", self.position, 0, open=False)
            for n in unknown
            for p in self._turn(n).prompts
        ]

    @cached_property
    def prompts(self) -> dict[str, Prompt]:
        """Every prompt of the round by its id."""
        return {asked.prompt.id: asked.prompt for asked in self.everything_asked()}


def snapshot(cases: Sequence[Case], method: Method) -> dict[str, str]:
    """The content of a round as it is kept: what was asked stays readable, whatever becomes of the files."""
    return {
        "cases": json.dumps([case.model_dump(mode="json", by_alias=True) for case in cases], ensure_ascii=False),
        "method": method.model_dump_json(by_alias=True),
    }


@dataclass(frozen=True, eq=False)
class _Same:
    """A thing that is only equal to itself, as a key."""

    it: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it

    def __hash__(self) -> int:
        return id(self.it)


def read_round(row: Mapping[str, Any], turn: Step) -> Round:
    """A round as it was kept; `turn` is the step that a twist adds. Reading it again costs nothing."""
    reveals = tuple(Reveal(**one) for one in row["twists"])
    totals = json.dumps(row["totals"] or {})
    return _round(row["position"], row["cases"], row["method"], row["seats"], reveals, totals, _Same(turn))


@lru_cache(maxsize=512)
def _round(
    position: int, cases: str, method: str, seats: bool, reveals: tuple[Reveal, ...], totals: str, turn: _Same
) -> Round:
    return Round(position, _cases(cases), _method(method), seats, reveals, json.loads(totals), turn.it)


@lru_cache(maxsize=256)
def _cases(kept: str) -> tuple[Case, ...]:
    return tuple(Case.model_validate(one) for one in json.loads(kept))


@lru_cache(maxsize=64)
def _method(kept: str) -> Method:
    return Method.model_validate_json(kept)
