"""The codebook as it is changed in the browser: version by version, and what was coded can always be found again."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from laveren.content.checking import REST
from laveren.content.codebook import MOST_THEMES, Codebook, fingerprint
from laveren.content.writing import codebook_data
from laveren.house import House
from laveren.store import tables
from laveren.workshop.codebooks import (
    Draft,
    add,
    coded,
    merge,
    put_back,
    restore,
    retire,
    rewrite,
    split,
    take_in,
)
from laveren.workshop.refusals import Moved, NotFound, Refused
from tests.codebooks import RENT, Desk, like_rent


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def written(book: Codebook, id: str) -> dict[str, object]:
    """A theme as a file holds it."""
    (found,) = [theme for theme in codebook_data(book)["themas"] if theme["id"] == id]
    assert isinstance(found, dict)
    return found


def said(draft: Draft) -> list[tuple[str, str, str]]:
    """What is wrong: theme, field, problem."""
    return [(*draft.place(fault), fault.problem) for fault in draft.faults]


def back_to(desk: Desk, number: int) -> int:
    with desk.house.store.read() as connection:
        draft = put_back(connection, desk.book, desk.stock.base.codebook, number)
    return desk.keeps(draft, desk.stock.codebook_version)


# ---- versions ----


def test_without_a_change_the_codebook_is_the_file(desk: Desk) -> None:
    assert desk.stock.codebook is desk.stock.base.codebook
    assert desk.stock.codebook_version == 0
    assert desk.history == []


def test_each_change_is_a_version_and_the_newest_is_the_codebook(desk: Desk) -> None:
    assert desk.does(add, RENT) == 1
    assert desk.does(rewrite, "hoge-huur", like_rent(nl="Dure huizen")) == 2
    assert desk.theme("hoge-huur").nl == "Dure huizen"
    assert [(version.number, version.change["what"]) for version in desk.history] == [(2, "rewritten"), (1, "added")]
    assert desk.history[0].at >= desk.history[1].at > 0


def test_the_whole_house_hears_of_a_change(desk: Desk) -> None:
    before = desk.house.library
    desk.does(add, RENT)
    assert desk.house_hears()
    assert "hoge-huur" in {theme.id for theme in desk.house.library.codebook.themes}
    assert desk.house.library.cases == before.cases
    assert desk.stock is desk.stock, "it is not read again while nothing changes"


def test_who_changes_what_somebody_else_has_changed_is_told_and_nothing_is_written(desk: Desk) -> None:
    mine = rewrite(desk.book, "wachttijd", like_rent(nl="Van mij"))
    desk.does(add, RENT)
    for based_on in (0, 2):
        with pytest.raises(Moved) as refused:
            desk.keeps(mine, based_on)
        assert (refused.value.key, refused.value.values) == ("codebook_moved_on", {"n": 1})
    assert desk.theme("wachttijd").nl == "Wachttijd"
    assert len(desk.history) == 1


def test_a_version_that_no_longer_fits_is_told_and_the_file_is_used(desk: Desk) -> None:
    desk.does(add, RENT)
    with desk.house.store.engine.begin() as connection:
        connection.execute(update(tables.codebook_version).values(content={"themas": [{"id": "x", "nieuw": 1}]}))
        connection.execute(insert(tables.codebook_version).values(version=2, content={"x": 1}, change={}, at=0.0))
    library = desk.stock
    assert library.codebook is library.base.codebook
    assert "codeboek, versie 2:1: x: deze sleutel bestaat niet. Toegestaan: themas" in [
        str(one) for one in library.faults
    ]
    with pytest.raises(NotFound, match="version_unknown"):
        back_to(desk, 1)


# ---- one theme ----


def test_a_new_theme_comes_before_the_rest_with_an_id_from_its_name(desk: Desk) -> None:
    desk.does(add, RENT)
    desk.does(add, like_rent(woorden=["onbetaalbaar huis"]))
    assert [theme.id for theme in desk.book.themes][-3:] == ["hoge-huur", "hoge-huur-2", REST]
    assert desk.history[0].change == {"what": "added", "theme": {"nl": "Hoge huur", "en": "High rent"}}
    assert written(desk.book, "hoge-huur") == {"id": "hoge-huur", **RENT}


def test_another_name_leaves_the_suggestions_as_they_are_and_other_words_do_not(desk: Desk) -> None:
    desk.does(add, RENT)
    before = fingerprint(desk.book)
    desk.does(rewrite, "hoge-huur", like_rent(nl="Dure huizen", voorbeeld="Te duur."))
    assert fingerprint(desk.book) == before
    assert desk.history[0].change == {
        "what": "rewritten", "theme": {"nl": "Hoge huur", "en": "High rent"}, "parts": ["nl", "voorbeeld"]}  # fmt: skip
    desk.does(rewrite, "hoge-huur", like_rent(nl="Dure huizen", voorbeeld="Te duur.", woorden=["dure huur"]))
    assert fingerprint(desk.book) != before
    assert desk.history[0].change["parts"] == ["woorden"]


def test_a_word_that_another_theme_has_is_wrong_in_the_theme_that_was_changed(desk: Desk) -> None:
    first, second = desk.book.themes[0], desk.book.themes[1]
    for id, word, other in ((first.id, second.words[0], second.id), (second.id, first.words[0], first.id)):
        draft = rewrite(desk.book, id, like_rent(woorden=["nieuw", word.upper()]))
        assert draft.codebook is None
        assert [one[:2] for one in said(draft)] == [(id, "woorden[2]")]
        assert f"staat ook bij {other}" in draft.faults[0].problem


def test_all_that_is_wrong_with_a_theme_is_told_once_with_its_field(desk: Desk) -> None:
    draft = add(desk.book, {"nl": " ", "en": "", "hoort": {"nl": "", "en": ""}, "voorbeeld": "x" * 301,
                            "woorden": ["e*"], "tweede_treffer": ["*"]})  # fmt: skip
    assert draft.codebook is None
    fields = ["en", "hoort.nl", "nl", "tweede_treffer[1]", "voorbeeld", "woorden[1]"]
    assert sorted(one[:2] for one in said(draft)) == [("thema", field) for field in fields]


def test_a_theme_too_many_is_refused_in_words() -> None:
    full = [{"id": f"t{n:02}", **like_rent(woorden=[f"zomaar {n}"])} for n in range(MOST_THEMES)]
    draft = add(Codebook.model_validate({"themas": full}), RENT)
    assert draft.codebook is None
    assert [draft.place(fault) for fault in draft.faults] == [("hoge-huur", "")]
    assert "er zijn 64 thema's die niet vervallen zijn; hooguit 63" in draft.faults[0].problem


# ---- merging ----


def test_a_merged_theme_leaves_its_words_to_the_other_and_what_was_coded_counts_there(desk: Desk) -> None:
    desk.does(add, like_rent(tweede_treffer=["duur", "euro"], uitsluiten=["dure huurauto", "energie"]))
    other = like_rent(nl="Stookkosten", woorden=["energie*", "energie"], tweede_treffer=["Euro", "dure huur"],
                      uitsluiten=["energiek", "huurprijzen*"])  # fmt: skip
    desk.does(add, other)
    old = desk.theme("hoge-huur")
    desk.does(merge, "hoge-huur", "stookkosten")
    gone, kept = desk.theme("hoge-huur"), desk.theme("stookkosten")
    assert gone == old.model_copy(update={"retired": True, "into": ["stookkosten"]})
    assert kept.words == ["energie*", "energie", "huurprijzen*", "dure huur"]
    assert kept.second_hit == ["Euro", "duur"], "what counts alone for one needs no second hit for both"
    assert kept.exclude == ["energiek", "dure huurauto"], "what counts for one is not excluded by the other"
    assert desk.book.now("hoge-huur") == "stookkosten"
    assert desk.history[0].change == {
        "what": "merged", "theme": {"nl": "Hoge huur", "en": "High rent"},
        "into": [{"nl": "Stookkosten", "en": "High rent"}]}  # fmt: skip


def test_merging_asks_nothing_about_codings(desk: Desk) -> None:
    (answer,) = desk.answers(1)
    desk.codes(answer, "brieven")
    desk.does(merge, "brieven", "papierwinkel")
    desk.does(merge, "papierwinkel", "wachttijd")
    assert desk.book.now("brieven") == "wachttijd"


def test_the_rest_cannot_be_retired_merged_or_split(desk: Desk) -> None:
    for draft in (
        retire(desk.book, REST),
        merge(desk.book, REST, "wachttijd"),
        split(desk.book, REST, [RENT, like_rent(nl="B", woorden=["bb"])]),
        merge(desk.book, "wachttijd", REST),
    ):
        assert draft.codebook is None
        assert any(REST in fault.problem for fault in draft.faults)


# ---- splitting ----


def test_a_split_theme_is_retired_in_favour_of_the_new_ones_which_come_in_its_place(desk: Desk) -> None:
    theme = desk.theme("wachttijd")
    place = [one.id for one in desk.book.themes].index("wachttijd")
    parts = [
        like_rent(nl="Wachtlijst", woorden=theme.words[:3]),
        like_rent(nl="Wachtlijst", woorden=theme.words[3:]),
        like_rent(nl="Traag", woorden=["heel traag"]),
    ]
    desk.does(split, "wachttijd", parts)
    ids = ["wachtlijst", "wachtlijst-2", "traag"]
    assert [one.id for one in desk.book.themes][place : place + 4] == ["wachttijd", *ids]
    assert desk.theme("wachttijd") == theme.model_copy(update={"retired": True, "into": ids})
    assert desk.book.now("wachttijd") is None
    assert desk.history[0].change["into"] == [
        {"nl": name, "en": "High rent"} for name in ("Wachtlijst", "Wachtlijst", "Traag")
    ]


def test_the_shares_of_a_split_may_not_have_the_same_word_and_may_not_be_empty(desk: Desk) -> None:
    draft = split(desk.book, "wachttijd", [like_rent(nl="Een"), like_rent(nl="Twee"), like_rent(nl="", woorden=[])])
    assert [one[:2] for one in said(draft)] == [
        ("twee", "woorden[1]"), ("twee", "woorden[2]"), ("thema", "woorden"), ("thema", "nl")]  # fmt: skip
    assert draft.ids[-3:] == ["een", "twee", "thema"]


# ---- retiring and restoring ----


def test_a_retired_theme_can_be_restored_as_it_was(desk: Desk) -> None:
    theme = desk.theme("wachttijd")
    desk.does(retire, "wachttijd")
    assert desk.theme("wachttijd") == theme.model_copy(update={"retired": True})
    assert "wachttijd" not in {one.id for one in desk.book.living}
    content = written(desk.stock.base.codebook, "wachttijd")
    desk.does(restore, "wachttijd", content)
    assert desk.book == desk.stock.base.codebook


def test_who_restores_a_merged_theme_takes_its_words_back_wherever_they_went(desk: Desk) -> None:
    content = written(desk.book, "brieven")
    desk.does(merge, "brieven", "papierwinkel")
    desk.does(merge, "papierwinkel", "wachttijd")
    desk.does(restore, "brieven", content)
    assert desk.theme("brieven") == desk.stock.base.codebook.themes[2]
    assert not set(desk.theme("wachttijd").words) & set(desk.theme("brieven").words)
    assert set(written(desk.stock.base.codebook, "papierwinkel")["woorden"]) <= set(desk.theme("wachttijd").words)  # type: ignore[call-overload]
    assert desk.book.now("brieven") == "brieven"


def test_a_word_that_another_theme_got_meanwhile_is_said(desk: Desk) -> None:
    word = desk.theme("wachttijd").words[0]
    content = written(desk.book, "wachttijd")
    desk.does(retire, "wachttijd")
    desk.does(add, like_rent(woorden=[word]))
    draft = restore(desk.book, "wachttijd", content)
    assert said(draft) == [
        ("wachttijd", "woorden[1]",
         f"'{word}' staat ook bij hoge-huur. Laat het bij één thema, of zet het bij tweede_treffer")]  # fmt: skip


# ---- codings ----


def test_codings_are_counted_in_answers_by_the_newest_of_each_coder(desk: Desk) -> None:
    one, two, three, four = desk.answers(4)
    desk.codes(one, "regie", "taal")
    desk.codes(one, "regie", coder=2)
    desk.codes(two, "regie")
    desk.codes(two, "taal", version=2)
    desk.codes(three, "taal")
    desk.codes(three, version=2)
    desk.codes(four, "eigenxregie")
    with desk.house.store.read() as connection:
        found = {theme: coded(connection, [theme]) for theme in ("regie", "taal", "wonen", "eigen_regie")}
        assert found == {"regie": 1, "taal": 2, "wonen": 0, "eigen_regie": 0}
        assert coded(connection, ["regie", "taal"]) == 2
        assert coded(connection, []) == 0


@pytest.mark.parametrize("what", ["retire", "split", "take_in", "put_back"])
def test_codings_that_would_count_for_nothing_must_be_known_of(desk: Desk, what: str) -> None:
    desk.does(add, RENT)
    for answer in desk.answers(3):
        desk.codes(answer, "hoge-huur")
    with desk.house.store.read() as connection:
        draft = {
            "retire": lambda: retire(desk.book, "hoge-huur"),
            "split": lambda: split(desk.book, "hoge-huur", [like_rent(nl="A"), like_rent(nl="B", woorden=["bb"])]),
            "take_in": lambda: take_in(desk.book, desk.stock.base.codebook, {"what": "taken_in"}),
            "put_back": lambda: put_back(connection, desk.book, desk.stock.base.codebook, 0),
        }[what]()
    with pytest.raises(Refused) as refused:
        desk.keeps(draft, 1)
    assert (refused.value.key, refused.value.values) == ("codebook_codings", {"n": 3})
    assert len(desk.history) == 1
    assert desk.keeps(draft, 1, knowing=True) == 2
    assert desk.book.now("hoge-huur") is None
    with desk.house.store.read() as connection:
        assert coded(connection, ["hoge-huur"]) == 3, "the codings stay"


def test_codings_of_what_was_merged_before_are_counted_too_and_those_that_counted_for_nothing_are_not(
    desk: Desk,
) -> None:
    one, two = desk.answers(2)
    desk.codes(one, "brieven")
    desk.does(retire, "taal")
    desk.codes(two, "taal")
    desk.does(merge, "brieven", "papierwinkel")
    with pytest.raises(Refused) as refused:
        desk.does(retire, "papierwinkel")
    assert refused.value.values == {"n": 1}
    desk.does(retire, "regie")


# ---- whole codebooks ----


def test_a_theme_that_a_file_does_not_have_is_retired_and_the_rest_stays(desk: Desk) -> None:
    desk.does(add, RENT)
    desk.does(merge, "brieven", "hoge-huur")
    book = desk.book
    mine = Codebook.model_validate({"themas": [
        {"id": "wachttijd", **like_rent(nl="Anders", woorden=["wacht*"])},
        {"id": "regie", **{key: value for key, value in written(book, "regie").items() if key != "id"}},
        {"id": "eigen", **like_rent(woorden=["iets eigens"])},
        {"id": "brieven", **like_rent(nl="Brieven", woorden=["brief"])},
        {"id": "taal", **like_rent(nl="Taal", woorden=[], vervallen=True, opgegaan_in=["regie"])},
    ]})  # fmt: skip
    number = desk.does(take_in, mine, {"what": "taken_in"})
    assert [theme.id for theme in desk.book.living] == ["wachttijd", "regie", "eigen", "brieven", REST]
    assert {theme.id for theme in desk.book.themes} == {theme.id for theme in book.themes} | {"eigen"}
    assert desk.theme("hoge-huur").retired
    assert desk.book.now("taal") == "regie"
    assert desk.book.now("brieven") == "brieven"
    living = len(book.living)
    assert desk.history[0].change == {"what": "taken_in", "new": 1, "changed": 2, "retired": living - 3}
    assert number == 3


def test_a_file_that_is_the_codebook_changes_nothing(desk: Desk) -> None:
    draft = take_in(desk.book, desk.book, {"what": "taken_in"})
    assert draft.codebook == desk.book
    assert draft.change == {"what": "taken_in", "new": 0, "changed": 0, "retired": 0}


def test_an_older_version_comes_back_as_a_new_one_and_what_came_later_is_retired(desk: Desk) -> None:
    desk.does(rewrite, "wachttijd", like_rent(nl="Wachten", woorden=["wacht*"]))
    first = desk.book
    desk.does(add, RENT)
    desk.does(merge, "brieven", "papierwinkel")
    assert back_to(desk, 1) == 4
    assert [theme for theme in desk.book.themes if theme.id != "hoge-huur"] == first.themes
    assert desk.theme("hoge-huur").retired
    assert desk.history[0].change == {"what": "put_back", "number": 1, "new": 0, "changed": 2, "retired": 1}
    assert back_to(desk, 0) == 5
    assert desk.book.living == desk.stock.base.codebook.living
    assert back_to(desk, 3) == 6
    assert desk.book.now("brieven") == "papierwinkel"
    assert not desk.theme("hoge-huur").retired
    assert [version.number for version in desk.history] == [6, 5, 4, 3, 2, 1]


def test_a_version_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound, match="version_unknown"):
        back_to(desk, 7)
