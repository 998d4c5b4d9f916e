"""Uitleg: the facilitator's guide."""

import streamlit as st

from laveren.settings import ROOT
from laveren.ui.session import lang

st.markdown((ROOT / "laveren/texts" / f"guide.{lang()}.md").read_text("utf-8"))
