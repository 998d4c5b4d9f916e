"""What an organiser does with cases, in a house: saving, reading over, publishing."""

from __future__ import annotations

import time
from typing import Any

from laveren.content.cases import Case
from laveren.house import House
from laveren.workshop.shelf import (
    Pick,
    Save,
    Standing,
    Stocked,
    Version,
    drafts,
    save_draft,
    step_on,
    versions,
    with_published,
)
from tests.meeting import PATIENCE

OWN = {
    "titel": "Eén brief te veel", "peildatum": "2026-02-01", "fictief": True, "situatie": "Paul krijgt een brief.",
    "personen": [{"naam": "Paul", "rol": "inwoner"}], "domeinen": ["wonen"],
}  # fmt: skip


def case_like(**changed: Any) -> Case:
    """A small case, with other values for some of the keys of a file."""
    return Case.model_validate(OWN | changed | {"id": "x"})


class Shelf:
    """What an organiser does with cases, in a house."""

    def __init__(self, house: House) -> None:
        self.house = house

    def write(self, job: Any, item: Any) -> Any:
        return self.house.store.writer.write(job, item)

    def saves(self, case_id: str | None = None, based_on: int = 0, **more: Any) -> Pick:
        changed = {key: more.pop(key) for key in list(more) if key in OWN}
        pick: Pick = self.write(save_draft, Save(self.library, case_like(**changed), case_id, based_on, **more))
        return pick

    def steps(self, pick: Pick, *to: Standing) -> Pick:
        for one in to:
            self.write(step_on, (pick, one))
        return pick

    def publishes(self, **more: Any) -> Pick:
        return self.steps(self.saves(**more), Standing.CHECKED, Standing.PUBLISHED)

    @property
    def library(self) -> Stocked:
        with self.house.store.read() as connection:
            return with_published(self.house.library, connection)

    def house_hears(self) -> bool:
        """Whether the house knows what is on the shelf now, or soon."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.house.library is self.library:
                return True
        return False

    def versions(self, case_id: str) -> list[Version]:
        with self.house.store.read() as connection:
            return versions(connection, case_id)

    def statuses(self, case_id: str) -> list[Standing]:
        """How each version stands, the newest first."""
        return [version.status for version in self.versions(case_id)]

    @property
    def drafts(self) -> list[Pick]:
        with self.house.store.read() as connection:
            return [Pick(version.case_id, version.number) for version in drafts(connection)]
