"""Codeboek: finding a theme and changing it; merging, splitting, retiring; the history; and the codebook as a file."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from laveren.content.checking import REST
from laveren.content.codebook import Codebook
from laveren.content.writing import as_file
from laveren.store import tables
from laveren.workshop.codebooks import add, merge, retire, rewrite
from laveren.workshop.rights import Seat
from tests.codebooks import RENT, Desk, like_rent
from tests.meeting import Meeting
from tests.pages.shelving import captions, field, headings, listed, texts, writes
from tests.ui.visiting import SAY, Guest, press, says, sound, titles, toasts


@pytest.fixture
def desk(guest: Guest) -> Desk:
    return Desk(guest.house)


def part(name: str, nth: int = 0) -> tuple[str, int]:
    return SAY(f"codebook.part.{name}"), nth


def opens(guest: Guest, id: str = "", do: str = "") -> AppTest:
    """A theme, or what is done with one, as its address opens it."""
    window = guest.opens("codebook")
    for key, to in (("thema", id), ("doe", do)):
        if to:
            window.query_params[key] = to
    return sound(window.run())


def fills_in(window: AppTest, nth: int = 0, **values: str) -> None:
    for name, value in values.items():
        writes(window, SAY(f"codebook.part.{name}"), value, nth)


def saves(window: AppTest) -> AppTest:
    return press(window, SAY("codebook.save"))


def wrong(window: AppTest) -> list[str]:
    """What is said to be wrong beside the fields."""
    begin = ":red[:material/error: "
    return [
        one.value.removeprefix(begin)[:-1].replace("\\", "") for one in window.markdown if one.value.startswith(begin)
    ]


def told(window: AppTest) -> list[str]:
    return [one.value for one in (*window.info, *window.warning, *window.error)]


# ---- finding ----


def test_every_theme_is_in_the_list_with_what_belongs_and_how_many_words(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser)
    assert listed(window) == [theme.nl for theme in desk.book.themes]
    for theme in desk.book.themes:
        assert theme.belongs.nl in texts(window)
        assert SAY("codebook.words", n=len(theme.words)) in captions(window)


def test_searching_looks_at_names_definitions_and_words_and_what_a_star_finds(organiser: Guest, desk: Desk) -> None:
    desk.does(add, like_rent(woorden=["*huizenprijs", "Eénpersoonsflat*"]))
    window = opens(organiser)
    for words, names in (
        ("WACHTTIJD", ["Wachttijd"]),
        ("niemand ziet het geheel", ["Ieder zijn eigen stukje"]),
        ("eenpersoonsflatje", ["Hoge huur"]),
        ("grachtenhuizenprijs", ["Hoge huur"]),
        ("huizenprijsje", []),
    ):
        window.text_input(key="codebook_words").input(words)
        sound(window.run())
        assert listed(window) == names
    assert told(window) == [SAY("codebook.nothing_found")]


def test_retired_themes_stand_apart_with_what_became_of_them(organiser: Guest, desk: Desk) -> None:
    desk.does(retire, "regie")
    desk.does(merge, "brieven", "papierwinkel")
    window = opens(organiser)
    (away,) = [one for one in window.expander if one.label == SAY("codebook.away", n=2)]
    assert not away.proto.expanded
    assert {"**Regie**", "**Moeilijke brieven**"} == {one.label for one in away.button}
    assert [one.value for one in away.caption] == [
        SAY("codebook.fate.merged", names="Papierwinkel"), SAY("codebook.fate.retired")]  # fmt: skip


def test_a_theme_that_is_not_there_says_so(organiser: Guest) -> None:
    for id in ("bestaat-niet", "<b>", "é" * 300):
        window = opens(organiser, id)
        assert told(window) == [SAY("codebook.unknown")]
        press(window, SAY("codebook.back"))
        assert listed(window)


# ---- changing one ----


def test_a_theme_opened_and_saved_as_it_is_changes_nothing(organiser: Guest, desk: Desk) -> None:
    for theme in desk.book.themes[:3]:
        window = opens(organiser, theme.id)
        assert headings(window) == [theme.nl]
        assert field(window, *part("woorden")).value == ", ".join(theme.words)
        saves(window)
        assert toasts(window) == [SAY("codebook.same")]
    assert desk.history == []


def test_a_theme_is_made_in_the_browser_and_the_page_says_what_it_brings_about(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser)
    press(window, SAY("codebook.new"))
    fills_in(window, nl=" Hoge huur ", en="High rent", hoort="De huur is te hoog.", voorbeeld="Huurprijzen.")
    words = "huurprijzen*,, Dure  huur\n\ndure huur,"
    fills_in(window, woorden=words, tweede_treffer="duur, euro", uitsluiten="duurzaam*")
    saves(window)
    assert headings(window) == ["Hoge huur"]
    assert SAY("codebook.saved") in toasts(window)
    assert SAY("codebook.anew") in told(window)
    assert any('href="/themas"' in str(one.proto.body) for one in window.get("html"))
    theme = desk.theme("hoge-huur")
    assert (theme.words, theme.second_hit, theme.exclude) == (
        ["huurprijzen*", "Dure huur"], ["duur", "euro"], ["duurzaam*"])  # fmt: skip
    assert theme.belongs.nl == theme.belongs.en == "De huur is te hoog."
    assert theme.belongs_not is None
    assert field(window, *part("woorden")).value == "huurprijzen*, Dure huur"
    press(window, SAY("codebook.back"))
    assert "Hoge huur" in listed(window)
    press(window, SAY("codebook.new"))
    assert field(window, *part("nl")).value == "", "a new one begins empty"


def test_another_name_makes_no_suggestions_anew(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser, "wachttijd")
    fills_in(window, nl="Wachten", hoort_niet="")
    writes(window, SAY("codebook.in_english", part=SAY("codebook.part.hoort_niet")), "")
    saves(window)
    assert headings(window) == ["Wachten"]
    assert SAY("codebook.saved") in toasts(window)
    assert told(window) == []
    assert (desk.theme("wachttijd").nl, desk.theme("wachttijd").belongs_not) == ("Wachten", None)


def test_what_is_wrong_is_said_beside_the_field_in_the_words_of_check_and_nothing_typed_is_lost(
    organiser: Guest, desk: Desk
) -> None:
    taken = desk.theme("regie").words[0]
    window = opens(organiser, do="nieuw")
    fills_in(window, nl="Hoge huur", woorden=f"e*, {taken}, *")
    saves(window)
    empty = "is leeg. Hier hoort een tekst"
    assert wrong(window) == [
        empty, empty, empty,
        f"'{taken}' staat ook bij regie. Laat het bij één thema, of zet het bij tweede_treffer",
        "'e*' past op bijna alles: zet bij een * ten minste 3 letters",
        "een * staat voor letters in een woord: er moeten ook gewone letters of cijfers staan",
    ]  # fmt: skip
    assert told(window) == [SAY("codebook.faults", n=6)]
    assert f"Naam in het Engels: {empty}" in texts(window)
    assert field(window, *part("nl")).value == "Hoge huur"
    assert field(window, *part("woorden")).value == f"e*, {taken}, *"
    assert desk.history == []
    fills_in(window, woorden="huurprijzen*")
    assert wrong(window) == [empty] * 3, "what was mended is not told"
    fills_in(window, woorden="")
    assert "dit thema heeft geen woorden: er wordt nooit iets voor voorgesteld" in wrong(window)


def test_what_was_typed_stays_when_one_looks_elsewhere_and_can_be_put_back(organiser: Guest) -> None:
    window = opens(organiser, "wachttijd")
    fills_in(window, nl="Half af")
    press(window, SAY("codebook.back"))
    assert any(SAY("codebook.unsaved") in caption for caption in captions(window))
    sound(window.switch_page("../../pages/home.py").run())
    sound(window.switch_page("../../pages/codebook.py").run())
    press(window, "**Wachttijd**")
    assert field(window, *part("nl")).value == "Half af"
    assert SAY("codebook.save_first") in told(window)
    assert not says(window, SAY("codebook.retire_go"))
    press(window, SAY("codebook.stop_yes"))
    assert field(window, *part("nl")).value == "Wachttijd"
    assert says(window, SAY("codebook.retire_go"))


def test_who_changes_a_theme_that_somebody_else_changed_is_told_and_may_choose(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser, "wachttijd")
    fills_in(window, nl="Van mij")
    desk.does(rewrite, "wachttijd", like_rent(nl="Van een ander", woorden=["wacht*", "nieuw woord"]))
    saves(window)
    assert SAY("codebook.moved_on") in told(window)
    assert {"Van een ander", SAY("codebook.come", words="nieuw woord")} <= set(texts(window))
    assert field(window, *part("nl")).value == "Van mij"
    assert not says(window, SAY("codebook.save"))
    assert desk.theme("wachttijd").nl == "Van een ander"
    press(window, SAY("codebook.mine_wins"))
    saves(window)
    assert desk.theme("wachttijd").nl == "Van mij"
    assert [version.change["what"] for version in desk.history] == ["rewritten", "rewritten"]


def test_who_takes_the_text_of_somebody_else_sees_it(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser, "wachttijd")
    fills_in(window, nl="Van mij")
    desk.does(rewrite, "wachttijd", like_rent(nl="Van een ander"))
    sound(window.run())
    press(window, SAY("codebook.theirs_wins"))
    assert field(window, *part("nl")).value == "Van een ander"
    assert SAY("codebook.moved_on") not in told(window)


def test_a_change_elsewhere_in_the_codebook_is_in_nobodys_way(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser, "wachttijd")
    fills_in(window, nl="Van mij")
    desk.does(add, RENT)
    saves(window)
    assert desk.theme("wachttijd").nl == "Van mij"
    assert desk.theme("hoge-huur")


def test_markup_in_what_is_typed_stays_what_it_is(organiser: Guest, desk: Desk) -> None:
    desk.does(add, like_rent(nl="**Vet** <b>x</b> :red[y]"))
    window = opens(organiser)
    assert r"\*\*Vet\*\* \<b\>x\</b\> \:red\[y\]" in listed(window)
    press(window, r"**\*\*Vet\*\* \<b\>x\</b\> \:red\[y\]**")
    assert headings(window) == [r"\*\*Vet\*\* \<b\>x\</b\> \:red\[y\]"]


# ---- merging, splitting, retiring ----


def test_two_themes_are_merged(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser, "brieven")
    into = window.selectbox(key="into_brieven")
    assert "Overig" not in into.options
    assert "Moeilijke brieven" not in into.options
    sound(into.select("papierwinkel").run())
    press(window, SAY("codebook.merge_go", name="Papierwinkel"))
    assert headings(window) == ["Papierwinkel"]
    assert SAY("codebook.anew") in told(window)
    assert desk.book.now("brieven") == "papierwinkel"


def test_a_button_pressed_after_somebody_elses_change_does_nothing_and_says_so(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser, "wachttijd")
    desk.does(add, RENT)
    press(window, SAY("codebook.retire_go"))
    assert toasts(window) == [SAY("refused.codebook_moved_on", n=1)]
    assert not desk.theme("wachttijd").retired
    press(window, SAY("codebook.retire_go"))
    assert desk.theme("wachttijd").retired


def test_a_theme_with_codings_is_retired_only_after_a_yes(organiser: Guest, desk: Desk) -> None:
    for answer in desk.answers(2):
        desk.codes(answer, "wachttijd")
    window = opens(organiser, "wachttijd")
    press(window, SAY("codebook.retire_go"))
    assert told(window) == [SAY("refused.codebook_codings", n=2)]
    press(window, SAY("codebook.leave_it"))
    assert told(window) == []
    assert desk.history == []
    press(window, SAY("codebook.retire_go"))
    press(window, SAY("codebook.go_on"))
    assert desk.theme("wachttijd").retired
    assert SAY("codebook.restore_hint") in told(window)
    press(window, SAY("codebook.restore"))
    assert desk.book == desk.stock.base.codebook
    assert says(window, SAY("codebook.save"))


def test_a_retired_theme_that_cannot_come_back_as_it_was_says_why_and_can_be_changed(
    organiser: Guest, desk: Desk
) -> None:
    desk.does(add, RENT)
    desk.does(retire, "hoge-huur")
    desk.does(add, like_rent(nl="Dure huizen", woorden=["dure huur"]))
    window = opens(organiser, "hoge-huur")
    press(window, SAY("codebook.restore"))
    assert wrong(window) == [
        "'dure huur' staat ook bij dure-huizen. Laat het bij één thema, of zet het bij tweede_treffer"
    ]
    assert SAY("codebook.faults", n=1) in told(window)
    fills_in(window, woorden="huurprijzen*")
    press(window, SAY("codebook.restore"))
    assert desk.theme("hoge-huur").words == ["huurprijzen*"]
    assert not desk.theme("hoge-huur").retired


def test_a_theme_is_split_into_shares_of_its_words_after_a_yes(organiser: Guest, desk: Desk) -> None:
    (answer,) = desk.answers(1)
    desk.codes(answer, "wachttijd")
    theme = desk.theme("wachttijd")
    window = opens(organiser, "wachttijd")
    press(window, SAY("codebook.split_open"))
    assert headings(window) == [SAY("codebook.split_title", name="Wachttijd")]
    assert [one.value for one in window.text_area if one.label == part("woorden")[0]] == [", ".join(theme.words), ""]
    press(window, SAY("codebook.share_more"))
    assert len([one for one in window.text_area if one.label == part("woorden")[0]]) == 3
    sound([one for one in window.button if one.label == SAY("codebook.share_away")][-1].click().run())
    for nth, (name, words) in enumerate((("Wachtlijst", theme.words[1:3]), ("Traag", theme.words[3:]))):
        fills_in(window, nth, nl=name, en=name, hoort=name, voorbeeld=name, woorden=", ".join(words))
    left_over = SAY("codebook.left_over", n=1, words=theme.words[0])
    assert left_over in texts(window)
    press(window, SAY("codebook.split"))
    assert told(window) == [SAY("refused.codebook_codings", n=1)]
    press(window, SAY("codebook.go_on"))
    assert headings(window) == ["Wachttijd"]
    assert any(SAY("codebook.fate.split", names="Wachtlijst en Traag") in caption for caption in captions(window))
    assert desk.theme("wachttijd").into == ["wachtlijst", "traag"]
    assert desk.theme("traag").words == theme.words[3:]
    assert desk.theme("traag").exclude == theme.exclude


def test_the_shares_of_a_split_say_what_is_wrong_with_each(organiser: Guest, desk: Desk) -> None:
    window = opens(organiser, "wachttijd", "splitsen")
    fills_in(window, 0, nl="Een", en="One", hoort="Een", voorbeeld="Een", woorden="wacht*")
    fills_in(window, 1, nl="Twee", en="Two", hoort="Twee", voorbeeld="Twee", woorden="nieuw, wacht*")
    press(window, SAY("codebook.split"))
    assert wrong(window) == ["'wacht*' staat ook bij een. Laat het bij één thema, of zet het bij tweede_treffer"]
    assert field(window, *part("nl", 1)).value == "Twee"
    assert desk.history == []


def test_what_fits_nowhere_can_be_renamed_and_nothing_else(organiser: Guest, desk: Desk) -> None:
    for do in ("", "splitsen"):
        window = opens(organiser, REST, do)
        assert headings(window) == ["Overig"]
        assert not [one for one in window.button if one.key in ("merge", "split", "retire")]
    fills_in(window, nl="De rest")
    saves(window)
    assert desk.theme(REST).nl == "De rest"


# ---- the history ----


def test_every_change_is_told_with_the_way_back(organiser: Guest, desk: Desk) -> None:
    desk.does(add, RENT)
    desk.does(rewrite, "hoge-huur", like_rent(nl="Dure *huur*", woorden=["dure huur"]))
    desk.does(merge, "brieven", "papierwinkel")
    with desk.house.store.engine.begin() as connection:
        connection.execute(update(tables.codebook_version).values(at=1_795_305_600.0))  # 22 november 2026
    window = opens(organiser)
    lines = [text.split("\n")[1] for text in texts(window) if text.startswith("Versie ")]
    assert lines == ["Moeilijke brieven samengevoegd met Papierwinkel", "Hoge huur gewijzigd: Naam, Woorden",
                     "Hoge huur toegevoegd"]  # fmt: skip
    assert all("22 november 2026" in text for text in texts(window) if text.startswith("Versie "))
    back = [one for one in window.button if one.label == SAY("codebook.put_back")]
    assert [one.key for one in back] == ["back_2", "back_1", "back_0"], "not to the one of now"
    sound(back[1].click().run())
    assert SAY("codebook.saved") in toasts(window)
    assert SAY("codebook.anew") in told(window)
    assert desk.theme("hoge-huur").nl == "Hoge huur"
    assert not desk.theme("brieven").retired
    assert "Terug naar versie 1: 0 nieuw, 3 gewijzigd, 0 vervallen" in "\n".join(texts(window))


def test_going_back_asks_first_when_codings_would_not_count(organiser: Guest, desk: Desk) -> None:
    desk.does(add, RENT)
    for answer in desk.answers(1):
        desk.codes(answer, "hoge-huur")
    window = opens(organiser)
    sound(window.button(key="back_0").click().run())
    assert told(window) == [SAY("refused.codebook_codings", n=1)]
    press(window, SAY("codebook.go_on"))
    assert desk.theme("hoge-huur").retired


def test_of_a_long_history_the_newest_come_first_and_more_when_asked(organiser: Guest, desk: Desk) -> None:
    draft = add(desk.book, RENT)
    for number in range(32):
        desk.keeps(draft, number)
    window = opens(organiser)
    assert len([text for text in texts(window) if text.startswith("Versie ")]) == 30
    press(window, SAY("codebook.older", n=2))
    assert len([text for text in texts(window) if text.startswith("Versie ")]) == 32
    assert SAY("codebook.shipped") in texts(window)


# ---- files ----


def takes_in(window: AppTest, data: bytes) -> AppTest:
    window.file_uploader[0].set_value(("codeboek.yaml", data, "application/yaml"))
    return sound(window.run())


def test_the_codebook_goes_out_as_a_file(organiser: Guest, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: dict[str, Any] = {}
    real = st.download_button

    def watched(label: str, data: Any, file_name: str, *more: Any, **named: Any) -> bool:
        taken[file_name] = data
        return real(label, data, file_name, *more, **named)

    monkeypatch.setattr(st, "download_button", watched)
    desk.does(add, RENT)
    opens(organiser)
    assert {name: data() for name, data in taken.items()} == {"laveren-codeboek-1.yaml": as_file(desk.book)}


def test_a_file_is_taken_in_after_it_was_said_what_it_would_change(organiser: Guest, desk: Desk) -> None:
    shipped = desk.book
    other = Codebook(themes=[theme for theme in shipped.themes if theme.id != "regie"])
    window = takes_in(opens(organiser), as_file(other))
    assert SAY("codebook.take_in_would", new=0, changed=0, retired=1) in texts(window)
    assert desk.history == []
    press(window, SAY("codebook.take_in_go"))
    assert desk.theme("regie").retired
    assert SAY("codebook.anew") in told(window)
    takes_in(window, as_file(desk.book))
    assert SAY("codebook.take_in_same") in told(window)
    assert not says(window, SAY("codebook.take_in_go"))


def test_a_file_with_faults_says_them_all_and_is_not_taken_in(organiser: Guest) -> None:
    window = takes_in(opens(organiser), b"themas:\n  - id: A\n    nl: x\n")
    assert SAY("codebook.take_in_faults", n=5) in told(window)
    assert any(text.startswith("codeboek.yaml:2: themas[1].id: 'A' kan hier niet") for text in texts(window))
    assert not says(window, SAY("codebook.take_in_go"))


# ---- who may what, and in which language ----


def test_only_organisers_see_the_codebook(guest: Guest, meeting: Meeting) -> None:
    guest.holds(meeting.key(Seat.FACILITATOR))
    assert titles(opens(guest, "wachttijd")) == [SAY("access.title")]


def test_in_english_the_page_speaks_english(organiser: Guest, desk: Desk) -> None:
    desk.does(merge, "brieven", "papierwinkel")
    organiser.speaks("en")
    window = opens(organiser)
    assert "Waiting" in listed(window)
    assert any("merged with Paperwork" in text for text in texts(window))
    assert headings(opens(organiser, "wachttijd")) == ["Waiting"]
