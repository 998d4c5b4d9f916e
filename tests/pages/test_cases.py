"""Casussen: finding a case, reading it, writing one, and every step of a version; and files with faults."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from laveren.content.library import Library
from laveren.content.writing import as_data, as_yaml
from laveren.house import House, open_house
from laveren.settings import ROOT, Settings
from laveren.store import tables
from laveren.ui.cases import AT_ONCE
from laveren.workshop.rights import Seat
from laveren.workshop.shelf import Origin, Pick, Standing
from tests.meeting import CASE, Meeting, furnished
from tests.shelf import OWN, Shelf, case_like
from tests.ui.conftest import receive
from tests.ui.visiting import SAY, Guest, press, says, sent, sound, toasts

MARKED = """\
titel: "De *ster* <b>van</b> Paul"
peildatum: 2026-02-01
fictief: ja
personen:
  - {naam: Paul, rol: "inwoner_met_streepjes"}
situatie: |
  Paul zegt: 'Ik **blijf** <i>hier</i>.'

  # geen kop
domeinen: [wonen]
regels:
  - artikel: "Artikel 31 *lid* 2"
    kaarttekst: "Lees: `kijk` hier."
    status: gecontroleerd
    gecontroleerd_door: "M. de_Vries_"
perspectieven: [Paul]
begeleiding: ["Vraag *door*."]
wendingen: [{titel: "Een *wending*", tekst: "<b>Weg</b>"}]
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two of the cases that ship."""
    folder = tmp_path / "casussen"
    folder.mkdir()
    for name in ("de-bus-voor-de-deur", "tot-mijn-diploma"):
        shutil.copy(ROOT / f"casussen/{name}.yaml", folder)
    return folder


@pytest.fixture
def opened(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Guest]]:
    """`opened()` opens a house with the cases of that folder, for its organiser."""
    houses: list[House] = []

    def open_it() -> Guest:
        houses.append(open_house(Settings(data=tmp_path / "data", url=None, cases=files)))
        return receive(houses[-1], monkeypatch).holds(houses[-1].keys.make(Seat.ORGANISER))

    yield open_it
    for house in houses:
        house.store.close()


@pytest.fixture
def organiser(guest: Guest) -> Guest:
    return guest.holds(guest.house.keys.make(Seat.ORGANISER))


@pytest.fixture
def shelf(guest: Guest) -> Shelf:
    return Shelf(guest.house)


def reads(guest: Guest, id: str, number: int | None = None) -> AppTest:
    """One case, as its address opens it."""
    window = guest.opens("cases")
    window.query_params["casus"] = id
    if number:
        window.query_params["versie"] = str(number)
    return sound(window.run())


def listed(window: AppTest) -> list[str]:
    """The titles in the list."""
    return [one.label.strip("*") for one in window.button if str(one.key).startswith("open_")]


def looks_for(window: AppTest, words: str) -> list[str]:
    window.text_input(key="cases_words").input(words)
    return listed(sound(window.run()))


def texts(window: AppTest) -> list[str]:
    return [text.value for text in window.text]


def captions(window: AppTest) -> list[str]:
    return [caption.value for caption in window.caption]


def headings(window: AppTest) -> list[str]:
    return [title.value for title in window.title]


def field(window: AppTest, label: str, nth: int = 0) -> Any:
    """The field of the form with this label; `nth` of those that have it."""
    kinds = (window.text_input, window.text_area, window.number_input, window.date_input, window.checkbox,
             window.multiselect)  # fmt: skip
    return [one for kind in kinds for one in kind if one.label == label][nth]


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


# ---- writing ----


def writes(window: AppTest, label: str, value: Any, nth: int = 0) -> None:
    """Fills in one field."""
    found = field(window, label, nth)
    found.set_value(value)
    sound(window.run())


def adds(window: AppTest, part: str) -> None:
    press(window, SAY(f"cases.form.add_{part}"))


def saves(window: AppTest) -> AppTest:
    return press(window, SAY("cases.form.save"))


def test_a_whole_case_is_written_and_published_in_the_browser(organiser: Guest, shelf: Shelf) -> None:
    window = organiser.opens("cases")
    press(window, SAY("cases.new"))
    part = {name: SAY(f"cases.part.{name}") for name in ("titel", "peildatum")}
    writes(window, part["titel"], "De trap")
    writes(window, part["peildatum"], date(2026, 3, 1))
    writes(window, SAY("cases.form.name"), "Ans")
    writes(window, SAY("cases.form.age"), 71)
    writes(window, SAY("cases.form.role"), "inwoner")
    adds(window, "personen")
    writes(window, SAY("cases.form.name"), "Bo", 1)
    writes(window, SAY("cases.form.role"), "buurvrouw", 1)
    writes(window, SAY("cases.form.story"), "Ans woont\nop drie hoog.\n\nDe lift is stuk.")
    field(window, SAY("cases.domains")).set_value(["wonen", "netwerk"]).run()
    adds(window, "regels")
    for name, value in {"artikel": "Awb 3:4", "kaarttekst": "Weeg af.", "ruimte": "Je mag kiezen.",
                        "peildatum": date(2026, 2, 1), "gecontroleerd_door": "M. de Vries"}.items():  # fmt: skip
        writes(window, SAY(f"cases.form.regels.{name}"), value)
    adds(window, "perspectieven")
    adds(window, "perspectieven")
    writes(window, SAY("cases.form.perspectieven.naam"), "Ans")
    writes(window, SAY("cases.form.perspectieven.naam"), "verhuurder", 1)
    writes(window, SAY("cases.form.perspectieven.tekst"), "Ik wacht op onderdelen.", 1)
    adds(window, "begeleiding")
    writes(window, SAY("cases.form.begeleiding.tekst"), "Wie heeft de sleutel?")
    adds(window, "wendingen")
    writes(window, SAY("cases.form.wendingen.titel"), "Ans valt")
    writes(window, SAY("cases.form.wendingen.tekst"), "Ans valt van de trap.")
    field(window, SAY("cases.form.made_up")).check().run()
    saves(window)
    assert headings(window) == ["De trap"]
    assert SAY("cases.saved", n=1) in toasts(window)
    (version,) = shelf.versions("de-trap")
    assert (version.status, version.origin) == (Standing.DRAFT, Origin.BROWSER)
    assert version.content == {
        "titel": "De trap", "peildatum": "2026-03-01", "fictief": True,
        "personen": [{"naam": "Ans", "leeftijd": 71, "rol": "inwoner"}, {"naam": "Bo", "rol": "buurvrouw"}],
        "situatie": "Ans woont op drie hoog.\n\nDe lift is stuk.", "domeinen": ["wonen", "netwerk"],
        "regels": [{"artikel": "Awb 3:4", "kaarttekst": "Weeg af.", "ruimte": "Je mag kiezen.",
                    "peildatum": "2026-02-01", "status": "gecontroleerd", "gecontroleerd_door": "M. de Vries"}],
        "perspectieven": [{"naam": "Ans"}, {"naam": "verhuurder", "tekst": "Ik wacht op onderdelen."}],
        "begeleiding": ["Wie heeft de sleutel?"],
        "wendingen": [{"titel": "Ans valt", "tekst": "Ans valt van de trap."}],
    }  # fmt: skip
    press(window, SAY("cases.step.nagelezen"))
    press(window, SAY("cases.step.gepubliceerd"))
    assert shelf.library.cases["de-trap"].title == "De trap"
    press(window, SAY("cases.back"))
    assert "De trap" in listed(window)


def test_a_case_opened_to_change_and_saved_as_it_is_says_the_same(organiser: Guest, shelf: Shelf) -> None:
    for id, case in shelf.library.base.cases.items():
        window = reads(organiser, id)
        press(window, SAY("cases.edit"))
        saves(window)
        (version,) = shelf.versions(id)
        assert version.content == as_data(case)


def test_what_is_wrong_is_said_in_the_words_of_check_and_nothing_typed_is_lost(organiser: Guest, shelf: Shelf) -> None:
    window = organiser.opens("cases")
    press(window, SAY("cases.new"))
    writes(window, SAY("cases.form.story"), "Een verhaal dat al af is.")
    writes(window, SAY("cases.form.name"), "Ans")
    adds(window, "regels")
    writes(window, SAY("cases.form.regels.kaarttekst"), "Kaart zonder artikel.")
    saves(window)
    said = [text.value.removeprefix(":red[:material/error: ").removesuffix("]") for text in window.markdown]
    empty = r"is leeg\. Hier hoort een tekst"
    for problem in (empty, f"Rol in het verhaal: {empty}".replace(":", r"\:", 1), SAY("cases.form.no_domeinen"),
                    SAY("cases.form.no_fictief")):  # fmt: skip
        assert problem.replace(".", r"\.") in said or problem in said, problem
    assert [error.value for error in window.error] == [SAY("cases.form.faults", n=5)]
    assert "Regels met ruimte 1 artikel: is leeg. Hier hoort een tekst" in texts(window)
    assert field(window, SAY("cases.form.story")).value == "Een verhaal dat al af is."
    assert field(window, SAY("cases.form.regels.kaarttekst")).value == "Kaart zonder artikel."
    assert shelf.drafts == []
    assert rules_stand_open(window)
    writes(window, SAY("cases.form.regels.artikel"), "Awb 3:4")
    assert [error.value for error in window.error] == [SAY("cases.form.faults", n=4)], "what was mended is not told"
    assert rules_stand_open(window), "nor does it fold under who mends it"


def rules_stand_open(window: AppTest) -> bool:
    (rules,) = [one for one in window.expander if SAY("cases.part.regels") in one.label]
    return bool(rules.proto.expanded)


def test_fiction_must_be_ticked(organiser: Guest, shelf: Shelf) -> None:
    window = reads(organiser, CASE)
    press(window, SAY("cases.edit"))
    field(window, SAY("cases.form.made_up")).uncheck().run()
    saves(window)
    assert shelf.versions(CASE) == []
    assert any(SAY("cases.form.no_fictief").replace(".", r"\.") in text.value for text in window.markdown)


def test_who_a_case_is_about_is_asked_by_name_and_role(organiser: Guest) -> None:
    window = organiser.opens("cases")
    press(window, SAY("cases.new"))
    saves(window)
    assert {f"{SAY('cases.part.personen')} 1 {name}: is leeg. Hier hoort een tekst" for name in ("naam", "rol")} <= set(
        texts(window)
    )


def test_changing_a_case_does_not_say_that_a_card_was_checked(opened: Callable[[], Guest], files: Path) -> None:
    (files / "a-paul.yaml").write_text(MARKED.replace("status: gecontroleerd", "status: niet gecontroleerd"), "utf-8")
    guest = opened()
    window = reads(guest, "a-paul")
    press(window, SAY("cases.edit"))
    saves(window)
    (card,) = Shelf(guest.house).versions("a-paul")[0].content["regels"]
    assert card["status"] == "niet gecontroleerd"


def test_rows_come_and_go_and_an_empty_row_is_no_row(organiser: Guest, shelf: Shelf) -> None:
    window = reads(organiser, CASE)
    press(window, SAY("cases.edit"))
    adds(window, "wendingen")
    adds(window, "personen")
    writes(window, SAY("cases.form.name"), "Marieke", 2)
    writes(window, SAY("cases.form.role"), "tante", 2)
    away = [one for one in window.button if one.label == SAY("cases.form.remove") and "personen" in str(one.key)]
    sound(away[1].click().run())
    saves(window)
    content = shelf.versions(CASE)[0].content
    assert [person["naam"] for person in content["personen"]] == ["Yara", "Marieke"]
    assert len(content["wendingen"]) == len(shelf.library.base.cases[CASE].twists)


def test_what_was_typed_stays_when_one_looks_at_another_page(organiser: Guest) -> None:
    window = organiser.opens("cases")
    press(window, SAY("cases.new"))
    writes(window, SAY("cases.part.titel"), "Half af")
    adds(window, "begeleiding")
    writes(window, SAY("cases.form.begeleiding.tekst"), "Een halve tip")
    sound(window.switch_page("../../pages/home.py").run())
    sound(window.switch_page("../../pages/cases.py").run())
    assert field(window, SAY("cases.part.titel")).value == "Half af"
    assert field(window, SAY("cases.form.begeleiding.tekst")).value == "Een halve tip"
    press(window, SAY("cases.form.stop_yes"))
    assert listed(window)
    press(window, SAY("cases.new"))
    assert field(window, SAY("cases.part.titel")).value == ""


def test_who_saves_over_somebody_elses_version_is_told_and_may_choose(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.saves()
    window = reads(organiser, pick.case_id)
    press(window, SAY("cases.edit"))
    writes(window, SAY("cases.part.titel"), "Van mij")
    shelf.saves(pick.case_id, 1, titel="Van een ander")
    saves(window)
    assert SAY("refused.case_moved_on", n=2) in [error.value for error in window.error]
    assert [warning.value for warning in window.warning] == [SAY("cases.moved_on", n=2)]
    assert field(window, SAY("cases.part.titel")).value == "Van mij"
    assert {"Van een ander", "Van mij"} <= set(texts(window)), "what is different is shown"
    assert shelf.versions(pick.case_id)[0].content["titel"] == "Van een ander"
    press(window, SAY("cases.mine_wins"))
    saves(window)
    assert [one.content["titel"] for one in shelf.versions(pick.case_id)][:2] == ["Van mij", "Van een ander"]


def test_markup_in_what_is_typed_stays_what_it_is(organiser: Guest) -> None:
    window = organiser.opens("cases")
    press(window, SAY("cases.new"))
    writes(window, SAY("cases.part.titel"), "**Vet** <b>x</b> :red[y]")
    writes(window, SAY("cases.form.name"), "$x$")
    writes(window, SAY("cases.form.role"), "r")
    writes(window, SAY("cases.form.story"), "# kop\x07")
    field(window, SAY("cases.domains")).set_value(["wonen"]).run()
    field(window, SAY("cases.form.made_up")).check().run()
    saves(window)
    assert headings(window) == [r"\*\*Vet\*\* \<b\>x\</b\> \:red\[y\]"]
    assert "# kop" in texts(window)


# ---- versions ----


def test_each_version_says_what_it_changed_when_and_how_it_stands(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.publishes(titel="Oud")
    shelf.steps(shelf.saves(pick.case_id, 1, titel="Nieuw"), Standing.CHECKED, Standing.PUBLISHED)
    shelf.saves(pick.case_id, 2, titel="Nieuwst")
    with shelf.house.store.engine.begin() as connection:
        connection.execute(update(tables.case_version).values(at=1_795_305_600.0))  # 22 november 2026, noon
    window = reads(organiser, pick.case_id)
    assert headings(window) == ["Nieuw"], "what can be chosen is shown first"
    assert [one.label for one in window.expander if one.label.startswith("versie")] == [
        "versie 3, 22 november 2026, concept",
        "versie 2, 22 november 2026, gepubliceerd",
        "versie 1, 22 november 2026, ingetrokken",
    ]
    second = next(one for one in window.expander if one.label.startswith("versie 2"))
    assert [text.value for text in second.text] == ["Oud", "Nieuw"]
    assert [text.value for text in second.markdown] == [f"**{SAY('cases.part.titel')}**"]
    assert any("versie 3, 22 november 2026, concept" in text.value for text in window.markdown)


def test_a_changed_case_that_ships_says_that_it_goes_before_its_file_and_what_is_different(
    organiser: Guest, shelf: Shelf
) -> None:
    window = reads(organiser, CASE)
    press(window, SAY("cases.edit"))
    writes(window, SAY("cases.part.titel"), "Tot mijn papiertje")
    saves(window)
    assert SAY("cases.in_use", version=SAY("cases.the_file")) in captions(window)
    press(window, SAY("cases.step.nagelezen"))
    press(window, SAY("cases.step.gepubliceerd"))
    assert SAY("cases.before_file", file=f"casussen/{CASE}.yaml") in captions(window)
    assert any(caption.startswith(SAY("cases.origin.gewijzigd")) for caption in captions(window))
    assert {"Tot mijn diploma", "Tot mijn papiertje"} <= set(texts(window))
    press(window, SAY("cases.withdraw"))
    assert shelf.library.cases[CASE].title == "Tot mijn diploma"


def test_an_older_version_can_be_looked_at_and_brought_back(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.publishes(titel="Oud")
    shelf.steps(shelf.saves(pick.case_id, 1, titel="Nieuw"), Standing.CHECKED, Standing.PUBLISHED)
    window = reads(organiser, pick.case_id, 1)
    assert headings(window) == ["Oud"]
    assert not says(window, SAY("cases.step.nagelezen"))
    press(window, SAY("cases.bring_back"))
    assert shelf.drafts == [Pick(pick.case_id, 3)]
    assert headings(window) == ["Oud"]
    assert says(window, SAY("cases.step.nagelezen"))


def test_only_the_newest_version_can_go_a_step_on(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.saves()
    shelf.saves(pick.case_id, 1)
    assert not says(reads(organiser, pick.case_id, 1), SAY("cases.step.nagelezen"))
    assert says(reads(organiser, pick.case_id, 2), SAY("cases.step.nagelezen"))


def test_a_step_that_somebody_else_took_first_is_said_and_not_done_twice(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.saves()
    window = reads(organiser, pick.case_id)
    shelf.steps(pick, Standing.CHECKED)
    press(window, SAY("cases.step.nagelezen"))
    assert toasts(window) == [SAY("refused.case_not_in_this_state")]
    assert says(window, SAY("cases.step.gepubliceerd"))
    assert shelf.statuses(pick.case_id) == [Standing.CHECKED]


def test_what_is_put_away_can_be_found_and_brought_back(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.saves()
    window = reads(organiser, pick.case_id)
    press(window, SAY("cases.put_away"))
    assert shelf.drafts == []
    press(window, SAY("cases.back"))
    sound(window.get_by_key("cases_list").set_value("away").run())
    assert listed(window) == ["Eén brief te veel"]
    press(window, "**Eén brief te veel**")
    press(window, SAY("cases.bring_back"))
    assert shelf.drafts == [Pick(pick.case_id, 2)]


def test_a_draft_that_no_longer_fits_says_why_and_can_be_mended(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.saves()
    with shelf.house.store.engine.begin() as connection:
        connection.execute(update(tables.case_version).values(content=OWN | {"domeinen": ["weg"]}))
    window = organiser.opens("cases")
    sound(window.get_by_key("cases_list").set_value("work").run())
    assert any("'weg' is geen leefgebied" in text for text in texts(window))
    press(window, f"**{pick.case_id.replace('-', chr(92) + '-')}**")
    assert any("is geen leefgebied" in error.value for error in window.error)
    press(window, SAY("cases.edit"))
    field(window, SAY("cases.domains")).set_value(["wonen"]).run()
    saves(window)
    assert shelf.versions(pick.case_id)[0].content == OWN


# ---- files ----


def takes_in(window: AppTest, name: str, data: bytes) -> None:
    window.file_uploader[0].set_value((name, data, "application/yaml"))
    sound(window.run())


def test_a_file_is_taken_in_as_a_draft(organiser: Guest, shelf: Shelf) -> None:
    window = organiser.opens("cases")
    takes_in(window, "van-ver.yaml", as_yaml(case_like()).encode())
    assert SAY("cases.take_in_new", title=r"Eén brief te veel") in [info.value for info in window.info]
    press(window, SAY("cases.take_in_go"))
    assert headings(window) == ["Eén brief te veel"]
    (version,) = shelf.versions("van-ver")
    assert (version.status, version.origin, version.content) == (Standing.DRAFT, Origin.IMPORT, OWN)
    press(window, SAY("cases.back"))
    assert not says(window, SAY("cases.take_in_go")), "once is enough"


def test_a_file_of_a_case_that_is_there_becomes_a_new_version_of_it(organiser: Guest, shelf: Shelf) -> None:
    shelf.publishes(case_id=CASE)
    window = organiser.opens("cases")
    takes_in(window, f"{CASE}.yaml", (ROOT / f"casussen/{CASE}.yaml").read_bytes())
    assert SAY("cases.take_in_known", title="Tot mijn diploma") in [info.value for info in window.info]
    press(window, SAY("cases.take_in_go"))
    assert shelf.statuses(CASE) == [Standing.DRAFT, Standing.PUBLISHED]
    assert shelf.library.cases[CASE].title == "Eén brief te veel"


def test_a_file_with_faults_says_them_all_and_is_not_taken_in(organiser: Guest, shelf: Shelf) -> None:
    window = organiser.opens("cases")
    takes_in(window, "Mijn casus (1).yaml", b"titel: x\npeildatum: gisteren\n")
    assert [error.value for error in window.error][:1] == [SAY("cases.take_in_faults", n=6)]
    said = "\n".join(texts(window))
    assert "Mijn casus (1).yaml:1: bestand: de naam 'Mijn casus (1).yaml' kan niet" in said
    assert "Mijn casus (1).yaml:2: peildatum: 'gisteren' kan hier niet" in said
    assert not says(window, SAY("cases.take_in_go"))
    takes_in(window, "a.yaml", b"\xff\xfe")
    assert any("UTF-16" in text for text in texts(window))
    assert shelf.drafts == []


# ---- from practice ----


def test_stories_from_practice_stand_first_until_they_are_read(organiser: Guest, shelf: Shelf) -> None:
    shelf.saves(titel="Eigen concept")
    remarks = {"workshop": "K7M4PX", "changed": ["naam", "leeftijd", "de *stad*"]}
    for n in range(3):
        shelf.saves(titel=f"Verteld {n}", origin=Origin.PRACTICE, remarks=remarks)
    window = organiser.opens("cases")
    assert f"**{SAY('cases.waiting', n=3)}**" in [text.value for text in window.markdown]
    assert SAY("cases.waiting", n=3) == "3 verhalen uit de praktijk wachten op lezen"
    press(window, SAY("cases.read_them"))
    assert listed(window) == ["Verteld 2", "Verteld 1", "Verteld 0", "Eigen concept"]
    press(window, "**Verteld 1**")
    assert f"**{SAY('cases.practice_from', code='K7M4PX')}**" in [text.value for text in window.markdown]
    assert SAY("cases.practice_changed", changed="naam, leeftijd, de *stad*") in texts(window)
    press(window, SAY("cases.step.nagelezen"))
    press(window, SAY("cases.back"))
    assert f"**{SAY('cases.waiting', n=2)}**" in [text.value for text in window.markdown]


def test_a_story_somebody_could_be_known_by_is_thrown_away_whole(organiser: Guest, shelf: Shelf) -> None:
    pick = shelf.saves(titel="Te herkenbaar", origin=Origin.PRACTICE)
    window = reads(organiser, pick.case_id)
    press(window, SAY("cases.throw_away_yes"))
    assert "Te herkenbaar" not in listed(window)
    assert [version.content for version in shelf.versions(pick.case_id)] == [{}]
    assert [info.value for info in reads(organiser, pick.case_id).info] == [SAY("cases.unknown")]


def test_a_case_of_ones_own_is_not_thrown_away(organiser: Guest, shelf: Shelf) -> None:
    assert not says(reads(organiser, shelf.saves().case_id), SAY("cases.throw_away_yes"))


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
