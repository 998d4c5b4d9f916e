"""Start: three kinds of people, three ways in."""

import streamlit as st

from laveren.ui.session import house, link, say, visitor
from laveren.workshop.rights import Act

tell, who = say(), visitor()
st.title(tell("home.title"))
st.markdown(tell("home.lead"))

codes = who.codes()
if codes:
    st.subheader(tell("home.yours"))
    for code in codes:
        room = house().room(code)
        if room:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{room.title} · {code}")
                link(tell("nav.facilitate"), f"/begeleiden?code={code}")
                link(tell("nav.screen"), f"/scherm?code={code}")

ways = [
    ("participant", "/meedoen"),
    ("facilitator", "/toegang"),
    ("organiser", "/bijeenkomsten" if who.may(Act.PREPARE) else "/toegang"),
]
for column, (name, to) in zip(st.columns(3), ways, strict=True):
    with column.container(border=True, height="stretch", key=f"way_{name}"):
        st.subheader(tell(f"home.{name}"))
        st.markdown(tell(f"home.{name}_hint"))
        label = (
            "home.prepare_go" if to == "/bijeenkomsten" else f"home.{name if name != 'organiser' else 'facilitator'}_go"
        )
        link(tell(label), to, primary=name == "participant")
