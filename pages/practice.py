"""Eigen praktijk: a participant brings in a story, with the code of the workshop."""

import streamlit as st

from laveren.ui.practicing import story
from laveren.ui.session import room_here, say
from laveren.workshop.practice import takes_stories

room = room_here()
st.title(say()("practice.title"))
if takes_stories(room):
    story(room)
else:
    st.info(say()("refused.practice_closed"))
