"""Bijeenkomsten: preparing one, and what there is."""

import streamlit as st

from laveren.ui.preparing import meetings, prepare, shelf
from laveren.ui.session import need, say
from laveren.workshop.rights import Act

need(Act.PREPARE)
st.title(say()("workshops.title"))
there_are = meetings()
prepare(first=not there_are)
shelf(there_are)
