"""Casussen: what there is to look at together, and what is wrong with a file that does not work."""

import streamlit as st

from laveren.ui.reading import faults, one_case
from laveren.ui.session import house, no_entry, say, visitor
from laveren.workshop.rights import Act

who, tell, library = visitor(), say(), house().library
if not any(who.may(Act.SEE_CASES, code) for code in ["", *who.codes()]):
    no_entry()
st.title(tell("cases.title"))
st.markdown(tell("cases.lead"))
faults(library.faults)
if library.cases:
    chosen = st.selectbox(tell("cases.choose"), list(library.cases), format_func=lambda id: library.cases[id].title)
    if chosen:
        one_case(library, library.cases[chosen])
else:
    st.info(tell("cases.none"))
