"""What somebody types into a case: kept while the form is open, and what is wrong said beside each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import streamlit as st

from laveren.content.cases import Case
from laveren.content.faults import Fault
from laveren.content.library import Library
from laveren.content.writing import read_form
from laveren.ui.session import lang, plain, say

#: The parts of a case that are lists, with the fields of a row; those of OPTIONAL may stay empty.
ROWS: dict[str, tuple[str, ...]] = {
    "personen": ("naam", "leeftijd", "rol"),
    "regels": ("artikel", "kaarttekst", "ruimte", "peildatum", "gecontroleerd_door"),
    "perspectieven": ("naam", "tekst"),
    "begeleiding": ("tekst",),
    "wendingen": ("titel", "tekst"),
}
OPTIONAL = {"leeftijd", "ruimte", "peildatum", "gecontroleerd_door", "perspectieven.tekst"}
SINGLE = ("titel", "peildatum", "fictief", "situatie", "domeinen")
NOWHERE = "-"  # for a field whose faults are said elsewhere
_numbers = count(1)


@dataclass
class Form:
    """One open form: what stands in it by the name of the field, such as `titel` or `regels.3.artikel`.

    Streamlit forgets a field that is not on the page; this does not. `rows` has the numbers of the rows of each part
    in order; `tried` is whether somebody wanted to save, from then on faults are told until they are mended; `open`
    has the parts that were opened to show one.
    """

    case_id: str | None = None
    based_on: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=lambda: {part: [] for part in ROWS})
    tried: bool = False
    faults: list[Fault] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    number: int = field(default_factory=lambda: next(_numbers))

    def key(self, name: str) -> str:
        """The key of a field in Streamlit's state."""
        return f"form_{self.number}_{name}"

    def value(self, name: str) -> Any:
        """What a field holds now."""
        return st.session_state.get(self.key(name), self.values.get(name))

    def add(self, part: str, values: Mapping[str, Any] | None = None) -> None:
        """One more row."""
        row = next(_numbers)
        self.rows[part].append(row)
        self.values |= {f"{part}.{row}.{name}": value for name, value in (values or {}).items()}

    def drop(self, part: str, row: int) -> None:
        """Takes a row away, with what stands in it."""
        if row in self.rows[part]:  # a second click comes too late
            self.rows[part].remove(row)

    def filled(self, part: str) -> list[int]:
        """The rows in which something stands: an empty one is no row, but there is always somebody in a case."""
        found = [row for row in self.rows[part] if any(self.value(f"{part}.{row}.{name}") for name in ROWS[part])]
        return found or (self.rows[part][:1] if part == "personen" else [])

    def place(self, part: str, row: int, name: str = "") -> str:
        """What `check` calls a field of a row: `regels[2].artikel`."""
        rows = self.filled(part)
        place = f"{part}[{rows.index(row) + 1 if row in rows else 0}]"
        return f"{place}.{name}" if name else place

    def data(self) -> dict[str, Any]:
        """What stands in the form, as a file would hold it."""
        data = {name: self.value(name) for name in SINGLE}
        for part in ROWS:
            data[part] = [self._row(part, row) for row in self.filled(part)]
        data["begeleiding"] = [row["tekst"] for row in data["begeleiding"]]
        for card in data["regels"]:
            card["status"] = "gecontroleerd" if card.get("gecontroleerd_door") else "niet gecontroleerd"
        return data

    def _row(self, part: str, row: int) -> dict[str, Any]:
        said = {name: self.value(f"{part}.{row}.{name}") for name in ROWS[part]}
        said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
        return {
            name: value
            for name, value in said.items()
            if value not in (None, "") or not OPTIONAL & {name, f"{part}.{name}"}
        }

    def read(self, library: Library) -> Case | None:
        """The case in the form, or None; then `faults` says why."""
        case, self.faults = read_form(self.data(), self.case_id or "x", list(library.domains))
        return case


def form_of(content: Mapping[str, Any], library: Library, case_id: str | None = None, based_on: int = 0) -> Form:
    """A form with a case in it, given as a file would hold it; empty for a new one."""
    form = Form(case_id, based_on)
    form.values = {name: content.get(name) for name in SINGLE}
    form.values["peildatum"] = _day(content.get("peildatum")) or date.today()
    form.values["domeinen"] = [domain for domain in content.get("domeinen") or [] if domain in library.domains]
    for part in ROWS:
        for row in content.get(part) or []:
            whole = {"naam" if part == "perspectieven" else "tekst": row} if isinstance(row, str) else dict(row)
            if whole.get("status") == "niet gecontroleerd":  # a name in the field would say that it was
                whole.pop("gecontroleerd_door", None)
            form.add(part, whole | {"peildatum": _day(whole.get("peildatum"))})
    if not form.rows["personen"]:
        form.add("personen")
    return form


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else None


