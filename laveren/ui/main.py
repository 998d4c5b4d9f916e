"""Streamlit's main script: the frame around every page, and which pages this visitor may open."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import streamlit as st

from laveren.settings import ROOT
from laveren.ui.session import house, lang, link, say, visitor
from laveren.workshop.preparing import tidy_code
from laveren.workshop.rights import Act

tell, who = say(), visitor()
st.set_page_config(page_title=tell("name"), page_icon=str(ROOT / "laveren/ui/mark.png"), layout="wide")
st.logo(str(ROOT / "laveren/ui/mark.png"), size="large")

shelf = [
    ("home", "", True),
    ("join", "deelnemen", True),
    ("screen", "scherm", True),
    ("facilitate", "begeleiden", True),
    ("plan", "plan", False),
    ("workshops", "bijeenkomsten", who.may(Act.PREPARE)),
    ("cases", "casussen", any(who.may(Act.SEE_CASES, code) for code in ["", *who.codes()])),
    ("practice", "eigen-praktijk", False),  # the way there is a link with the code
    ("themes", "themas", who.may(Act.READ_TOGETHER)),
    ("codebook", "codeboek", who.may(Act.EDIT_CODEBOOK)),
    ("coding", "coderen", who.may(Act.CODE)),
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
# Not a style alone: that would lie where toasts come, and the first toast would take its place.
style = (ROOT / "laveren/ui/style.css").read_text("utf-8")
with st.container(key="style"):
    st.html(f"<style>{style}</style><i hidden></i>")
path = urlsplit(st.context.url or "").path.rstrip("/")
bare = path.endswith(("/scherm", "/deelnemen"))
page = st.navigation(pages, position="hidden" if bare else "top")
if not bare:
    other = "en" if lang() == "nl" else "nl"
    code = tidy_code(st.query_params.get("code", ""))
    back = quote(f"{path or '/'}?code={code}" if code else path or "/")
    with st.container(horizontal=True, horizontal_alignment="right", key="language"):
        link(tell("other_language"), f"/taal/{other}?terug={back}")
    if house().holds_demo():
        st.markdown(f":orange-badge[{tell('demo')}] {tell('demo_banner')}")
page.run()
