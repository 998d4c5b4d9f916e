"""Bijeenkomsten: preparing one in a form, and the list with its codes and links."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from laveren.house import House
from laveren.settings import Settings
from laveren.store import tables
from laveren.ui.address import qr_code
from laveren.workshop.preparing import MAX_GROUPS, MAX_ROUNDS
from laveren.workshop.rights import Seat
from tests.meeting import METHOD, Meeting, make_meeting
from tests.ui.conftest import receive
from tests.ui.visiting import SAY, Guest, press, says, sent, sound, toasts


@pytest.fixture
def organiser(guest: Guest) -> Guest:
    return guest.holds(guest.house.keys.make(Seat.ORGANISER))


def field(window: AppTest, label: str, **values: object) -> Any:
    """The one field with this label, whatever its kind."""
    kinds = ("text_input", "number_input", "date_input", "selectbox", "multiselect", "checkbox")
    said = SAY(label if "." in label else f"workshops.{label}", **values)
    (found,) = [one for kind in kinds for one in getattr(window, kind) if one.label == said]
    return found


def cases(window: AppTest, n: int, *ids: str) -> None:
    """Chooses the cases of a round, by what the form says of them."""
    field(window, "plan.cases", n=n).set_value(list(ids)).run()


def with_rounds(window: AppTest, count: int) -> AppTest:
    """The form with so many rounds."""
    for _ in range(count - 1):
        press(window, SAY("plan.add"))
    return window


def made(house: House) -> list[Meeting]:
    with house.store.read() as connection:
        codes = connection.execute(tables.workshop.select().order_by(tables.workshop.c.id)).mappings().all()
    return [Meeting(house, row["code"]) for row in codes]


def test_before_there_is_a_meeting_the_page_says_so_and_shows_the_way(organiser: Guest) -> None:
    window = organiser.opens("workshops")
    assert [info.value for info in window.info] == [SAY("workshops.none")]
    assert window.expander[0].label == SAY("workshops.new")
    assert window.expander[0].proto.expanded


def test_everything_in_the_form_reaches_the_database(organiser: Guest) -> None:
    window = with_rounds(organiser.opens("workshops"), 3)
    field(window, "name").input("Laveren in de regio")
    field(window, "date").set_value(date(2026, 11, 5))
    field(window, "place").input("Waterhoek")
    field(window, "organisation").input("Gemeente Waterhoek")
    field(window, "region").input("Zuid-Holland Centraal")
    field(window, "starts_at").input("13:30")
    cases(window, 1, "zes-stukjes-van-paul")
    cases(window, 2)
    cases(window, 3, "de-bus-voor-de-deur", "tot-mijn-diploma")
    field(window, "plan.method", n=2).select("balint")
    field(window, "groups").set_value(9)
    field(window, "moderation").uncheck()
    press(window, SAY("workshops.make"))
    (meeting,) = made(organiser.house)
    room = meeting.room
    assert (room.title, room.held_on, room.place) == ("Laveren in de regio", date(2026, 11, 5), "Waterhoek")
    assert (room.organisation, room.region) == ("Gemeente Waterhoek", "Zuid-Holland Centraal")
    assert (room.groups, room.moderated, room.demo, room.state) == (9, False, False, "voorbereid")
    assert room.starts_at == "13:30"
    assert [[case.id for case in r.cases] for r in room.rounds] == [
        ["zes-stukjes-van-paul"], [], ["de-bus-voor-de-deur", "tot-mijn-diploma"],
    ]  # fmt: skip
    assert [row["method_id"] for row in meeting.rows(tables.round_)] == [METHOD, "balint", METHOD]


def test_a_title_is_enough_the_rest_is_as_most_want_it(organiser: Guest) -> None:
    window = organiser.opens("workshops")
    field(window, "name").input("Kort en goed")
    press(window, SAY("workshops.make"))
    (meeting,) = made(organiser.house)
    room = meeting.room
    assert (room.held_on, room.groups, room.moderated, len(room.rounds)) == (date.today(), 4, True, 1)
    assert room.rounds[0].case is not None


def test_after_a_meeting_is_made_the_form_is_empty_so_that_a_second_click_makes_no_second_one(organiser: Guest) -> None:
    window = with_rounds(organiser.opens("workshops"), 3)
    field(window, "name").input("Maar één keer")
    press(window, SAY("workshops.make"))
    assert field(window, "name").value == ""
    assert [one.label for one in window.multiselect] == [SAY("plan.cases", n=1)]
    press(window, SAY("workshops.make"))
    assert len(made(organiser.house)) == 1


def test_each_next_round_has_another_case(organiser: Guest) -> None:
    window = with_rounds(organiser.opens("workshops"), MAX_ROUNDS)
    assert not says(window, SAY("plan.add")), "more rounds than that do not fit"
    field(window, "name").input("Twaalf rondes")
    press(window, SAY("workshops.make"))
    (meeting,) = made(organiser.house)
    assert len({r.case.id for r in meeting.room.rounds if r.case}) == MAX_ROUNDS


@pytest.mark.parametrize("title", ["", "   "])
def test_without_a_title_the_form_says_so_and_keeps_the_rest(organiser: Guest, title: str) -> None:
    window = with_rounds(organiser.opens("workshops"), 2)
    field(window, "name").input(title)
    field(window, "place").input("Waterhoek")
    cases(window, 2)
    field(window, "groups").set_value(7)
    field(window, "moderation").uncheck()
    press(window, SAY("workshops.make"))
    assert SAY("refused.title_missing") in [*toasts(window), *(error.value for error in window.error)]
    assert made(organiser.house) == []
    assert field(window, "place").value == "Waterhoek"
    assert field(window, "plan.cases", n=2).value == []
    assert field(window, "groups").value == 7
    assert not field(window, "moderation").value
    field(window, "name").input("Nu wel")
    press(window, SAY("workshops.make"))
    assert [meeting.room.place for meeting in made(organiser.house)] == ["Waterhoek"]


def test_the_numbers_stay_between_what_is_possible(organiser: Guest) -> None:
    window = organiser.opens("workshops")
    number = field(window, "groups")
    assert (number.min, number.max) == (1, MAX_GROUPS)


def test_a_round_can_be_moved_and_taken_out_before_it_is_made(organiser: Guest) -> None:
    window = with_rounds(organiser.opens("workshops"), 3)
    for n, case in enumerate(("zes-stukjes-van-paul", "de-bus-voor-de-deur", "tot-mijn-diploma"), start=1):
        cases(window, n, case)
    press(window, SAY("plan.up", n=3))
    press(window, SAY("plan.remove", n=1))
    field(window, "name").input("Omgegooid")
    press(window, SAY("workshops.make"))
    (meeting,) = made(organiser.house)
    assert [r.case.id for r in meeting.room.rounds if r.case] == ["tot-mijn-diploma", "de-bus-voor-de-deur"]


def test_a_round_can_deal_out_seats_and_one_without_a_case_cannot(organiser: Guest) -> None:
    window = organiser.opens("workshops")
    field(window, "plan.seats").check().run()
    field(window, "name").input("Met stoelen")
    press(window, SAY("workshops.make"))
    assert [meeting.room.rounds[0].seats for meeting in made(organiser.house)] == [True]
    cases(window, 1)
    assert SAY("plan.seats") not in [one.label for one in window.checkbox]


def test_a_time_that_is_none_is_refused_and_stays_in_the_form(organiser: Guest) -> None:
    window = organiser.opens("workshops")
    field(window, "name").input("Half twee")
    field(window, "starts_at").input("half2")
    press(window, SAY("workshops.make"))
    assert SAY("refused.time_malformed") in [error.value for error in window.error]
    assert (field(window, "starts_at").value, made(organiser.house)) == ("half2", [])


def test_the_meeting_just_made_gives_its_code_its_qr_code_and_its_four_links(organiser: Guest) -> None:
    make_meeting(organiser.house, title="Een oudere")
    window = organiser.opens("workshops")
    field(window, "name").input("De nieuwe")
    press(window, SAY("workshops.make"))
    meeting = made(organiser.house)[-1]
    assert [one.value for one in window.success] == [SAY("workshops.made", code=meeting.code)]
    opened = [one for one in window.expander if one.label == SAY("workshops.links") and one.proto.expanded]
    (mine,) = opened
    address = organiser.address
    assert [code.value for code in mine.code] == [
        f"{address}/meedoen/{meeting.code}",
        f"{address}/scherm?code={meeting.code}",
        f"{address}/toegang#{meeting.key(Seat.FACILITATOR)}",
        f"{address}/toegang#{meeting.key(Seat.HELPER)}",
    ]
    assert mine.image[0].value == [qr_code(f"{address}/meedoen/{meeting.code}")]


def test_links_that_carry_a_key_carry_it_behind_a_hash_and_say_that_they_do(organiser: Guest, meeting: Meeting) -> None:
    shown = sent(organiser.opens("workshops"))
    for seat in (Seat.FACILITATOR, Seat.HELPER):
        assert shown.count(meeting.key(seat)) == shown.count(f"#{meeting.key(seat)}") == 1
    assert organiser.house.keys.make(Seat.ORGANISER) not in shown
    assert SAY("workshops.link_secret") in shown


def test_the_newest_meeting_stands_first_with_what_it_is_and_what_came_in(organiser: Guest) -> None:
    old = make_meeting(organiser.house, title="Vorig jaar", held_on=date(2025, 3, 1))
    facts = {"place": "Beekdal", "organisation": "Sociaal plein", "region": "Oost"}
    new = make_meeting(organiser.house, title="Dit jaar", held_on=date(2026, 3, 1), **facts)
    new.go_to("hindernis")
    for _ in range(2):
        new.someone().gives("1.hindernis", "iets")
    window = organiser.opens("workshops")
    assert [one.value for one in window.subheader] == ["Dit jaar", "Vorig jaar"]
    assert "1 maart 2026 · Beekdal · Sociaal plein · Oost · Tot mijn diploma" in [c.value for c in window.caption]
    words = "\n".join(str(text.value) for text in window.markdown)
    assert SAY("workshops.people", n=2) in words
    assert SAY("workshops.answers", n=2) in words
    assert SAY("state.bezig") in words
    assert f"/begeleiden?code={old.code}" in sent(window)


def test_a_draft_is_not_counted_as_an_answer(organiser: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    meeting.someone().gives("1.hindernis", "kladje", state="draft")
    assert SAY("workshops.answers", n=0) in "\n".join(str(t.value) for t in organiser.opens("workshops").markdown)


def test_a_title_with_markup_stands_there_as_it_was_typed(organiser: Guest) -> None:
    make_meeting(organiser.house, title="**Wet** <b>& praktijk</b>", place="[hier](http://x)")
    window = organiser.opens("workshops")
    assert [one.value for one in window.subheader] == [r"\*\*Wet\*\* \<b\>\& praktijk\</b\>"]
    assert any(r"\[hier\]\(http\://x\)" in caption.value for caption in window.caption)


def test_the_address_that_was_set_stands_in_the_links(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    object.__setattr__(house, "settings", Settings(data=house.settings.data, url="https://laveren.gemeente.nl"))
    meeting = make_meeting(house)
    organiser = receive(house, monkeypatch).holds(house.keys.make(Seat.ORGANISER))
    window = organiser.opens("workshops")
    assert f"https://laveren.gemeente.nl/meedoen/{meeting.code}" in [code.value for code in window.code]
    assert not window.info


def test_opened_on_this_machine_the_links_carry_its_address_on_the_network_and_say_so(
    organiser: Guest, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laveren.ui.address.network_address", lambda: "192.168.1.20")
    organiser.address = "http://localhost:8501"
    window = organiser.opens("workshops")
    assert f"http://192.168.1.20:8501/meedoen/{meeting.code}" in [code.value for code in window.code]
    warned = SAY("workshops.loopback", address="http://192.168.1.20:8501", host="localhost")
    assert [info.value for info in window.info] == [warned]


def test_in_english_the_page_speaks_english(organiser: Guest, meeting: Meeting) -> None:
    organiser.speaks("en")
    window = organiser.opens("workshops")
    assert [title.value for title in window.title] == ["Workshops"]
    assert SAY("workshops.links") not in sent(window)
    assert meeting.room.title in [one.value for one in window.subheader]
    sound(window)
