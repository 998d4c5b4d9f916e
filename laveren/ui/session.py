"""What each page asks first: the house, the language, who this is, which workshop, and whether that is allowed."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any, NoReturn

import streamlit as st

from laveren.api.asking import held_keys, language
from laveren.house import House, the_house
from laveren.store import Job
from laveren.texts import Say, reader
from laveren.workshop.preparing import tidy_code
from laveren.workshop.refusals import Refused
from laveren.workshop.rights import Act, Visitor
from laveren.workshop.rooms import Room


def house() -> House:
    """The one house of this process."""
    return the_house()


def lang() -> str:
    """The language of this browser."""
    return language(st.context.cookies)


def say() -> Say:
    """The texts in the language of this browser."""
    return reader(lang())


def visitor() -> Visitor:
    """Who this is, by the keys in the cookie."""
    return house().visitor(held_keys(st.context.cookies))


def dark() -> bool:
    """Whether the page is shown dark."""
    return st.context.theme.type == "dark"


def need(act: Act, code: str = "") -> Visitor:
    """Stops the page, with the way to the key, unless one of the visitor's keys opens `act`."""
    who = visitor()
    if not who.may(act, code):
        no_entry()
    return who


def no_entry() -> NoReturn:
    """Says that a key is needed, and where to give it."""
    tell = say()
    st.title(tell("access.title"))
    st.write(tell("page.no_key"))
    link(tell("page.to_access"), "/toegang", primary=True)
    st.stop()


def link(label: str, to: str, *, primary: bool = False, new_tab: bool = False) -> None:
    """A link of our own, in this tab unless `new_tab` (Streamlit's always open one). `label` and `to` are our texts."""
    look, tab = "way" if primary else "quiet", "_blank" if new_tab else "_self"
    st.html(f'<a class="{look}" href="{to}" target="{tab}">{label}</a>')


def plain(text: str) -> str:
    """A text of people, of a case or of a method as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>~:$&-])", r"\\\1", text)


def room_here() -> Room:
    """The workshop in the address (`?code=`); asks for the code when it is missing or wrong."""
    tell = say()
    code = tidy_code(st.query_params.get("code", ""))
    keys = visitor().codes()
    if not code and keys:  # who holds a key came here for that workshop, also by the menu
        code = st.query_params["code"] = keys[0]
    room = house().room(code) if code else None
    if room is None:
        st.title(tell("page.which_code"))
        if code:
            st.warning(tell("refused.code_unknown"))
        with st.form("which"):
            typed = st.text_input(tell("page.code_label"), max_chars=12)
            if st.form_submit_button(tell("page.open"), type="primary") and typed:
                st.query_params["code"] = tidy_code(typed)
                st.rerun()
        st.stop()
    return room


def say_broken(fault: Exception) -> bool:
    """What a person sees when a page breaks: no traceback, which the log has, and that nothing is lost."""
    logging.getLogger(__name__).error("a page broke", exc_info=fault)
    st.error(say()("page.broken"))
    return True


def write(job: Job, item: Any, tell: Callable[[str], object] = st.toast) -> Any:
    """Hands something to the writer; a refusal is said to the person, by `tell`, and gives None."""
    try:
        return house().store.writer.write(job, item)
    except Refused as refusal:
        tell(say()(f"refused.{refusal.key}", **refusal.values))
        return None
