"""Casussen: each case whole, and what is wrong with a file that does not work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from laveren.house import House, open_house
from laveren.settings import ROOT, Settings
from laveren.workshop.rights import Seat
from tests.meeting import Meeting
from tests.ui.conftest import receive
from tests.ui.visiting import SAY, Guest, sent, sound

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
    kaarttekst: "Ruimte: `kijk` hier."
    status: gecontroleerd
    gecontroleerd_door: "M. de_Vries_"
perspectieven: [Paul]
begeleiding: ["Vraag *door*."]
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with two of the cases that ship."""
    folder = tmp_path / "casussen"
    folder.mkdir()
    for name in ("de-bus-voor-de-deur", "tot-mijn-diploma"):
        shutil.copy(ROOT / f"casussen/{name}.yaml", folder)
    return folder


@pytest.fixture
def opened(tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Guest]]:
    """`opened()` opens a house with the cases of that folder, for its organiser."""
    houses: list[House] = []

    def open_it() -> Guest:
        houses.append(open_house(Settings(data=tmp_path / "data", url=None, cases=shelf)))
        return receive(houses[-1], monkeypatch).holds(houses[-1].keys.make(Seat.ORGANISER))

    yield open_it
    for house in houses:
        house.store.close()


def test_a_case_is_shown_with_all_that_belongs_to_it(guest: Guest, meeting: Meeting) -> None:
    guest.holds(meeting.key(Seat.FACILITATOR))
    window = guest.opens("cases")
    case = guest.house.library.cases["tot-mijn-diploma"]
    sound(window.selectbox[0].select(case.id).run())
    assert [header.value for header in window.header] == [case.title]
    texts = [text.value for text in window.text]
    for words in (*case.guidance, *(rule.text for rule in case.rules), *(twist.text for twist in case.twists)):
        assert words in texts
    assert SAY("screen.persons", name="Yara", age=17, role="inwoner, mbo-student") in texts
    assert " · ".join(case.perspectives) in texts
    assert [caption.value for caption in window.caption].count(SAY("cases.unchecked")) == len(case.rules)
    assert SAY("law_note", date="1 februari 2026") in [caption.value for caption in window.caption]
    assert SAY("cases.file", file="casussen/tot-mijn-diploma.yaml") in [caption.value for caption in window.caption]


def test_every_case_that_ships_can_be_opened_in_both_languages(guest: Guest, meeting: Meeting) -> None:
    guest.holds(meeting.key(Seat.ORGANISER))
    for lang in ("nl", "en"):
        window = guest.speaks(lang).opens("cases")
        for case in guest.house.library.cases.values():
            sound(window.selectbox[0].select(case.id).run())
            assert [header.value for header in window.header] == [case.title]
        assert not window.expander or SAY("cases.faults_hint") not in sent(window)


def test_a_broken_file_says_what_is_wrong_and_the_others_work(opened: Callable[[], Guest], shelf: Path) -> None:
    (shelf / "kapot.yaml").write_text("titel: Kapot\npersonen: [\n", "utf-8")
    whole = (shelf / "tot-mijn-diploma.yaml").read_text("utf-8")
    (shelf / "zonder-titel.yaml").write_text(whole.replace("titel: Tot", "naam: Tot", 1), "utf-8")
    guest = opened()
    window = guest.opens("cases")
    said = [text.value for text in window.expander[0].text]
    assert window.expander[0].label == SAY("cases.faults", n=len(said))
    assert window.expander[0].proto.expanded
    assert any(line.startswith("kapot.yaml:") or "/kapot.yaml:" in line for line in said)
    assert any("zonder-titel.yaml:" in line and "titel" in line for line in said)
    assert SAY("cases.faults_hint") in sent(window)
    assert list(window.selectbox[0].options) == ["De bus voor de deur", "Tot mijn diploma"]
    sound(window.selectbox[0].select("tot-mijn-diploma").run())
    assert [header.value for header in window.header] == ["Tot mijn diploma"]
    assert not list(guest.opens("workshops").exception)


def test_a_folder_without_cases_says_so(opened: Callable[[], Guest], shelf: Path) -> None:
    for file in shelf.iterdir():
        file.unlink()
    window = opened().opens("cases")
    assert [info.value for info in window.info] == [SAY("cases.none")]
    assert not window.selectbox


def test_what_a_file_says_is_shown_as_it_is_written(opened: Callable[[], Guest], shelf: Path) -> None:
    (shelf / "a-paul.yaml").write_text(MARKED, "utf-8")
    window = opened().opens("cases")
    assert not window.expander, "the file is whole"
    sound(window.selectbox[0].select("a-paul").run())
    assert [header.value for header in window.header] == [r"De \*ster\* \<b\>van\</b\> Paul"]
    assert "Paul zegt: 'Ik **blijf** <i>hier</i>.'" in [text.value for text in window.text]
    assert "# geen kop" in [text.value for text in window.text]
    assert r"**Artikel 31 \*lid\* 2**" in [text.value for text in window.markdown]
    assert any(r"M\. de\_Vries\_" in caption.value for caption in window.caption)
