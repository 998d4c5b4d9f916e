"""Writing a case in the browser, part by part, and taking one in from a file."""

from __future__ import annotations

import streamlit as st

from laveren.content.writing import read_upload
from laveren.ui.case_form import Form, day_field, domains, more, not_yet, people, problems, remove, text, tick
from laveren.ui.case_steps import differences
from laveren.ui.cases import Desk, go
from laveren.ui.session import house, plain, write
from laveren.ui.sharing import address
from laveren.workshop.shelf import Origin, Pick, Save, save_draft, versions

WIDE = 880  # pixels: lines that are still easy to read
STORY, TALL, LOW = 340, 130, 80  # how high a text area is, in pixels
#: The fields of the parts that are lists, but for people; with how high each is, 0 for one line.
FIELDS = {
    "regels": {"artikel": 0, "kaarttekst": TALL, "ruimte": LOW},
    "perspectieven": {"naam": 0, "tekst": LOW},
    "begeleiding": {"tekst": LOW},
    "wendingen": {"titel": 0, "tekst": TALL},
}


def edit(desk: Desk, form: Form) -> None:
    """The form with all parts of a case; what cannot be kept is said beside its field, and stays as it was typed."""
    tell = desk.say
    if form.tried:
        form.read(desk.stock)
    st.title(tell("cases.edit_title" if form.case_id else "cases.new"))
    with st.container(width=WIDE):
        st.caption(tell("cases.form.hint"))
        title, as_of = st.columns([3, 1])
        with title:
            text(form, "titel", tell("cases.part.titel"))
        with as_of:
            day_field(form, "peildatum", tell("cases.part.peildatum"))
        _head(desk, "personen")
        people(form)
        _head(desk, "situatie")
        text(form, "situatie", tell("cases.form.story"), tall=STORY)
        domains(form, desk.stock)
        for part in FIELDS:
            _rows(desk, form, part)
        tick(form, "fictief", tell("cases.form.made_up"))
        _moved_on(desk, form)
        _save(desk, form)


def _head(desk: Desk, part: str) -> None:
    st.subheader(desk.say(f"cases.part.{part}"), anchor=False)
    st.caption(desk.say(f"cases.form.about_{part}"))


def _rows(desk: Desk, form: Form, part: str) -> None:
    """The rows of a part, each in a frame with what takes it away; folded until somebody comes for it."""
    tell = desk.say
    if any(fault.field.startswith(part) for fault in form.faults):
        form.open.add(part)  # and it stays so: who mends a fault must not see the part fold
    with st.expander(f"**{tell(f'cases.part.{part}')}**", expanded=part in form.open, key=form.key(f"part_{part}")):
        st.caption(tell(f"cases.form.about_{part}"))
        for row in form.rows[part]:
            with st.container(border=True, key=f"way_{form.key(part)}_{row}"):
                for name, tall in FIELDS[part].items():
                    at = form.place(part, row, "" if part == "begeleiding" else name)
                    text(form, f"{part}.{row}.{name}", tell(f"cases.form.{part}.{name}"), at, tall=tall)
                if part == "regels":
                    _looked_over(desk, form, row)
                remove(form, part, row)
        problems(form, part)
        more(form, part)


def _looked_over(desk: Desk, form: Form, row: int) -> None:
    """On what day a rule was so, and who has read it over."""
    day, checker = st.columns([1, 2])
    with day:
        at, name = form.place("regels", row, "peildatum"), f"regels.{row}.peildatum"
        day_field(form, name, desk.say("cases.form.regels.peildatum"), at)
    with checker:
        at, name = form.place("regels", row, "gecontroleerd_door"), f"regels.{row}.gecontroleerd_door"
        text(form, name, desk.say("cases.form.regels.gecontroleerd_door"), at)


def _moved_on(desk: Desk, form: Form) -> None:
    """Somebody else saved a version since this form was opened: what they changed, and the way on."""
    if form.case_id is None:
        return
    with house().store.read() as connection:
        there_are = versions(connection, form.case_id)
    if not there_are or there_are[0].number == form.based_on:
        return
    tell, theirs = desk.say, there_are[0].read(desk.stock)[0]
    st.warning(tell("cases.moved_on", n=there_are[0].number))
    mine = form.read(desk.stock)
    if theirs and mine:
        with st.expander(tell("cases.mine_and_theirs")):
            differences(theirs, mine, desk.stock)
    st.button(tell("cases.mine_wins"), on_click=setattr, args=(form, "based_on", there_are[0].number), key="mine_wins")


def _save(desk: Desk, form: Form) -> None:
    tell = desk.say
    not_yet(form)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(tell("cases.form.save"), type="primary", key="save"):
            form.tried = True
            case = form.read(desk.stock)
            if case is None:
                st.rerun()  # so that it is said beside the fields
            kept = write(save_draft, Save(desk.stock, case, form.case_id, form.based_on), st.error)
            if isinstance(kept, Pick):
                st.toast(tell("cases.saved", n=kept.number))
                go(kept.case_id, kept.number)
                st.rerun()
        with st.popover(tell("cases.form.stop"), type="tertiary"):
            st.markdown(tell("cases.form.stop_hint"))
            back = (form.case_id,) if form.case_id else ()
            st.button(tell("cases.form.stop_yes"), on_click=go, args=back, key="stop")


def take_in(desk: Desk) -> None:
    """A file that becomes a draft; with the faults that `check` tells."""
    tell = desk.say
    with st.expander(tell("cases.take_in"), icon=":material/upload_file:"):
        st.caption(tell("cases.take_in_hint"))
        sent = st.file_uploader(tell("cases.file_label"), key="file")
        if sent is None:
            return
        case, wrong = read_upload(sent.getvalue(), sent.name, list(desk.stock.domains))
        if case is None:
            st.error(tell("cases.take_in_faults", n=len(wrong)))
            for fault in wrong:
                st.text(str(fault))
            return
        with house().store.read() as connection:
            there_are = versions(connection, case.id)
        known = bool(there_are) or case.id in desk.stock.cases
        st.info(tell("cases.take_in_known" if known else "cases.take_in_new", title=plain(case.title)))
        if st.button(tell("cases.take_in_go"), type="primary", key="take_in"):
            based_on = there_are[0].number if there_are else 0
            kept = write(save_draft, Save(desk.stock, case, case.id, based_on, Origin.IMPORT), st.error)
            if isinstance(kept, Pick):
                go(kept.case_id, kept.number)
                st.rerun()


def practice_address(desk: Desk) -> None:
    """Where participants bring in a story of their own."""
    st.caption(desk.say("cases.practice_address", address=f"{address().short}/eigen-praktijk"))
