"""All content of an installation, read once: one bad file is a fault, and leaves the others working."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from laveren.content.cases import Case
from laveren.content.checking import THEMES, Across, check_data, check_file, distinct_ids, known_domains, links
from laveren.content.codebook import Codebook, Domain, Domains
from laveren.content.faults import ContentBroken, Fault, printable
from laveren.content.lines import Lines
from laveren.content.methods import Fixed, Method

M = TypeVar("M", bound=BaseModel)

#: The codebook that ships, from an installation's root.
CODEBOOK = Path("data/reference/codebook.yaml")

_IDENT = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True)
class Library:
    """What there is to work with, by id, in the order of the files' names; and what was wrong in the files."""

    cases: dict[str, Case]
    methods: dict[str, Method]
    domains: dict[str, Domain]
    codebook: Codebook
    fixed: Fixed
    lines: Lines
    faults: list[Fault]


def read_library(root: Path, cases_dir: Path | None = None, methods_dir: Path | None = None) -> Library:
    """Reads `root`/casussen, `root`/werkvormen (or the folders given) and `root`/data/reference.

    A case or method with a fault is left out and the fault told. Raises ContentBroken when a reference file is
    unusable; one bad domain or theme among good ones is left out.
    """
    reading = _Reading(root, cases_dir, methods_dir)
    if reading.domains is None or reading.codebook is None or reading.fixed is None or reading.lines is None:
        raise ContentBroken(reading.faults)
    return Library(
        reading.cases,
        reading.methods,
        {domain.id: domain for domain in reading.domains.domains},
        reading.codebook,
        reading.fixed,
        reading.lines,
        reading.faults,
    )


def read_codebook(file: Path) -> tuple[Codebook | None, list[Fault]]:
    """A codebook from anywhere; None when it has a fault."""
    found, _, faults = check_file(file, file, Codebook, THEMES)
    return found, faults


def check(root: Path, cases_dir: Path | None = None, methods_dir: Path | None = None) -> list[Fault]:
    """Every fault in the content, in one go; never raises, whatever the files are."""
    return _Reading(root, cases_dir, methods_dir).faults


class _Reading:
    """One pass over everything; what could not be used is None."""

    def __init__(self, root: Path, cases_dir: Path | None, methods_dir: Path | None) -> None:
        self._root = Path(os.path.abspath(root))
        self.faults: list[Fault] = []
        reference = self._root / "data" / "reference"
        self.domains = self._reference(reference / "domeinen.yaml", Domains, "domeinen")
        self.codebook = self._reference(self._root / CODEBOOK, Codebook, "themas")
        self.fixed = self._reference(reference / "vast.yaml", Fixed)
        self.lines = self._reference(reference / "oefenen.yaml", Lines)
        ids = [domain.id for domain in self.domains.domains] if self.domains else None
        self.cases = self._folder(cases_dir or self._root / "casussen", Case, [known_domains(ids)] if ids else [])
        self.methods = self._folder(methods_dir or self._root / "werkvormen", Method, [links])

    def _reference(self, file: Path, model: type[M], items: str | None = None) -> M | None:
        """One file of data/reference; of a list named `items`, what is good in it is kept when something is bad."""
        shown = self._shown(file)
        across = THEMES if model is Codebook else [distinct_ids(items)] if items else []
        found, document, faults = check_file(file, shown, model, across)
        self.faults += faults
        if found is not None or document is None or items is None or not isinstance(document.data, dict):
            return found
        listed = document.data.get(items)
        if not isinstance(listed, list):
            return None
        good: dict[str, object] = {}
        document.slips = []
        for item in listed:
            document.data = {items: [item]}
            if check_data(document, shown, model)[0] is not None and item["id"] not in good:
                good[item["id"]] = item
        document.data = {items: list(good.values())}
        return check_data(document, shown, model)[0]

    def _folder(self, folder: Path, model: type[M], across: Sequence[Across]) -> dict[str, M]:
        found: dict[str, M] = {}
        for file in self._files(Path(os.path.abspath(folder))):
            shown = self._shown(file)
            named = _IDENT.fullmatch(file.stem) is not None and file.suffix == ".yaml"
            if not named:
                self.faults.append(Fault(shown, 1, "bestand", _bad_name(file)))
            content, _, faults = check_file(file, shown, model, across, ident=file.stem if named else "x")
            self.faults += faults
            if content is not None and named:
                found[file.stem] = content
        return found

    def _files(self, folder: Path) -> Iterator[Path]:
        """The YAML files of a folder, also those that are called so wrongly; hidden files are not ours."""
        try:
            names = sorted(os.listdir(folder))
        except (OSError, ValueError):
            self.faults.append(Fault(self._shown(folder), 1, "map", "deze map is er niet, of je mag er niet in kijken"))
            return
        for name in names:
            if not name.startswith(".") and name.lower().endswith((".yaml", ".yml")):
                yield folder / name

    def _shown(self, file: Path) -> Path:
        return file.relative_to(self._root) if file.is_relative_to(self._root) else file


def _bad_name(file: Path) -> str:
    if file.suffix != ".yaml" and _IDENT.fullmatch(file.stem):
        return f"de naam moet op .yaml eindigen: {file.stem}.yaml"
    name = printable(file.name)
    return (
        f"de naam '{name[:80]}' kan niet. Toegestaan: kleine letters, cijfers, - en _, hooguit 60, met een letter of "
        "cijfer voorop, en dan .yaml"
    )
