"""What every page asks first: the language, texts that are shown as they are, links that stay in the tab."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from laveren.texts import reader
from laveren.ui.session import plain
from tests.ui.visiting import SAY, Guest, sound, toasts

MARKUP = set(r"\`*_{}[]()#+.!|<>~:$&-")


@pytest.mark.parametrize("text", ["**vet**", ":red[rood]", ":material/home:", "$x$", "a | b", "<b>", "&lt;", "- punt"])
def test_a_text_of_people_is_shown_as_it_is(text: str) -> None:
    assert [sign for sign in re.findall(r"(\\?.)", plain(text)) if sign in MARKUP] == []


@given(some.text())
def test_every_sign_that_is_markup_is_escaped_and_nothing_else_is_changed(text: str) -> None:
    signs = re.findall(r"\\.|.", plain(text), re.DOTALL)
    assert not [sign for sign in signs if sign in MARKUP]
    assert "".join(sign[-1] for sign in signs) == text


def test_a_link_of_ours_stays_in_its_tab_unless_it_is_told_not_to(guest: Guest) -> None:
    def page() -> None:
        from laveren.ui.session import link

        link("Doe mee", "/meedoen", primary=True)
        link("Scherm", "/scherm", new_tab=True)

    assert guest.house
    here, away = [one.proto.body for one in AppTest.from_function(page).run().get("html")]
    assert here == '<a class="way" href="/meedoen" target="_self">Doe mee</a>'
    assert 'target="_blank"' in away


def test_a_refusal_is_said_in_the_language_of_the_page_and_gives_none(guest: Guest) -> None:
    def page() -> None:
        import streamlit as st

        from laveren.store import each
        from laveren.ui.session import write
        from laveren.workshop.refusals import Refused

        def refuse(_tx: object, _item: object) -> None:
            raise Refused("group_unknown", most=4)

        st.text(str(write(each(refuse), None)))

    for lang in ("nl", "en"):
        guest.speaks(lang)
        window = sound(AppTest.from_function(page).run())
        assert [text.value for text in window.text] == ["None"]
        assert toasts(window) == [reader(lang)("refused.group_unknown", most=4)]


def test_a_language_that_is_not_there_is_dutch(guest: Guest) -> None:
    assert SAY("home.title") in [title.value for title in guest.speaks("fr").opens("home").title]


def test_a_page_knows_whether_it_is_shown_dark(guest: Guest) -> None:
    def page() -> None:
        import streamlit as st

        from laveren.ui.session import dark

        st.text(str(dark()))

    assert guest.house
    for theme in ("light", "dark"):
        window = AppTest.from_function(page)
        window.context = {"theme": theme}
        assert [text.value for text in window.run().text] == [str(theme == "dark")]
