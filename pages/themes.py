"""Thema's: what keeps coming back over all workshops."""

import streamlit as st

from laveren.ui.session import need, say
from laveren.workshop.rights import Act

need(Act.READ_TOGETHER)
st.title(say()("nav.themes"))
