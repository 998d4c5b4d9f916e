"""What the projector shows: only what was let through, nobody's name or table, titles that are true."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.texts import reader
from laveren.ui.address import Address
from laveren.ui.projector import projector
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.worksheets import outcome
from tests.meeting import METHOD, Meeting, make_meeting
from tests.ui.visiting import SAY

ADDRESS = Address("http://laveren.test:8501")


def on_screen(meeting: Meeting, lang: str = "nl", address: Address = ADDRESS) -> dict[str, Any]:
    with meeting.house.store.read() as connection:
        ended = outcome(connection, meeting.room)
    data = projector(meeting.board, reader(lang), lang, address, ended)
    assert json.loads(json.dumps(data)) == data, "it travels to the browser as JSON"
    return data


def texts(data: dict[str, Any]) -> list[str]:
    return [card["text"] for card in data["cards"]["cards"]]


def sources(meeting: Meeting, *given: str | None) -> dict[str, Any]:
    """The bars once one person each placed a hindrance in these sources."""
    meeting.go_to("hindernis")
    for source in given:
        meeting.someone().gives("1.hindernis", "iets", source=source)
    bars: dict[str, Any] = on_screen(meeting)["bars"]
    return bars


# The lobby.


def test_the_lobby_shows_the_way_in_and_how_many_are_here(meeting: Meeting) -> None:
    meeting.house.presence.seen(meeting.room.id, _someone(meeting))
    data = on_screen(meeting)
    assert data["mode"] == "lobby"
    lobby = data["lobby"]
    assert lobby["title"] == "Netwerkbijeenkomst"
    assert lobby["address"] == "laveren.test:8501/meedoen"
    assert lobby["code"].replace(" ", "") == meeting.code
    assert lobby["here"] == f"1 {SAY('screen.here')}"
    assert lobby["qr"]["alt"] == SAY("screen.qr_alt")
    assert (data["clock"], data["cards"], data["bars"], data["case"]) == (None, None, None, None)


def _someone(meeting: Meeting) -> int:
    meeting.someone()
    return int(meeting.rows(tables.participant)[-1]["id"])


def test_the_lobby_warns_when_the_address_only_works_on_this_computer(meeting: Meeting) -> None:
    assert on_screen(meeting, address=Address("http://localhost:8501", guessed=True))["lobby"]["warning"]
    assert not on_screen(meeting, address=Address("http://192.168.1.4:8501", guessed=True))["lobby"]["warning"]
    assert not on_screen(meeting, address=Address("http://localhost:8501"))["lobby"]["warning"], "it was set by hand"


def test_the_code_stays_on_screen_for_who_comes_late_until_the_close(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    top = on_screen(meeting)["top"]
    assert top["code"].replace(" ", "") == meeting.code
    assert top["address"] == "laveren.test:8501/meedoen"
    meeting.steer("close")
    assert on_screen(meeting)["top"]["code"] == ""


# The case and the question.


def test_the_first_step_shows_the_case_to_read(meeting: Meeting) -> None:
    meeting.steer("next")
    data, case = on_screen(meeting), meeting.room.rounds[0].case
    assert case is not None
    assert data["mode"] == "case"
    assert data["ask"]["question"] == case.title
    assert " ".join(data["case"]["paragraphs"]).split() == case.situation.split()
    assert all(person.name in data["case"]["persons"] for person in case.persons)
    assert data["clock"]["total"] == 5 * 60


def test_each_step_shows_its_question_and_who_answers_it(meeting: Meeting) -> None:
    meeting.go_to("zelfbeeld")
    ask = on_screen(meeting)["ask"]
    assert ask["question"] == "Hoe ziet Yara het zelf?"
    assert ask["hint"] == "Ga met je buur even op de stoel van Yara zitten."
    assert ask["kicker"] == SAY("screen.kicker", case="Tot mijn diploma", step=5, of=7, who=SAY("who.duo"))


def test_a_round_without_a_case_has_no_case_to_show(house: House) -> None:
    meeting = make_meeting(house, rounds=[RoundPlan(METHOD)])
    meeting.steer("next")
    data = on_screen(meeting)
    assert (data["mode"], data["case"]) == ("cards", None)
    assert data["ask"]["kicker"] == SAY("screen.kicker_no_case", step=1, of=7, who=SAY("who.individueel"))


def test_the_clock_says_when_it_stands_still(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    assert on_screen(meeting)["clock"]["paused"] is None
    meeting.steer("pause")
    clock = on_screen(meeting)["clock"]
    assert clock["paused"] == SAY("screen.paused")
    assert clock["ends_at"] is None
    assert clock["remaining"] == pytest.approx(6 * 60, abs=2)


# The cards.


def test_nothing_that_was_typed_is_shown_before_it_is_let_through(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    someone = meeting.someone()
    kept = someone.gives("1.hindernis", "geheim zolang het wacht")
    someone.gives("1.hindernis", "nog maar een kladje", state="draft")
    hidden = someone.gives("1.hindernis", "te herkennen")
    someone.gives("1.parkeer", "een oplossing")
    meeting.moderate("hide", hidden.id)
    data = on_screen(meeting)
    assert texts(data) == []
    for word in ("geheim", "kladje", "herkennen", "oplossing"):
        assert word not in json.dumps(data)
    assert data["cards"]["empty"] == SAY("screen.empty_waiting", n=1)
    meeting.moderate("show", kept.id)
    assert texts(on_screen(meeting)) == ["geheim zolang het wacht"]


def test_what_is_rewritten_after_it_was_shown_waits_again(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    someone = meeting.someone()
    kept = someone.gives("1.hindernis", "netjes")
    meeting.moderate("show", kept.id)
    someone.gives("1.hindernis", "onbeschoft", id=kept.id, revision=2)
    assert "onbeschoft" not in json.dumps(on_screen(meeting))


def test_before_anything_came_in_the_screen_says_where_it_will_stand(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    assert on_screen(meeting)["cards"]["empty"] == SAY("screen.empty")


def test_a_persons_card_has_no_table_and_no_role(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    kept = meeting.someone(group=3, role="bestuur").gives("1.hindernis", "van mij", source="keten")
    meeting.moderate("spotlight", kept.id)
    data = on_screen(meeting)
    assert data["cards"]["light"] == {"text": "van mij", "kind": "hindernis", "about": SAY("source.keten")}
    assert texts(data) == []
    for told in ("bestuur", "tafel 3", "table_no", "participant", kept.id):
        assert told not in json.dumps(data)


def test_a_tables_card_names_its_table_and_the_rooms_says_so(meeting: Meeting) -> None:
    meeting.go_to("tafel_hindernis")
    meeting.someone(group=3).gives("1.tafel_hindernis", "van ons", source="wet")
    meeting.writes_for_the_room("1.tafel_hindernis", "van allemaal")
    meeting.moderate("show_all")
    about = {card["text"]: card["about"] for card in on_screen(meeting)["cards"]["cards"]}
    assert about == {
        "van ons": f"{SAY('source.wet')} · {SAY('screen.card_table', n=3)}",
        "van allemaal": SAY("screen.card_room"),
    }


def test_cards_keep_their_order_when_others_are_shown(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    kept = [meeting.someone().gives("1.hindernis", f"kaart {n}") for n in range(6)]
    for n in (4, 1, 3):
        meeting.moderate("show", kept[n].id)
    assert texts(on_screen(meeting)) == ["kaart 1", "kaart 3", "kaart 4"]


def test_what_people_type_travels_as_text_and_never_as_markup(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    typed = "<b>vet</b> & **sterk** \N{PILE OF POO} \u202eomgekeerd"
    meeting.someone().gives("1.hindernis", typed)
    meeting.moderate("show_all")
    assert texts(on_screen(meeting)) == [typed]


# The bars per source.


def test_bars_come_from_five_people(meeting: Meeting) -> None:
    bars = sources(meeting, "wet", "wet", "wet", "keten")
    assert bars == {"title": SAY("screen.bars_few"), "note": "", "rows": [], "kind": "hindernis"}
    bars = sources(meeting, "keten")
    assert [(row["label"], row["value"]) for row in bars["rows"]] == [("Wet", "3"), ("Keten", "2")]
    assert bars["note"] == SAY("screen.bars_note", n=5)


def test_before_anybody_wrote_there_is_no_word_about_bars(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    assert on_screen(meeting)["bars"] is None


def test_bars_count_people_and_not_cards(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    busy = meeting.someone()
    for n in range(3):
        busy.gives("1.hindernis", f"kaart {n}", source="wet")
    bars = sources(meeting, "keten", "keten", "beleid", "beleid")
    assert {row["label"]: row["value"] for row in bars["rows"]} == {
        "Wet": "1", "Keten": "2", "Gemeentelijk beleid": "2",
    }  # fmt: skip


def test_bars_show_at_once_also_while_the_words_wait(meeting: Meeting) -> None:
    assert sources(meeting, *["wet"] * 5)["rows"]
    assert texts(on_screen(meeting)) == []


def test_the_title_claims_nothing_when_two_share_the_first_place(meeting: Meeting) -> None:
    bars = sources(meeting, "wet", "wet", "keten", "keten", "gewoonte")
    assert bars["title"] == SAY("screen.bars_plain")
    assert not any(row["strong"] for row in bars["rows"])


def test_the_title_says_most_often_below_half_and_most_people_above(meeting: Meeting) -> None:
    bars = sources(meeting, "wet", "wet", "wet", "keten", "gewoonte", "beleid")
    assert bars["title"] == "De wet wordt het vaakst genoemd", "half is not most"
    assert [row["label"] for row in bars["rows"] if row["strong"]] == ["Wet"]
    bars = sources(meeting, "wet")
    assert bars["title"] == "De meeste mensen noemen de wet"


def test_who_placed_a_hindrance_nowhere_counts_in_the_whole(meeting: Meeting) -> None:
    bars = sources(meeting, "wet", "wet", "wet", None, None, None)
    assert bars["title"] == "De wet wordt het vaakst genoemd"
    assert bars["note"] == SAY("screen.bars_note", n=6)


def test_nobody_placed_anything_and_the_title_claims_nothing(meeting: Meeting) -> None:
    bars = sources(meeting, *[None] * 5)
    assert (bars["title"], bars["rows"]) == (SAY("screen.bars_plain"), [])


def test_the_longest_bar_fills_its_track_and_others_are_a_part_of_it(meeting: Meeting) -> None:
    bars = sources(meeting, *["wet"] * 4, "keten")
    assert [row["share"] for row in bars["rows"]] == [1, 0.25]


# Where nobody sees room yet.


def hindered(meeting: Meeting, people: int, seen: int) -> None:
    """So many people each hand in a hindrance; for `seen` of them somebody sees room."""
    meeting.go_to("hindernis")
    everyone = [meeting.someone() for _ in range(people)]
    kept = [one.gives("1.hindernis", f"hindernis {n}", source="keten") for n, one in enumerate(everyone)]
    meeting.go_to("ruimte")
    for one, hindrance in zip(everyone, kept, strict=True):
        seen -= 1
        one.gives("1.ruimte", "ruimte", status="mag", link=hindrance.id if seen >= 0 else None)


def test_hindrances_without_room_are_counted_per_source(meeting: Meeting) -> None:
    hindered(meeting, 6, seen=4)
    bars = on_screen(meeting)["bars"]
    assert bars["title"] == SAY("screen.without_title")
    assert bars["note"] == SAY("screen.without_note", n=2, of=6)
    assert [(row["label"], row["value"]) for row in bars["rows"]] == [("Keten", SAY("screen.without_value", n=2, of=6))]
    assert "hindernis 5" not in json.dumps(bars)


def test_when_every_hindrance_has_room_the_title_says_so(meeting: Meeting) -> None:
    hindered(meeting, 5, seen=5)
    bars = on_screen(meeting)["bars"]
    assert (bars["title"], bars["rows"]) == (SAY("screen.without_all"), [])


def test_hindrances_of_fewer_than_five_people_are_not_counted_out_loud(meeting: Meeting) -> None:
    hindered(meeting, 4, seen=1)
    meeting.someone().gives("1.ruimte", "van een vijfde", status="mag")
    assert on_screen(meeting)["bars"] is None


# What else plays a part.


def domains(meeting: Meeting, *given: dict[str, str], lang: str = "nl") -> dict[str, Any]:
    meeting.go_to("leefgebieden")
    for one in given:
        meeting.someone().gives("1.leefgebieden", domains=one)
    data = on_screen(meeting, lang)
    assert data["mode"] == "domains"
    bars: dict[str, Any] = data["bars"]
    return bars


def test_domains_come_from_five_people_with_how_sure_they_are(meeting: Meeting) -> None:
    bars = domains(meeting, *[{"schulden": "weet", "wonen": "vermoed"}] * 4)
    assert bars["title"] == SAY("screen.bars_few")
    assert bars["rows"] == []
    bars = domains(meeting, {"schulden": "vragen"})
    assert bars["title"] == SAY("screen.domains_majority", domain="Schulden")
    schulden, wonen = bars["rows"]
    assert (schulden["label"], schulden["value"]) == ("Schulden", "5")
    assert schulden["parts"] == [["part weet", 0.8, "4"], ["part vragen", 0.2, "1"]]
    assert (wonen["label"], wonen["value"], wonen["parts"]) == ("Wonen", "4", [["part vermoed", 0.8, "4"]])
    assert bars["legend"] == [[sure, SAY(f"certainty.{sure}")] for sure in ("weet", "vermoed", "vragen")]


def test_domains_in_the_same_place_lead_to_no_claim(meeting: Meeting) -> None:
    bars = domains(meeting, *[{"schulden": "weet", "wonen": "weet"}] * 5)
    assert bars["title"] == SAY("screen.domains_plain")
    assert not any(row["strong"] for row in bars["rows"])


def test_a_domain_that_less_than_half_name_is_only_named_most_often(meeting: Meeting) -> None:
    bars = domains(meeting, *({name: "weet"} for name in ("schulden", "schulden", "wonen", "werk", "taal")))
    assert bars["title"] == SAY("screen.domains_most", domain="Schulden")


def test_a_step_in_which_nobody_named_a_domain_breaks_nothing(meeting: Meeting) -> None:
    domains(meeting, *[{"schulden": "weet"}] * 5)
    bars = projector(replace(meeting.board, domains={}), SAY, "nl", ADDRESS, None)["bars"]
    assert bars["rows"] == []


def test_all_domains_can_be_shown_at_once(meeting: Meeting) -> None:
    everything = dict.fromkeys(meeting.house.library.domains, "weet")
    assert len(domains(meeting, *[everything] * 5)["rows"]) == 11


# The end.


def test_the_closed_screen_shows_the_sentences_that_were_let_through(meeting: Meeting) -> None:
    meeting.go_to("zin")
    kept = meeting.someone(group=2).gives("1.zin", "Eerst bellen, dan beschikken.")
    meeting.someone(group=4).gives("1.zin", "Deze liet niemand door.")
    meeting.moderate("show", kept.id)
    meeting.steer("close")
    data = on_screen(meeting)
    assert data["mode"] == "closed"
    assert texts(data) == ["Eerst bellen, dan beschikken."]
    assert data["cards"]["cards"][0]["about"] == SAY("screen.card_table", n=2)
    assert "niemand door" not in json.dumps(data)
    assert data["ask"]["question"] == SAY("screen.closed_title")
    assert data["clock"] is None


def test_a_closed_room_that_left_no_sentence_is_thanked_all_the_same(meeting: Meeting) -> None:
    meeting.go_to("zin")
    meeting.steer("close")
    assert on_screen(meeting)["cards"] == {"cards": [], "light": None, "empty": SAY("screen.closed_empty")}


def test_the_foot_counts_what_came_in_and_who_still_writes(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    meeting.house.presence.seen(meeting.room.id, _someone(meeting))
    meeting.someone().gives("1.hindernis", "van wie weg is")
    foot = on_screen(meeting)["foot"]
    assert foot == {
        "left": [["1", "antwoord"], ["1", "schrijft nog"]],
        "right": [["1", SAY("screen.here")]],
    }


# English.


@pytest.mark.parametrize("prompt", ["hindernis", "ruimte", "leefgebieden", "zelfbeeld", "tafel_hindernis", "zin"])
def test_in_english_only_the_case_and_what_people_wrote_is_dutch(meeting: Meeting, prompt: str) -> None:
    hindered(meeting, 5, seen=2)
    meeting.go_to(prompt)
    english, step = reader("en"), meeting.room.step_now
    assert step is not None
    data = on_screen(meeting, "en")
    assert data["ask"]["question"] == meeting.room.rounds[0].named(step.title)["en"]
    assert english(f"who.{step.who}") in data["ask"]["kicker"]
    assert data["top"]["join"] == english("screen.join_at")
    if prompt == "ruimte":
        assert data["bars"]["title"] == english("screen.without_title")


def test_the_bars_speak_english_too(meeting: Meeting) -> None:
    sources(meeting, *["wet"] * 5)
    bars = on_screen(meeting, "en")["bars"]
    assert bars["title"] == "Most people name the law"
    assert domains(meeting, *[{"schulden": "weet"}] * 5, lang="en")["rows"][0]["label"] == "Debts"


def test_made_up_meetings_say_that_they_are(house: House) -> None:
    assert on_screen(make_meeting(house, demo=True))["top"]["demo"] == SAY("demo")
    assert on_screen(make_meeting(house))["top"]["demo"] == ""
