"""A case or the codebook as the text of a file; an upload or a filled-in form as one, with the faults of `check`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from laveren.content.cases import Case
from laveren.content.checking import THEMES, check_data, check_file, known_domains
from laveren.content.codebook import Codebook
from laveren.content.faults import Fault, printable
from laveren.content.fields import Ident
from laveren.content.reading import MAX_BYTES, Document

FIRST_LINE = "# yaml-language-server: $schema=../data/reference/schema/case.schema.json\n"
HEAD = """\
# yaml-language-server: $schema=schema/codebook.schema.json
# Themes that recur. Words only suggest a theme; a person confirms it.
#   woorden         a word (or a few words in a row); * stands for any letters
#   uitsluiten      a word that matches one of these is no hit for this theme
#   tweede_treffer  broad words: they count only beside another word of the same theme
#   vervallen       ja: nothing is suggested for it any more; it stays for what was coded with it
#   opgegaan_in     the themes that came in its place: one when it was merged, several when it was split
"""
#: How wide lines of text are written, and how long a text may be that stands behind its key.
WIDTH, SHORT = 110, 80
#: From here on the next word of a list begins a new line.
FULL = 92
#: The keys of texts in paragraphs: their lines may be broken anywhere, reading joins them again.
PARAGRAPHS = {"situatie", "kaarttekst", "ruimte", "tekst", "begeleiding"}
#: What a file may not have, and a form can leave out without losing anything that is seen.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_STR = "tag:yaml.org,2002:str"
_ident = TypeAdapter(Ident)


class _Block(str):
    """A text in paragraphs."""


class _Row(list[str]):
    """A list on one line."""


class _Dumper(yaml.SafeDumper):
    """Indents a list under its key, and writes out everything where it stands."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


class _BookDumper(_Dumper):
    """Never breaks a line within a word of a list."""

    def write_plain(self, text: str, split: bool = True) -> None:
        super().write_plain(text, split and not self.flow_level)

    def write_single_quoted(self, text: str, split: bool = True) -> None:
        super().write_single_quoted(text, split and not self.flow_level)

    def write_double_quoted(self, text: str, split: bool = True) -> None:
        super().write_double_quoted(text, split and not self.flow_level)


def _block(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    paragraphs = text.split("\n\n")
    if len(paragraphs) == 1 and len(text) <= SHORT:
        return dumper.represent_scalar(_STR, str(text))
    whole = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    wrapped = map(whole.fill, paragraphs)
    return dumper.represent_scalar(_STR, "\n\n".join(wrapped) + "\n", style="|")


_Dumper.add_representer(_Block, _block)
_Dumper.add_representer(_Row, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, True))


def as_data(case: Case) -> dict[str, Any]:
    """What a file of this case holds, as JSON can keep it: the Dutch keys in order, no defaults, no id."""
    return case.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"id"})


