"""Thema's: what keeps coming back over all workshops."""

import streamlit as st

from laveren.analysis.saying import spell, too_few
from laveren.ui import themes
from laveren.ui.session import need, say
from laveren.workshop.rights import Act

need(Act.READ_TOGETHER)
tell = say()
st.title(tell("themes.question"))
everything = themes.frames()
if everything.answers.empty:
    st.info(tell("themes.nothing"))
    st.stop()
chosen = themes.filters(everything)
desk = themes.shelf(chosen, everything)
if not chosen.enough:
    st.info(spell(too_few(), desk.words))
    st.stop()
st.caption(tell("themes.counted", n=len(chosen.workshops), answers=len(chosen.answers), people=chosen.participants))
themes.recurrence(desk)
left, right = st.columns(2, gap="large")
with left:
    themes.sources(desk)
with right:
    themes.without_room(desk)
