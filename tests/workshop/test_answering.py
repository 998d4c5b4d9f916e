"""Taking answers in: checked, counted once, and whatever comes, nothing is lost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laveren.house import House
from laveren.store import tables
from laveren.workshop import answering
from laveren.workshop.answering import save_answers
from laveren.workshop.joining import Identity
from laveren.workshop.refusals import Gone, NotAllowed, Refused, Unknown
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, METHOD, Meeting, Someone, make_meeting

HINDRANCE = "1.hindernis"


def refused(by: Someone, *args: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        by.gives(*args, **more)
    return caught.value


def stored(meeting: Meeting, id: str) -> Any:
    return next((row for row in meeting.rows(tables.answer) if row["id"] == id), None)


def test_what_is_handed_in_is_there_when_one_looks_again(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "Het loket is dicht", source="werkproces")
    assert kept.said == {"id": kept.id, "revision": 1, "stored_at": one.answers[kept.id]["stored_at"]}
    answer = one.answers[kept.id]
    assert {key: answer[key] for key in ("prompt", "state", "value", "source", "late", "scope", "mine")} == {
        "prompt": HINDRANCE,
        "state": "submitted",
        "value": "Het loket is dicht",
        "source": "werkproces",
        "late": False,
        "scope": "person",
        "mine": True,
    }


def test_somebody_else_does_not_see_it(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    meeting.someone().gives(HINDRANCE, "Het loket is dicht")
    assert meeting.someone().answers == {}


@pytest.mark.parametrize(
    "text",
    [
        "Lastig 🙃 👩‍👩‍👧‍👦 voor 🇳🇱",
        "عربي ثم Nederlands ثم \u202eomgekeerd\u202c",
        "<script>alert(1)</script> & <b>vet</b>",
        "'; DROP TABLE answer; --",
        "{naam} %s %(x)s {{texts}}",
        "twee\nregels",
    ],
)
def test_any_text_comes_back_letter_by_letter(meeting: Meeting, text: str) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, text)
    assert one.answers[kept.id]["value"] == text


def test_a_null_byte_goes_and_the_text_around_it_stays(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "a\x00b\x1bc\x7fd")
    assert one.answers[kept.id]["value"] == "abcd"


def test_half_an_emoji_does_not_take_the_answer_with_it(meeting: Meeting) -> None:
    one = meeting.someone()
    put = one.put(HINDRANCE, "x", state="draft")
    half = put.body.model_copy(update={"value": "Lastig \ud83d"})
    meeting.house.store.writer.write(save_answers, answering.Put(put.library, put.id, half, one.identity))
    assert one.answers[put.id]["value"].startswith("Lastig ")


def test_a_card_of_140_characters_fits_and_one_of_141_is_refused_with_both_numbers(meeting: Meeting) -> None:
    one = meeting.someone()
    one.gives(HINDRANCE, "é" * 140)
    refusal = refused(one, HINDRANCE, "é" * 141)
    assert (refusal.key, refusal.field, refusal.values) == ("too_long", "value", {"n": 141, "most": 140})


def test_blanks_around_a_card_do_not_count(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "  " + "e" * 140 + "\n")
    assert one.answers[kept.id]["value"] == "e" * 140


def test_ten_thousand_characters_cannot_be_handed_in_but_are_kept_as_a_draft(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "kort", state="draft")
    refusal = refused(one, HINDRANCE, "x" * 10_000, id=kept.id, revision=2)
    assert (refusal.key, refusal.values["n"]) == ("too_long", 10_000)
    assert one.answers[kept.id]["value"] == "kort"
    one.gives(HINDRANCE, "x" * 10_000, id=kept.id, revision=3, state="draft")
    assert one.answers[kept.id]["value"] == "x" * 10_000


def test_a_draft_beyond_all_measure_is_refused_and_the_one_before_it_stays(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "eerst", state="draft")
    assert refused(one, HINDRANCE, "x" * 12_001, id=kept.id, revision=2, state="draft").key == "too_long"
    assert one.answers[kept.id]["value"] == "eerst"


def test_an_empty_card_is_not_handed_in(meeting: Meeting) -> None:
    refusal = refused(meeting.someone(), HINDRANCE, " \n ")
    assert (refusal.key, refusal.field) == ("empty", "value")


# ---- revisions ----


def test_an_older_revision_changes_nothing_and_gets_the_newer_back(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "nieuw", revision=5)
    said = one.gives(HINDRANCE, "oud", id=kept.id, revision=4).said
    assert (said["revision"], said["value"], said["mine"]) == (5, "nieuw", True)
    assert one.answers[kept.id]["value"] == "nieuw"


def test_the_same_revision_with_other_content_changes_nothing_and_gets_what_is_kept(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "eerst", revision=2)
    said = one.gives(HINDRANCE, "anders", id=kept.id, revision=2).said
    assert (said["revision"], said["value"]) == (2, "eerst")


def test_sending_again_is_harmless(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "een keer")
    one.gives(HINDRANCE, "een keer", id=kept.id)
    assert len(meeting.rows(tables.answer)) == 1
    assert len(meeting.rows(tables.revision)) == 1


def test_every_revision_is_kept_while_the_meeting_lasts(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "a", state="draft")
    one.gives(HINDRANCE, "ab", id=kept.id, revision=2)
    one.gives(HINDRANCE, "ab", id=kept.id, revision=7, state="withdrawn")
    found = [(row["revision"], row["state"], row["value"]) for row in meeting.rows(tables.revision)]
    assert found == [(1, "draft", "a"), (2, "submitted", "ab"), (7, "withdrawn", "ab")]


def test_two_revisions_that_come_in_the_same_batch_are_both_kept(house: House, meeting: Meeting) -> None:
    one = meeting.someone()
    first = one.put(HINDRANCE, "a", state="draft")
    second = one.put(HINDRANCE, "b", id=first.id, revision=2)
    results = house.store.writer.write(lambda tx, items: [save_answers(tx, items[0])], [first, second])
    assert [result["revision"] for result in results] == [1, 2]
    assert one.answers[first.id]["value"] == "b"
    assert len(meeting.rows(tables.revision)) == 2


def test_one_refused_answer_in_a_batch_leaves_the_others_in(house: House, meeting: Meeting) -> None:
    one, two = meeting.someone(), meeting.someone()
    puts = [one.put(HINDRANCE, "goed"), two.put("1.bestaat_niet", "fout"), two.put(HINDRANCE, "ook goed")]
    first, second, third = house.store.writer.write(lambda tx, items: [save_answers(tx, items[0])], puts)
    assert isinstance(second, Refused)
    assert (first["id"], third["id"]) == (puts[0].id, puts[2].id)
    assert len(one.answers) == len(two.answers) == 1


# ---- prompts and steps ----


def test_a_prompt_that_does_not_exist_is_refused_by_name(meeting: Meeting) -> None:
    refusal = refused(meeting.someone(), "1.bestaat_niet", "tekst")
    assert (refusal.status, refusal.field) == (422, "prompt")


def test_an_answer_stays_with_its_prompt(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "hier")
    refusal = refused(one, "1.ruimte", "daar", id=kept.id, revision=2)
    assert (refusal.key, refusal.field) == ("prompt_changed", "prompt")
    assert one.answers[kept.id]["value"] == "hier"


def test_what_comes_for_a_step_the_room_has_left_is_kept_and_marked_late(meeting: Meeting) -> None:
    one = meeting.someone()
    meeting.go_to("hindernis")
    on_time = one.gives(HINDRANCE, "op tijd")
    draft = one.gives(HINDRANCE, "halverwege", state="draft")
    meeting.go_to("ruimte")
    late = one.gives(HINDRANCE, "te laat")
    one.gives(HINDRANCE, "halverwege af", id=draft.id, revision=2)
    one.gives(HINDRANCE, "op tijd, nu netter", id=on_time.id, revision=2)
    answers = one.answers
    assert [answers[kept.id]["late"] for kept in (on_time, draft, late)] == [False, True, True]


def test_a_parked_solution_is_never_late_while_the_meeting_lasts(meeting: Meeting) -> None:
    one = meeting.someone()
    meeting.go_to("zin")
    kept = one.gives("1.parkeer", "Bel de bank")
    assert one.answers[kept.id]["late"] is False


def test_a_fourth_card_is_refused_until_one_is_taken_back(meeting: Meeting) -> None:
    one = meeting.someone()
    cards = [one.gives(HINDRANCE, f"kaart {n}") for n in range(3)]
    fourth = one.gives(HINDRANCE, "vierde", state="draft")
    refusal = refused(one, HINDRANCE, "vierde", id=fourth.id, revision=2)
    assert (refusal.key, refusal.field, refusal.values) == ("too_many_answers", "prompt", {"n": 3})
    assert one.answers[fourth.id]["value"] == "vierde"
    one.gives(HINDRANCE, "kaart 0", id=cards[0].id, revision=2, state="withdrawn")
    one.gives(HINDRANCE, "vierde", id=fourth.id, revision=3)
    assert one.answers[fourth.id]["state"] == "submitted"


def test_four_cards_in_the_same_instant_are_three(house: House, meeting: Meeting) -> None:
    one = meeting.someone()
    puts = [one.put(HINDRANCE, f"kaart {n}") for n in range(4)]
    results = house.store.writer.write(lambda tx, items: [save_answers(tx, items[0])], puts)
    assert [isinstance(result, Refused) for result in results] == [False, False, False, True]


def test_handing_in_a_third_card_again_is_not_a_fourth(meeting: Meeting) -> None:
    one = meeting.someone()
    cards = [one.gives(HINDRANCE, f"kaart {n}") for n in range(3)]
    one.gives(HINDRANCE, "kaart 2, netter", id=cards[2].id, revision=2)
    assert one.answers[cards[2].id]["value"] == "kaart 2, netter"


def test_each_round_has_its_own_cards(house: House) -> None:
    round_plan = RoundPlan(METHOD, (CASE,))
    one = make_meeting(house, rounds=[round_plan, round_plan]).someone()
    for round_ in (1, 2):
        for n in range(3):
            one.gives(f"{round_}.hindernis", f"kaart {n}")
    assert len(one.answers) == 6


# ---- the types of answers ----


@pytest.mark.parametrize("value", [1, 5, "geen_zicht"])
def test_a_scale_takes_one_to_five_or_no_view(meeting: Meeting, value: Any) -> None:
    one = meeting.someone()
    kept = one.gives("slot.helpt", value)
    assert one.answers[kept.id]["value"] == value


@pytest.mark.parametrize("value", [0, 6, -1, "5", ["3"], None])
def test_a_scale_takes_nothing_else(meeting: Meeting, value: Any) -> None:
    refusal = refused(meeting.someone(), "slot.helpt", value)
    assert (refusal.key, refusal.field) == ("scale_out_of_range", "value")


@pytest.mark.parametrize("value", [3, ["a"]])
def test_a_card_is_text(meeting: Meeting, value: Any) -> None:
    assert refused(meeting.someone(), HINDRANCE, value).key == "value_is_text"


def test_domains_are_taken_with_how_sure_one_is(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives("1.leefgebieden", domains={"schulden": "weet", "school": "vragen"})
    assert one.answers[kept.id]["domains"] == {"schulden": "weet", "school": "vragen"}


@pytest.mark.parametrize("domains", [{"ruimtevaart": "weet"}, {"schulden": "misschien"}])
def test_unknown_domains_and_certainties_are_refused_with_what_is_allowed(
    meeting: Meeting, domains: dict[str, str]
) -> None:
    refusal = refused(meeting.someone(), "1.leefgebieden", domains=domains)
    assert (refusal.key, refusal.field) == ("option_unknown", "domains")
    assert ("schulden" in str(refusal.values["known"])) or ("vermoed" in str(refusal.values["known"]))


def test_no_domain_at_all_is_nothing_to_hand_in(meeting: Meeting) -> None:
    assert refused(meeting.someone(), "1.leefgebieden", domains={}).field == "domains"


@pytest.mark.parametrize(("prompt", "field"), [(HINDRANCE, "source"), ("1.ruimte", "status")])
def test_an_unknown_source_or_status_is_refused_by_name(meeting: Meeting, prompt: str, field: str) -> None:
    refusal = refused(meeting.someone(), prompt, "tekst", **{field: "zomaar"})
    assert (refusal.key, refusal.field) == ("option_unknown", field)


def test_a_source_is_kept_only_where_it_is_asked(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives("1.ruimte", "ruimte", source="wet", status="mag")
    assert (one.answers[kept.id]["source"], one.answers[kept.id]["status"]) == (None, "mag")


def test_room_can_be_linked_to_a_hindrance(meeting: Meeting) -> None:
    one = meeting.someone()
    hindrance = one.gives(HINDRANCE, "loket dicht")
    room = one.gives("1.ruimte", "ik bel", link=hindrance.id)
    assert one.answers[room.id]["link"] == hindrance.id


# ---- whose it is ----


def test_nobody_is_told_so(meeting: Meeting) -> None:
    stranger = Someone(meeting, Identity(token="verzonnen"), "")
    with pytest.raises(Unknown):
        stranger.gives(HINDRANCE, "tekst")


def test_another_person_may_not_change_my_answer(meeting: Meeting) -> None:
    one, other = meeting.someone(), meeting.someone()
    kept = one.gives(HINDRANCE, "van mij")
    with pytest.raises(NotAllowed):
        other.gives(HINDRANCE, "van jou", id=kept.id, revision=9)
    assert one.answers[kept.id]["value"] == "van mij"


def test_the_table_sees_its_line_and_a_table_mate_can_change_it(meeting: Meeting) -> None:
    meeting.go_to("tafel_hindernis")
    one, mate = meeting.someone(3), meeting.someone(3)
    line = one.gives("1.tafel_hindernis", "wachttijd")
    assert (mate.answers[line.id]["value"], mate.answers[line.id]["mine"]) == ("wachttijd", False)
    mate.gives("1.tafel_hindernis", "de wachttijd", id=line.id, revision=2)
    assert (one.answers[line.id]["value"], one.answers[line.id]["mine"]) == ("de wachttijd", True)


def test_another_table_neither_sees_nor_changes_it(meeting: Meeting) -> None:
    meeting.go_to("tafel_hindernis")
    one, stranger = meeting.someone(3), meeting.someone(4)
    line = one.gives("1.tafel_hindernis", "wachttijd")
    assert stranger.answers == {}
    with pytest.raises(NotAllowed):
        stranger.gives("1.tafel_hindernis", "iets anders", id=line.id, revision=2)
    assert one.answers[line.id]["value"] == "wachttijd"


def test_the_same_table_number_in_another_meeting_is_another_table(house: House, meeting: Meeting) -> None:
    line = meeting.someone(3).gives("1.tafel_hindernis", "wachttijd")
    stranger = make_meeting(house).someone(3)
    assert stranger.answers == {}
    with pytest.raises(NotAllowed):
        stranger.gives("1.tafel_hindernis", "iets anders", id=line.id, revision=2)


def test_who_has_no_table_has_no_table_mates(meeting: Meeting) -> None:
    one, other = meeting.someone(None), meeting.someone(None)
    line = one.gives("1.tafel_hindernis", "voor mezelf")
    assert other.answers == {}
    with pytest.raises(NotAllowed):
        other.gives("1.tafel_hindernis", "iets anders", id=line.id, revision=2)


def test_a_table_gives_one_line_whoever_writes_it(meeting: Meeting) -> None:
    one, mate, elsewhere = meeting.someone(3), meeting.someone(3), meeting.someone(4)
    one.gives("1.tafel_hindernis", "wachttijd")
    assert refused(mate, "1.tafel_hindernis", "ook iets").key == "too_many_answers"
    elsewhere.gives("1.tafel_hindernis", "andere tafel")


def test_a_draft_of_a_table_line_is_its_writers_alone(meeting: Meeting) -> None:
    one, mate = meeting.someone(3), meeting.someone(3)
    one.gives("1.tafel_hindernis", "nog niet af", state="draft")
    assert mate.answers == {}


def test_the_facilitator_writes_for_the_room_as_many_as_there_are_on_paper(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    kept = [meeting.writes_for_the_room(HINDRANCE, f"kaart {n}", on_paper=True) for n in range(7)]
    rows = [stored(meeting, one.id) for one in kept]
    assert {(row["scope"], row["on_paper"], row["table_no"]) for row in rows} == {("room", True, None)}
    assert {row["number"] for row in meeting.rows(tables.participant)} == {0}


# ---- drafts, taking back, the close ----


def test_a_draft_is_seen_by_its_writer_and_on_no_board(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "nog niet af", state="draft")
    assert one.answers[kept.id]["state"] == "draft"
    assert meeting.board.cards == []
    assert meeting.board.counts.answers == 0


def test_what_is_taken_back_is_gone_for_the_room_and_stays_with_its_writer(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "toch niet")
    assert len(meeting.board.cards) == 1
    one.gives(HINDRANCE, "toch niet", id=kept.id, revision=2, state="withdrawn")
    assert meeting.board.cards == []
    assert (one.answers[kept.id]["state"], one.answers[kept.id]["value"]) == ("withdrawn", "toch niet")


def test_after_the_close_the_receipt_takes_back_and_the_words_are_wiped(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "spijt", source="wet")
    meeting.steer("close")
    with pytest.raises(Unknown):
        one.gives(HINDRANCE, None, id=kept.id, revision=2, state="withdrawn")
    one.by_receipt.gives(HINDRANCE, "spijt", id=kept.id, revision=2, state="withdrawn", source="wet")
    row = stored(meeting, kept.id)
    assert (row["state"], row["value"], row["source"]) == ("withdrawn", None, None)
    assert meeting.rows(tables.revision) == []


def test_after_the_close_what_still_comes_is_kept_and_marked_late(meeting: Meeting) -> None:
    meeting.go_to("zin")
    one = meeting.someone()
    meeting.steer("close")
    card, closing = one.by_receipt.gives(HINDRANCE, "uit de la"), one.by_receipt.gives("slot.mee", "rust")
    answers = one.by_receipt.answers
    assert (answers[card.id]["late"], answers[closing.id]["late"]) == (True, False)


def a_day_later(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_at = meeting.room.closed_at
    assert closed_at is not None
    monkeypatch.setattr("time.time", lambda: closed_at + answering.REOPEN_SECONDS + 1)


def test_a_day_after_the_close_only_taking_back_is_left(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    one = meeting.someone()
    meeting.go_to("hindernis")
    kept = one.gives(HINDRANCE, "spijt")
    meeting.steer("close")
    a_day_later(meeting, monkeypatch)
    with pytest.raises(Gone):
        one.by_receipt.gives(HINDRANCE, "nog iets")
    one.by_receipt.gives(HINDRANCE, None, id=kept.id, revision=2, state="withdrawn")
    assert stored(meeting, kept.id)["state"] == "withdrawn"


def test_a_receipt_of_this_meeting_counts_also_with_the_cookie_of_the_next(house: House, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "spijt")
    meeting.steer("close")
    next_meeting = make_meeting(house).someone()
    both = Someone(meeting, Identity(token=next_meeting.identity.token, receipt=one.receipt), one.receipt)
    both.gives(HINDRANCE, None, id=kept.id, revision=2, state="withdrawn")
    assert stored(meeting, kept.id)["state"] == "withdrawn"


def test_a_receipt_may_be_typed_without_dashes_in_small_letters(meeting: Meeting) -> None:
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "van mij")
    typed = Someone(meeting, Identity(receipt=one.receipt.replace("-", "").lower()), one.receipt)
    assert kept.id in typed.answers


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prompt=st.sampled_from([HINDRANCE, "1.ruimte", "1.leefgebieden", "slot.helpt", "slot.mee", "1.parkeer", "x", ""]),
    value=st.one_of(st.none(), st.integers(-9, 9), st.text(max_size=200), st.lists(st.text(max_size=5), max_size=4)),
    state=st.sampled_from(["draft", "submitted", "withdrawn"]),
    more=st.fixed_dictionaries(
        {},
        optional={
            "source": st.text(max_size=8),
            "status": st.sampled_from(["mag", "nee"]),
            "link": st.text(max_size=36),
            "domains": st.dictionaries(st.sampled_from(["schulden", "x"]), st.sampled_from(["weet", "?"])),
        },
    ),
)
def test_whatever_is_sent_is_kept_or_refused_with_a_field(
    house: House, prompt: str, value: Any, state: str, more: dict[str, Any]
) -> None:
    meeting = make_meeting(house)
    one = meeting.someone()
    id = str(uuid.uuid4())
    put = one.put(prompt, value, id=id, state=state, **more)
    (result,) = house.store.writer.write(lambda tx, items: [save_answers(tx, items)], put)
    if isinstance(result, Refused):
        assert result.field in {"prompt", "value", "source", "status", "domains"}
        assert one.answers == {}
    else:
        assert result == {"id": id, "revision": 1, "stored_at": one.answers[id]["stored_at"]}
