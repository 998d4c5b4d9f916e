"""Codeboek: the themes that are counted and the words that suggest them, to be changed by organisers."""

import streamlit as st

from laveren.ui.codebook import desk, overview
from laveren.ui.codebook_theme import NEW, one
from laveren.ui.session import need
from laveren.workshop.rights import Act

need(Act.EDIT_CODEBOOK)
here = desk()
id, do = st.query_params.get("thema"), st.query_params.get("doe", "")
if id or do == NEW:
    one(here, None if do == NEW else id, do)
else:
    st.title(here.say("codebook.title"))
    st.markdown(here.say("codebook.lead"))
    overview(here)