# ---- the fields ----


def text(form: Form, name: str, label: str, at: str = "", *, tall: int = 0, hint: str = "") -> None:
    """A line, or a text in paragraphs of so many pixels; `at` is what `check` calls it."""
    key = form.key(name)
    st.session_state.setdefault(key, form.values.get(name) or "")
    if tall:
        st.text_area(label, key=key, height=tall, placeholder=hint or None)
    else:
        st.text_input(label, key=key, placeholder=hint or None)
    form.values[name] = st.session_state[key]
    problems(form, at or name)


def day_field(form: Form, name: str, label: str, at: str = "") -> None:
    """A day, or none."""
    key = form.key(name)
    st.session_state.setdefault(key, form.values.get(name))
    st.date_input(label, key=key, format="DD-MM-YYYY", min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
    form.values[name] = st.session_state[key]
    problems(form, at or name)


def domains(form: Form, library: Library) -> None:
    """The life domains that play a part."""
    key = form.key("domeinen")
    st.session_state.setdefault(key, form.values.get("domeinen") or [])
    st.multiselect(
        say()("cases.domains"),
        list(library.domains),
        format_func=lambda id: library.domains[id].name.say(lang()),
        key=key,
        placeholder=say()("cases.form.choose"),
    )
    form.values["domeinen"] = st.session_state[key]
    problems(form, "domeinen")


def tick(form: Form, name: str, label: str) -> None:
    """A box to tick."""
    key = form.key(name)
    st.session_state.setdefault(key, bool(form.values.get(name)))
    st.checkbox(label, key=key)
    form.values[name] = st.session_state[key]
    problems(form, name)


def people(form: Form) -> None:
    """Who is in it: name, age, role."""
    tell = say()
    for row in form.rows["personen"]:
        name, age, role, away = st.columns([4, 2, 5, 2], vertical_alignment="bottom")
        with name:
            text(form, f"personen.{row}.naam", tell("cases.form.name"), NOWHERE)
        with age:
            key = form.key(f"personen.{row}.leeftijd")
            st.session_state.setdefault(key, form.values.get(f"personen.{row}.leeftijd"))
            st.number_input(tell("cases.form.age"), 0, 120, key=key, step=1)
            form.values[f"personen.{row}.leeftijd"] = st.session_state[key]
        with role:
            text(form, f"personen.{row}.rol", tell("cases.form.role"), NOWHERE)
        with away:
            remove(form, "personen", row)
        for field_, label in (("naam", "name"), ("leeftijd", "age"), ("rol", "role")):
            problems(form, form.place("personen", row, field_), tell(f"cases.form.{label}"))
    problems(form, "personen")
    more(form, "personen")


def remove(form: Form, part: str, row: int) -> None:
    """The button that takes a row away."""
    label, key = say()("cases.form.remove"), form.key(f"{part}.{row}.away")
    st.button(label, icon=":material/delete:", type="tertiary", key=key, on_click=form.drop, args=(part, row))


def more(form: Form, part: str) -> None:
    """The button that adds a row."""
    label = say()(f"cases.form.add_{part}")
    st.button(label, icon=":material/add:", key=form.key(f"{part}.more"), on_click=form.add, args=(part,))


def problems(form: Form, at: str, label: str = "") -> None:
    """What is wrong with one field, in the words of `check`.

    Its place is there when nothing is wrong too: a field that moves on the page loses what is being typed in it.
    """
    with st.container(gap=None):
        for fault in form.faults:
            if fault.field == at:
                wrong(f"{label}: {_said(form, fault)}" if label else _said(form, fault))


def wrong(problem: str) -> None:
    """One thing that is wrong, under its field."""
    st.markdown(f":red[:material/error: {plain(problem)}]")


def _said(form: Form, fault: Fault) -> str:
    """The words of `check`, but where those are about a file and not about ticking and choosing."""
    if fault.field in ("fictief", "domeinen") and not form.value(fault.field):
        return say()(f"cases.form.no_{fault.field}")
    return fault.problem


def not_yet(form: Form) -> None:
    """Everything that is wrong, there where one wants to save."""
    tell = say()
    with st.container():
        if form.faults:
            st.error(tell("cases.form.faults", n=len(form.faults)))
        for fault in form.faults:
            part, _, rest = fault.field.partition("[")
            place, _, name = rest.partition("].")
            where = tell(f"cases.part.{part}") if part in (*SINGLE, *ROWS) else tell("cases.file_label")
            where = " ".join(word for word in (where, place.rstrip("]"), name) if word)
            st.text(f"{where}: {_said(form, fault)}")
