"""Casussen: the library of cases, one case, and for an organiser the form to write one."""

import streamlit as st

from laveren.ui.case_editing import edit, practice_address, take_in
from laveren.ui.case_steps import one
from laveren.ui.cases import desk, overview
from laveren.ui.session import no_entry, visitor
from laveren.workshop.rights import Act

who = visitor()
if not any(who.may(Act.SEE_CASES, code) for code in ["", *who.codes()]):
    no_entry()
here = desk()
form, id = st.session_state.get("case_form"), st.query_params.get("casus")
if form and here.edits:
    edit(here, form)
elif id:
    one(here, id)
else:
    st.title(here.say("cases.title"))
    st.markdown(here.say("cases.lead"))
    overview(here)
    if here.edits:
        take_in(here)
        practice_address(here)
