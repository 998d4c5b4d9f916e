"""What an organiser does with the codebook, in a house: changing it, and coding answers with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from laveren.content.codebook import Codebook, Theme
from laveren.house import House
from laveren.store import tables
from laveren.workshop.codebooks import Draft, Save, Version, history, save_codebook
from laveren.workshop.shelf import Stocked, with_published
from tests.meeting import PATIENCE, make_meeting

RENT = {
    "nl": "Hoge huur", "en": "High rent", "hoort": {"nl": "De huur is te hoog.", "en": "The rent is too high."},
    "voorbeeld": "Huurprijzen.", "woorden": ["huurprijzen*", "dure huur"],
}  # fmt: skip


def like_rent(**changed: Any) -> dict[str, Any]:
    """A theme as a file holds it, without its id, with other values for some of the keys."""
    return RENT | changed


@dataclass
class Desk:
    """What an organiser does with the codebook."""

    house: House

    @property
    def stock(self) -> Stocked:
        with self.house.store.read() as connection:
            return with_published(self.house.library, connection)

    @property
    def book(self) -> Codebook:
        return self.stock.codebook

    def theme(self, id: str) -> Theme:
        (found,) = [theme for theme in self.book.themes if theme.id == id]
        return found

    def does(self, make: Callable[..., Draft], *more: Any, knowing: bool = False, based_on: int | None = None) -> int:
        """Makes a draft of the codebook as it is now, and keeps it."""
        stock = self.stock
        draft = make(stock.codebook, *more)
        assert draft.faults == []
        return self.keeps(draft, stock.codebook_version if based_on is None else based_on, knowing=knowing)

    def keeps(self, draft: Draft, based_on: int, *, knowing: bool = False) -> int:
        number: int = self.house.store.writer.write(save_codebook, Save(draft, based_on, knowing))
        return number

    @property
    def history(self) -> list[Version]:
        with self.house.store.read() as connection:
            return history(connection)

    def house_hears(self) -> bool:
        """Whether the house knows the codebook as it is now, or soon."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.house.library is self.stock:
                return True
        return False

    def answers(self, number: int) -> list[str]:
        """So many answers of different people, to be coded."""
        meeting = make_meeting(self.house)
        meeting.go_to("hindernis")
        return [meeting.someone().gives("1.hindernis", f"kaart {n}").id for n in range(number)]

    def codes(self, answer: str, *themes: str, coder: int = 1, version: int = 1) -> None:
        """Somebody says what an answer is about."""
        row = {"answer": answer, "coder": coder, "version": version, "themes": list(themes), "rejected": []}
        with self.house.store.engine.begin() as connection:
            connection.execute(insert(tables.coding).values(**row, revision=1, codebook=0, at=0.0))
