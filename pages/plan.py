"""Plan: the run sheet of one workshop, and what can still be changed on the day."""

import streamlit as st

from laveren.ui import planning
from laveren.ui.printing import workshop_paper
from laveren.ui.session import link, need, plain, room_here, say
from laveren.workshop.rights import Act

room, tell = room_here(), say()
need(Act.STEER, room.code)
st.title(plain(room.title))
link(tell("nav.facilitate"), f"/begeleiden?code={room.code}")
left, right = st.columns([2, 3], gap="large")
with left:
    st.header(tell("plan.sheet"))
    planning.sheet(room)
    workshop_paper(room)
    planning.rehearsal(room)
with right:
    st.header(tell("plan.change"))
    planning.change(room)
