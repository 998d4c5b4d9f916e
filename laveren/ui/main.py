"""Streamlit's main script: the frame around every page, and which pages this visitor may open."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from laveren.settings import ROOT
from laveren.ui.session import lang, link, say, visitor
from laveren.workshop.rights import Act

tell, who = say(), visitor()
st.set_page_config(page_title=tell("name"), page_icon=str(ROOT / "laveren/ui/mark.png"), layout="wide")
st.logo(str(ROOT / "laveren/ui/mark.png"), size="large")

manages = bool(who.codes()) or who.may(Act.PREPARE)
shelf = [
    ("home", "", True),
    ("join", "deelnemen", True),
    ("screen", "scherm", True),
    ("facilitate", "begeleiden", True),
    ("workshops", "bijeenkomsten", who.may(Act.PREPARE)),
    ("cases", "casussen", who.may(Act.SEE_CASES) or manages),
    ("themes", "themas", who.may(Act.READ_TOGETHER)),
    ("guide", "uitleg", True),
]
pages = [
    st.Page(
        ROOT / "pages" / f"{name}.py",
        title=tell(f"nav.{name}"),
        url_path=address or None,
        default=not address,
        visibility="visible" if seen else "hidden",
    )
    for name, address, seen in shelf
]
st.html(ROOT / "laveren/ui/style.css")
path = urlsplit(st.context.url or "").path.rstrip("/")
bare = path.endswith(("/scherm", "/deelnemen"))
page = st.navigation(pages, position="hidden" if bare else "top")
if not bare:
    other = "en" if lang() == "nl" else "nl"
    query = urlsplit(st.context.url or "").query
    with st.container(horizontal=True, horizontal_alignment="right", key="language"):
        link(tell("other_language"), f"/taal/{other}?terug={path or '/'}")
page.run()
