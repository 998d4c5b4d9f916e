"""Deelnemen: the light door, inside the frame of the app."""

import streamlit as st

from laveren.ui.session import say
from laveren.workshop.preparing import CODE, tidy_code

code = tidy_code(st.query_params.get("code", ""))
st.iframe(f"/meedoen/{code}" if CODE.fullmatch(code) else "/meedoen", height=900, alt=say()("join.frame"))