def as_yaml(case: Case) -> str:
    """The text of the file of this case, for people to read and change; reading it gives an equal case."""
    data = case.model_dump(by_alias=True, exclude_defaults=True, exclude={"id"})
    data |= {"fictief": "ja", "domeinen": _Row(data["domeinen"])}
    if "perspectieven" in data:
        seats = data["perspectieven"]
        data["perspectieven"] = [seat if "tekst" in seat else seat["naam"] for seat in seats]
    written = yaml.dump(_blocks(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return FIRST_LINE + str(written)


def _blocks(data: Any, key: str = "") -> Any:
    """The same with its texts in paragraphs marked."""
    if isinstance(data, dict):
        return {key: _blocks(value, key) for key, value in data.items()}
    if isinstance(data, list) and not isinstance(data, _Row):
        return [_blocks(item, key) for item in data]
    return _Block(data) if isinstance(data, str) and key in PARAGRAPHS else data


def codebook_data(codebook: Codebook) -> dict[str, Any]:
    """What a file of this codebook holds, as JSON can keep it: the Dutch keys in order, no defaults."""
    return codebook.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def as_file(codebook: Codebook) -> bytes:
    """The file of this codebook, for people to read and change; reading it gives an equal codebook."""
    themes = codebook_data(codebook)["themas"]
    for theme in themes:
        theme |= {key: _Row(value) for key, value in theme.items() if isinstance(value, list)}
        theme |= {"vervallen": "ja"} if "vervallen" in theme else {}
    written = yaml.dump({"themas": themes}, Dumper=_BookDumper, allow_unicode=True, sort_keys=False, width=FULL)
    return (HEAD + re.sub("(?<!themas:)\n  - id: ", "\n\n  - id: ", written)).encode()


def read_upload(data: bytes, name: str, domains: Sequence[str]) -> tuple[Case | None, list[Fault]]:
    """A file somebody sends, as the case with the id in its `name`, or every fault in it; never raises."""
    file = _named(name)
    stem, shown = file.stem, Path(file.name or "bestand")
    faults = [Fault(shown, 1, "bestand", problem) for problem in _name_problems(file)]
    with TemporaryDirectory() as folder:
        put = Path(folder) / "casus.yaml"
        put.write_bytes(data[: MAX_BYTES + 1])
        case, _, more = check_file(put, shown, Case, [known_domains(domains)], ident="x" if faults else stem)
    return (None if faults else case), [*faults, *more]


def read_codebook_upload(data: bytes, name: str) -> tuple[Codebook | None, list[Fault]]:
    """A file somebody sends, whatever its `name`, as a codebook, or every fault in it; never raises."""
    with TemporaryDirectory() as folder:
        put = Path(folder) / "codeboek.yaml"
        put.write_bytes(data[: MAX_BYTES + 1])
        codebook, _, faults = check_file(put, Path(_named(name).name or "bestand"), Codebook, THEMES)
    return codebook, faults


def _named(name: str) -> PurePath:
    """What a browser says that a file is called."""
    return PurePath(printable(name.replace("\\", "/"))[-120:])


def _name_problems(file: PurePath) -> list[str]:
    try:
        _ident.validate_python(file.stem)
    except ValidationError:
        return [
            f"de naam '{file.name[:80]}' kan niet. Toegestaan: kleine letters, cijfers, - en _, hooguit 60, met een "
            "letter of cijfer voorop, en dan .yaml"
        ]
    return [] if file.suffix == ".yaml" else [f"de naam moet op .yaml eindigen: {file.stem}.yaml"]


def read_data(data: Any, shown: Path, ident: str, domains: Sequence[str]) -> tuple[Case | None, list[Fault]]:
    """What has the keys of a file, as the case `ident`, or every fault in it; `shown` is what faults call it."""
    return check_data(Document(data), shown, Case, [known_domains(domains)], ident)


def read_codebook_data(data: Any, shown: Path) -> tuple[Codebook | None, list[Fault]]:
    """The same of a codebook."""
    return check_data(Document(data), shown, Codebook, THEMES)


def read_form(data: Any, ident: str, domains: Sequence[str]) -> tuple[Case | None, list[Fault]]:
    """The same for what was filled in: control characters are left out, since nobody meant them to be seen."""
    shown = Path(f"{ident}.yaml")
    case, faults = read_data(_seen(data), shown, ident, domains)
    if case is not None and len(as_yaml(case).encode()) > MAX_BYTES:
        return None, [Fault(shown, 1, "bestand", f"de casus is te lang. Hooguit {MAX_BYTES // 1024} kB")]
    return case, faults


def read_codebook_form(data: Any) -> tuple[Codebook | None, list[Fault]]:
    """The same of a codebook."""
    shown = Path("codeboek")
    codebook, faults = read_codebook_data(_seen(data), shown)
    if codebook is not None and len(as_file(codebook)) > MAX_BYTES:
        return None, [Fault(shown, 1, "bestand", f"het codeboek is te lang. Hooguit {MAX_BYTES // 1024} kB")]
    return codebook, faults


def _seen(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _seen(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_seen(item) for item in data]
    return _CONTROLS.sub("", data) if isinstance(data, str) else data
