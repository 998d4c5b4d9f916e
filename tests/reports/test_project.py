"""What goes out to programs of analysts: texts of enough people, a person's codings, and no more than may be told."""

from __future__ import annotations

from itertools import pairwise

from laveren.analysis.selecting import Basis, Filters, narrow
from laveren.content.codebook import Codebook
from laveren.house import House
from laveren.reports.project import documents, passages
from laveren.reports.refi import Source
from laveren.texts import reader
from laveren.workshop.coding import Coded, code_answer
from laveren.workshop.suggesting import suggest_here
from tests.meeting import Kept, Meeting, make_meeting

SAY = reader("nl")
HINDRANCE = "1.hindernis"


def written(meeting: Meeting, people: int, text: str = "De wachttijd is te lang") -> list[Kept]:
    meeting.go_to("hindernis")
    return [meeting.someone().gives(HINDRANCE, f"{text} {n}", source="keten") for n in range(people)]


def taken(house: House, codebook: Codebook | None = None, basis: Basis = "suggested") -> list[Source]:
    answers = narrow(house.records, Filters(), basis)
    with house.store.read() as connection:
        return passages(connection, answers, codebook or house.library.codebook, SAY)


def coded(house: House, card: Kept, *themes: str, coder: int = 1, memo: str = "", based_on: int = 0) -> None:
    item = Coded(house.library, card.id, coder, 1, themes, (), memo, based_on)
    house.store.writer.write(code_answer, item)


def test_a_document_is_a_workshop_and_a_case_with_enough_people(house: House) -> None:
    written(make_meeting(house, title="De grote"), 6)
    written(make_meeting(house, title="De kleine"), 4)
    (document,) = taken(house)
    assert document.title.startswith("De grote · ")
    assert house.library.cases["tot-mijn-diploma"].title in document.title
    assert sorted(passage.text for passage in document.passages)[0] == "De wachttijd is te lang 0"
    assert len(document.passages) == 6


def test_what_a_moderator_kept_off_the_screen_is_in_no_document(meeting: Meeting) -> None:
    cards = written(meeting, 7)
    meeting.moderate("hide", cards[0].id)
    (document,) = taken(meeting.house)
    assert cards[0].id not in {passage.id for passage in document.passages}
    assert len(document.passages) == 6


def test_the_order_of_the_texts_does_not_tell_which_are_of_one_person(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    whose: dict[str, int] = {}
    for n in range(12):
        one = meeting.someone()
        whose |= {one.gives(HINDRANCE, f"kaart {n}, {again}", source="wet").id: n for again in range(3)}
    (document,) = taken(meeting.house)
    order = [whose[passage.id] for passage in document.passages]
    alone = sum(one != other for one, other in pairwise(order))
    assert len(order) == 36
    assert alone > 18, "grouped by person it would change eleven times"


def test_nothing_of_too_few_people_goes_out(meeting: Meeting) -> None:
    cards = written(meeting, 5)
    assert len(documents(narrow(meeting.house.records, Filters()))) == 1
    meeting.moderate("hide", cards[0].id)
    assert documents(narrow(meeting.house.records, Filters())) == []


def test_a_persons_codings_and_the_words_suggestions_are_apart(meeting: Meeting) -> None:
    house, cards = meeting.house, written(meeting, 5)
    suggest_here(house.store, house.library.codebook)
    coded(house, cards[0], "mandaat", memo="Gaat over wie beslist")
    coded(house, cards[0], "regie", coder=2)
    (document,) = taken(house)
    one, *others = sorted(document.passages, key=lambda passage: passage.text)
    assert [(coding.theme, coding.coder) for coding in one.codings] == [
        ("mandaat", SAY("exports.coder", n=1)),
        ("regie", SAY("exports.coder", n=2)),
    ]
    assert one.memo == "Gaat over wie beslist"
    assert all(list(passage.suggested) == ["wachttijd"] for passage in [one, *others])
    assert not any(passage.codings for passage in others)


def test_only_the_newest_coding_of_the_words_as_they_are_now_goes_out(meeting: Meeting) -> None:
    house, cards = meeting.house, written(meeting, 5)
    coded(house, cards[0], "mandaat")
    coded(house, cards[0], "regie", based_on=1)
    (document,) = taken(house)
    assert [coding.theme for passage in document.passages for coding in passage.codings] == ["regie"]


def test_a_merged_theme_goes_out_as_the_one_it_went_into_and_a_retired_one_as_a_memo(meeting: Meeting) -> None:
    house, cards = meeting.house, written(meeting, 5)
    coded(house, cards[0], "mandaat")
    coded(house, cards[1], "regie")
    data = house.library.codebook.model_dump(by_alias=True)
    for theme in data["themas"]:
        if theme["id"] == "mandaat":
            theme |= {"vervallen": True, "opgegaan_in": ["caseload"]}
        if theme["id"] == "regie":
            theme |= {"vervallen": True}
    (document,) = taken(house, Codebook.model_validate(data))
    one, other, *_ = sorted(document.passages, key=lambda passage: passage.text)
    assert [coding.theme for coding in one.codings] == ["caseload"]
    assert (list(other.codings), other.memo) == ([], SAY("exports.was_coded", theme="regie"))
