"""Casussen: finding a case and reading it; and who may do what there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from laveren.content.library import Library
from laveren.content.writing import as_yaml
from laveren.house import House
from laveren.ui.cases import AT_ONCE
from laveren.workshop.rights import Seat
from laveren.workshop.shelf import Origin
from tests.meeting import CASE, Meeting, furnished
from tests.pages.shelving import MARKED, captions, headings, listed, looks_for, reads, texts
from tests.shelf import Shelf, case_like
from tests.ui.conftest import receive
from tests.ui.visiting import SAY, Guest, press, says, sent, sound

# ---- finding ----


def test_every_case_is_in_the_list_with_where_it_comes_from(organiser: Guest, shelf: Shelf, library: Library) -> None:
    shelf.publishes()
    shelf.publishes(case_id=CASE, titel="Mijn diploma")
    window = organiser.opens("cases")
    titles = {case.title for id, case in library.cases.items() if id != CASE}
    assert set(listed(window)) == titles | {"Eén brief te veel", "Mijn diploma"}
    origins = [caption for caption in captions(window) if caption in {SAY(f"cases.origin.{one}") for one in Origin}]
    assert sorted(set(origins)) == sorted(SAY(f"cases.origin.{one}") for one in ("meegeleverd", "gewijzigd", "browser"))
    assert origins.count(SAY("cases.origin.meegeleverd")) == len(library.cases) - 1


def test_searching_narrows_the_list_and_clearing_it_shows_all_again(organiser: Guest, library: Library) -> None:
    window = organiser.opens("cases")
    assert looks_for(window, "GLADYS overleed") == ["De telefoon van Gladys"]
    assert len(looks_for(window, "")) == len(library.cases)
    assert looks_for(window, "dit staat nergens") == []
    assert [info.value for info in window.info] == [SAY("cases.nothing_found")]


def test_a_domain_and_a_rule_can_be_chosen(organiser: Guest, library: Library) -> None:
    window = organiser.opens("cases")
    sound(window.selectbox(key="cases_domain").select("veiligheid").run())
    assert listed(window) == [case.title for case in library.cases.values() if "veiligheid" in case.domains]
    sound(window.selectbox(key="cases_domain").set_value(None).run())
    rules = list(window.selectbox(key="cases_rule").options)
    assert rules.index("Awb") < rules.index("Awb 4:84") < rules.index("Participatiewet")
    sound(window.selectbox(key="cases_rule").select("Awb 4:84").run())
    assert "De erfenis die later kwam" in listed(window)
    assert "Alleen dingen wegbrengen" not in listed(window)


def test_of_many_cases_thirty_are_listed_and_the_rest_is_counted(
    house: House, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [library.cases[CASE].model_copy(update={"id": f"c{n}", "title": f"Casus {n}"}) for n in range(2000)]
    full = furnished(house, *many, without=list(library.cases))
    guest = receive(full, monkeypatch).holds(full.keys.make(Seat.ORGANISER))
    window = guest.opens("cases")
    assert len(listed(window)) == AT_ONCE == 30
    assert SAY("cases.more", n=1970) in [text.value for text in window.markdown]
    assert "1.970" in SAY("cases.more", n=1970)
    assert looks_for(window, "casus 1234") == ["Casus 1234"]
    assert not [text for text in window.markdown if text.value.startswith("en nog")]


def test_what_was_looked_for_stays_when_one_comes_back_from_a_case(organiser: Guest) -> None:
    window = organiser.opens("cases")
    looks_for(window, "huis moeder")
    sound(window.selectbox(key="cases_domain").select("inkomen").run())
    before = listed(window)
    press(window, "**De erfenis die later kwam**")
    assert headings(window) == ["De erfenis die later kwam"]
    press(window, SAY("cases.back"))
    assert window.text_input(key="cases_words").value == "huis moeder"
    assert listed(window) == before


# ---- reading ----


def test_a_case_is_shown_with_all_that_belongs_to_it(guest: Guest, meeting: Meeting) -> None:
    window = reads(guest.holds(meeting.key(Seat.FACILITATOR)), CASE)
    case = guest.house.library.cases[CASE]
    assert headings(window) == [case.title]
    shown = texts(window)
    for words in (*case.situation.split("\n\n"), *case.guidance, *(twist.text for twist in case.twists)):
        assert words in shown
    for rule in case.rules:
        assert rule.text in shown
        assert rule.room in shown
    for seat in case.perspectives:
        assert seat.text in shown
    assert any(caption.startswith(r"Yara \(17\), inwoner, mbo\-student · Tom") for caption in captions(window))
    unchecked = f"{SAY('law_note', date='1 februari 2026')} {SAY('cases.unchecked')}"
    assert captions(window).count(unchecked) == len(case.rules)
    assert any(SAY("cases.file", file=f"casussen/{CASE}.yaml") in caption for caption in captions(window))
    assert {SAY("cases.room_sees"), SAY("cases.you_see"), SAY("cases.room_sees_later")} <= set(captions(window))


def test_every_case_that_ships_can_be_opened_in_both_languages(guest: Guest, meeting: Meeting) -> None:
    guest.holds(meeting.key(Seat.ORGANISER))
    for lang in ("nl", "en"):
        for case in guest.house.library.cases.values():
            assert headings(reads(guest.speaks(lang), case.id)) == [case.title]


def test_what_a_file_says_is_shown_as_it_is_written(opened: Callable[[], Guest], files: Path) -> None:
    (files / "a-paul.yaml").write_text(MARKED, "utf-8")
    guest = opened()
    assert "De \\*ster\\* \\<b\\>van\\</b\\> Paul" in listed(guest.opens("cases"))
    window = reads(guest, "a-paul")
    assert headings(window) == [r"De \*ster\* \<b\>van\</b\> Paul"]
    assert {"Paul zegt: 'Ik **blijf** <i>hier</i>.'", "# geen kop", "<b>Weg</b>"} <= set(texts(window))
    assert {r"Artikel 31 \*lid\* 2", r"Een \*wending\*"} <= {one.label for one in window.expander}
    assert any(r"M\. de\_Vries\_" in caption for caption in captions(window))


def test_a_name_on_a_card_that_was_not_checked_does_not_say_that_it_was(
    opened: Callable[[], Guest], files: Path
) -> None:
    (files / "a-paul.yaml").write_text(MARKED.replace("status: gecontroleerd", "status: niet gecontroleerd"), "utf-8")
    window = reads(opened(), "a-paul")
    assert any(SAY("cases.unchecked") in caption for caption in captions(window))
    assert "Vries" not in sent(window)


def test_a_case_can_be_taken_out_as_a_file_whatever_its_version(
    organiser: Guest, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: dict[str, Any] = {}
    real = st.download_button

    def watched(label: str, data: Any, **more: Any) -> bool:
        taken[more["file_name"]] = data
        return real(label, data, **more)

    monkeypatch.setattr(st, "download_button", watched)
    pick = shelf.saves()
    reads(organiser, CASE)
    reads(organiser, pick.case_id)
    own = case_like().model_copy(update={"id": pick.case_id})
    files = {name: data for name, data in taken.items() if name.endswith(".yaml")}
    assert files == {f"{CASE}.yaml": as_yaml(shelf.library.cases[CASE]), f"{pick.case_id}.yaml": as_yaml(own)}
    for kind in ("cases", "perspectives", "rules", "twists"):
        assert taken[f"laveren-{CASE}-{kind}.pdf"]().startswith(b"%PDF"), "and on paper, when somebody asks for it"


def test_a_case_that_is_not_there_says_so(organiser: Guest) -> None:
    for id in ("bestaat-niet", "<b>", "é" * 300):
        window = reads(organiser, id)
        assert [info.value for info in window.info] == [SAY("cases.unknown")]
        press(window, SAY("cases.back"))
        assert listed(window)


def test_a_broken_file_says_what_is_wrong_and_the_others_work(opened: Callable[[], Guest], files: Path) -> None:
    (files / "kapot.yaml").write_text("titel: Kapot\npersonen: [\n", "utf-8")
    whole = (files / "tot-mijn-diploma.yaml").read_text("utf-8")
    (files / "zonder-titel.yaml").write_text(whole.replace("titel: Tot", "naam: Tot", 1), "utf-8")
    window = opened().opens("cases")
    said = [text.value for text in window.expander[0].text]
    assert window.expander[0].label == SAY("cases.faults", n=len(said))
    assert window.expander[0].proto.expanded
    assert any(line.startswith("kapot.yaml:") or "/kapot.yaml:" in line for line in said)
    assert any("zonder-titel.yaml:" in line and "titel" in line for line in said)
    assert SAY("cases.faults_hint") in sent(window)
    assert listed(window) == ["De bus voor de deur", "Tot mijn diploma"]


def test_a_folder_without_cases_says_so(opened: Callable[[], Guest], files: Path) -> None:
    for file in files.iterdir():
        file.unlink()
    window = opened().opens("cases")
    assert [info.value for info in window.info] == [SAY("cases.none")]
    assert listed(window) == []


# ---- who may what ----


def test_a_facilitator_reads_what_can_be_chosen_and_nothing_more(guest: Guest, meeting: Meeting, shelf: Shelf) -> None:
    pick = shelf.publishes(titel="In gebruik")
    shelf.saves(pick.case_id, 1, titel="Alleen voor ons")
    shelf.saves(titel="Ook alleen voor ons", origin=Origin.PRACTICE)
    guest.holds(meeting.key(Seat.FACILITATOR))
    window = guest.opens("cases")
    assert "In gebruik" in listed(window)
    assert "lleen voor ons" not in sent(window)
    assert not says(window, SAY("cases.new"))
    assert not window.get("file_uploader")
    for id, number in ((pick.case_id, None), (pick.case_id, 2), ("ook-alleen-voor-ons", 1)):
        window = reads(guest, id, number)
        assert "lleen voor ons" not in sent(window)
        assert {one.label for one in window.button} == {SAY("cases.back")}


def test_in_english_the_page_speaks_english(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.saves(origin=Origin.PRACTICE, remarks={"workshop": "K7M4PX", "changed": ["naam"]})
    organiser.speaks("en")
    window = reads(organiser, pick.case_id)
    assert "Changed: name" in texts(window)
    press(window, "Change")
    assert headings(window) == ["Change a case"]
    assert SAY("cases.form.save") not in sent(window)
