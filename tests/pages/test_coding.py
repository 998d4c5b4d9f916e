"""Coderen: what lies on the desk for whom, what comes back from it, and how far two coders agree."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from laveren.content.checking import REST
from laveren.texts import reader
from laveren.ui import coding as page
from laveren.workshop.codebooks import merge, split
from laveren.workshop.coding import FIRST, SECOND, Coded, TakeBack, code_answer, coding_of, take_back_coding
from laveren.workshop.rights import Seat
from laveren.workshop.second_coder import agreements, coded_twice
from laveren.workshop.suggesting import suggest_here
from tests.codebooks import Desk, like_rent
from tests.meeting import Meeting
from tests.ui.visiting import SAY, Guest, drawn, press, sent, sound, titles

Item = dict[str, Any]
_numbers = count(1)


@pytest.fixture
def coder(guest: Guest) -> Guest:
    return guest.holds(guest.house.keys.make(Seat.ORGANISER))


@pytest.fixture
def room(meeting: Meeting) -> Meeting:
    """A meeting in which people write where they get stuck."""
    meeting.go_to("hindernis")
    return meeting


def write(room: Meeting, *texts: str) -> list[str]:
    """Each of these by somebody else, looked through for words; the ids."""
    ids = [room.someone().gives("1.hindernis", text, source="keten").id for text in texts]
    suggest_here(room.house.store, room.house.library.codebook)
    return ids


def says(room: Meeting, answer: str, *themes: str, coder: int = FIRST, based_on: int = 0) -> None:
    item = Coded(room.house.library, answer, coder, 1, themes, based_on=based_on)
    room.house.store.writer.write(code_answer, item)


def desk(window: AppTest) -> dict[str, Any]:
    return drawn(window, "coding")


def items(window: AppTest) -> list[Item]:
    found: list[Item] = desk(window)["items"]
    return found


def texts(window: AppTest) -> list[str]:
    return [item["text"] for item in items(window)]


def coded(item: Item, *themes: str, **more: Any) -> Item:
    """What the browser sends when somebody has finished an answer."""
    own = {name: item[name] for name in ("id", "coder", "revision")} | {"based_on": item["version"]}
    return own | {"what": "code", "themes": themes, "rejected": [], "memo": ""} | more


def finish(window: AppTest, *codings: Item, seq: str | None = None) -> dict[str, Any]:
    """Sends what was finished, and gives what became of each."""
    (proto,) = [one.proto for one in window.get("bidi_component")]
    states = window._tree.get_widget_states()
    what = {"seq": seq or str(next(_numbers)), "codings": codings}
    done = states.widgets.add(id=_make_trigger_id(proto.id, "events"))
    done.json_trigger_value = json.dumps([{"event": "done", "value": what}])
    sound(window._run(states))
    ack = desk(window)["ack"]
    assert ack["seq"] == what["seq"]
    results: dict[str, Any] = ack["results"]
    return results


def control(window: AppTest, key: str) -> Any:
    (found,) = [one for one in window.button_group if one.key == key]
    return found


def queue(window: AppTest, name: str, coder: int = FIRST) -> AppTest:
    control(window, f"coding_queue_{coder}").set_value(name)
    return sound(window.run())


def queues(window: AppTest, coder: int = FIRST) -> list[str]:
    return list(control(window, f"coding_queue_{coder}").options)


def blind(window: AppTest) -> AppTest:
    control(window, "coding_as").set_value(SECOND)
    return sound(window.run())


def now(room: Meeting, answer: str, coder: int = FIRST) -> tuple[str, ...] | None:
    """The themes that count for an answer, or None."""
    with room.house.store.read() as connection:
        found = coding_of(connection, answer, coder)
    return found.themes if found and found.stands else None


def told(window: AppTest) -> list[str]:
    return [one.value for one in (*window.info, *window.caption)]


# ---- what lies on the desk ----


def test_only_an_organiser_may_code(guest: Guest, room: Meeting) -> None:
    for seat in (Seat.FACILITATOR, Seat.HELPER):
        window = guest.holds(room.key(seat)).opens("coding")
        assert titles(window) == [SAY("access.title")]
        assert not window.get("bidi_component")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_answer_lies_there_with_what_is_suggested_and_why_and_nothing_is_chosen(
    coder: Guest, room: Meeting, lang: str
) -> None:
    write(room, "De **wachttijd** is te lang")
    say = reader(lang)
    window = coder.speaks(lang).opens("coding")
    assert titles(window) == [say("coding.title")]
    (item,) = items(window)
    assert item["text"] == "De **wachttijd** is te lang"
    assert item["suggested"] == [["wachttijd", say("coding.because", word="wachttijd")]]
    assert (item["chosen"], item["saved"], item["version"], item["past"]) == ([], False, 0, [])
    assert item["about"].startswith(f"{say('kind.hindernis')} · ")
    assert item["about"].endswith(say("source.keten"))
    assert say("coding.progress", n=1, done="0", today="0") in told(window)
    assert say("coding.raw") in told(window)


def test_an_answer_waits_in_the_queue_it_belongs_to(coder: Guest, room: Meeting) -> None:
    write(room, "De wachttijd is te lang", "Tocht in de gang", "Regie ontbreekt")
    window = coder.opens("coding")
    tell = SAY
    assert queues(window) == [
        tell("coding.queue.new", n=2), tell("coding.queue.nowhere", n=1), tell("coding.queue.done", n=0),
        tell("coding.queue.agreement"),
    ]  # fmt: skip
    assert sorted(texts(window)) == ["De wachttijd is te lang", "Regie ontbreekt"]
    assert texts(queue(window, "nowhere")) == ["Tocht in de gang"]
    assert texts(queue(window, "done")) == []


def test_what_was_not_looked_through_yet_waits_and_that_is_said(coder: Guest, room: Meeting) -> None:
    room.someone().gives("1.hindernis", "De wachttijd is te lang")
    window = coder.opens("coding")
    assert items(window) == []
    assert SAY("coding.waiting_for_words", n=1) in told(window)


def test_a_theme_that_cannot_be_chosen_is_not_offered(coder: Guest, room: Meeting) -> None:
    write(room, "De wachttijd is te lang")
    Desk(room.house).does(merge, "taal", "brieven")
    data = desk(coder.opens("coding"))
    assert not {"taal", REST} & data["themes"].keys()
    assert len(data["often"]) == 9
    assert data["often"][0] == "wachttijd"


def test_a_filter_leaves_one_theme_case_or_workshop(coder: Guest, room: Meeting) -> None:
    write(room, "De wachttijd is te lang", "Onleesbare brieven")
    window = coder.opens("coding")
    window.selectbox(key="coding_theme").set_value("brieven")
    assert texts(sound(window.run())) == ["Onleesbare brieven"]
    window.selectbox(key="coding_case").select_index(0)
    window.selectbox(key="coding_workshop").select_index(0)
    assert texts(sound(window.run())) == ["Onleesbare brieven"]
    assert texts(queue(window, "nowhere")) == [], "what the other queue does not have is no longer chosen"
    assert "coding_theme" not in {box.key for box in window.selectbox}


# ---- what comes back ----


def test_what_is_finished_is_kept_and_makes_room_for_the_next(
    coder: Guest, room: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 2)
    monkeypatch.setattr(page, "LOW", 1)
    write(room, *(f"De wachttijd is {n} weken" for n in range(4)))
    window = coder.opens("coding")
    first, second = items(window)
    result = finish(window, coded(first, "wachttijd", "regie", memo="Let op", rejected=["brieven"]))
    assert result == {first["id"]: {"version": 1}}
    assert now(room, first["id"]) == ("wachttijd", "regie")
    assert SAY("coding.progress", n=4, done="1", today="1") in told(window)
    assert len(texts(window)) == 2, "as many as before"
    assert first["text"] not in texts(window)
    assert second["text"] in texts(window)
    finish(window, *(coded(item) for item in items(window)))
    assert len(texts(window)) == 1


def test_what_is_sent_twice_is_kept_once(coder: Guest, room: Meeting) -> None:
    write(room, "De wachttijd is te lang")
    window = coder.opens("coding")
    item = coded(items(window)[0], "wachttijd")
    assert finish(window, item, seq="a") == finish(window, item, seq="a") == {item["id"]: {"version": 1}}
    assert finish(window, item, seq="b") == {item["id"]: {"version": 1}}, "nor from another window that says the same"


def test_what_somebody_else_said_meanwhile_comes_back_beside_mine(coder: Guest, room: Meeting) -> None:
    write(room, "De wachttijd is te lang")
    window = coder.opens("coding")
    (item,) = items(window)
    says(room, item["id"], "regie")
    found = finish(window, coded(item, "wachttijd"))[item["id"]]
    assert found == {"problem": SAY("refused.coding_moved_on"), "version": 1, "theirs": ["regie"]}
    assert now(room, item["id"]) == ("regie",)
    assert finish(window, coded(item, "wachttijd", based_on=1)) == {item["id"]: {"version": 2}}
    assert now(room, item["id"]) == ("wachttijd",)


def test_who_works_on_the_same_answers_as_somebody_else_goes_on_with_later_ones(
    coder: Guest, room: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 2)
    monkeypatch.setattr(page, "LOW", 1)
    write(room, *(f"De wachttijd is {n} weken" for n in range(8)))
    window = coder.opens("coding")
    first, second = items(window)
    says(room, first["id"], "regie")
    finish(window, coded(first, "wachttijd"))
    assert len(items(window)) == 2
    assert not {first["text"], second["text"]} & set(texts(window))


def test_what_somebody_else_has_coded_disappears_from_the_desk(coder: Guest, room: Meeting) -> None:
    ids = write(room, "De wachttijd is te lang", "Onleesbare brieven")
    window = coder.opens("coding")
    assert len(items(window)) == 2
    says(room, ids[0], "regie")
    assert texts(sound(window.run())) == ["Onleesbare brieven"]


def test_what_was_taken_back_or_changed_by_its_writer_is_said(coder: Guest, room: Meeting) -> None:
    writers = [room.someone(), room.someone()]
    ids = [one.gives("1.hindernis", f"De wachttijd, {n}").id for n, one in enumerate(writers)]
    suggest_here(room.house.store, room.house.library.codebook)
    window = coder.opens("coding")
    lying = {item["id"]: item for item in items(window)}
    writers[0].gives("1.hindernis", "De wachttijd, 0", id=ids[0], revision=2, state="withdrawn")
    writers[1].gives("1.hindernis", "De regie ontbreekt", id=ids[1], revision=2)
    suggest_here(room.house.store, room.house.library.codebook)
    found = finish(window, *(coded(lying[id], "wachttijd") for id in ids))
    assert found == {
        ids[0]: {"gone": SAY("refused.answer_unknown")}, ids[1]: {"gone": SAY("refused.coding_text_changed")},
    }  # fmt: skip
    assert texts(window) == ["De regie ontbreekt"], "with its new words it comes back"


def test_a_theme_that_was_retired_meanwhile_is_said_and_the_choice_can_be_made_again(
    coder: Guest, room: Meeting
) -> None:
    write(room, "De wachttijd is te lang")
    window = coder.opens("coding")
    (item,) = items(window)
    Desk(room.house).does(merge, "wachttijd", "brieven")
    assert finish(window, coded(item, "wachttijd"))[item["id"]] == {
        "problem": SAY("refused.coding_theme_gone"), "version": 0,
    }  # fmt: skip
    assert now(room, item["id"]) is None


def test_taking_back_gives_what_was_there_before(coder: Guest, room: Meeting) -> None:
    write(room, "De wachttijd is te lang")
    window = coder.opens("coding")
    (item,) = items(window)
    finish(window, coded(item, "wachttijd"))
    back = finish(window, coded(item, what="back", based_on=1))[item["id"]]
    assert (back["version"], back["stands"]) == (2, False)
    assert now(room, item["id"]) is None
    finish(window, coded(item, "regie", based_on=2, memo="Zo"))
    finish(window, coded(item, "taal", based_on=3))
    back = finish(window, coded(item, what="back", based_on=4))[item["id"]]
    assert back == {"version": 5, "stands": True, "chosen": ["regie"], "memo": "Zo"}


def test_what_somebody_else_took_back_is_said(coder: Guest, room: Meeting) -> None:
    (id,) = write(room, "De wachttijd is te lang")
    says(room, id, "regie")
    window = queue(coder.opens("coding"), "done")
    (item,) = items(window)
    room.house.store.writer.write(take_back_coding, TakeBack(id, FIRST, 1))
    assert finish(window, coded(item, "taal"))[id] == {"problem": SAY("coding.other_took_back"), "version": 2}


# ---- again ----


def test_what_was_coded_comes_with_its_history_and_can_be_left_as_it_is(coder: Guest, room: Meeting) -> None:
    (id,) = write(room, "De wachttijd is te lang")
    says(room, id, "regie")
    says(room, id, "wachttijd", based_on=1)
    Desk(room.house).does(merge, "wachttijd", "brieven")
    window = queue(coder.opens("coding"), "done")
    (item,) = items(window)
    assert (item["chosen"], item["saved"], item["version"]) == (["brieven"], True, 2)
    first, second = item["past"]
    assert f" · Regie · {SAY('coding.past_shipped')}" in first
    assert f"Wachttijd ({SAY('coding.now', theme='Moeilijke brieven')})" in second
    assert finish(window, coded(item, what="pass")) == {id: {"version": 2}}
    assert items(window) == []
    assert now(room, id) == ("wachttijd",)


def test_what_was_coded_with_a_theme_that_was_split_is_looked_at_again(coder: Guest, room: Meeting) -> None:
    (id,) = write(room, "Regie ontbreekt bij de gemeente")
    says(room, id, "regie", "taal")
    parts = [like_rent(nl="Wie belt"), like_rent(nl="Wie tekent", woorden=["tekent"])]
    Desk(room.house).does(split, "regie", parts, knowing=True)
    window = coder.opens("coding")
    assert SAY("coding.queue.again", n=1) in queues(window)
    (item,) = items(queue(window, "again"))
    assert item["note"] == SAY("coding.note.again", themes="Regie")
    assert item["chosen"] == ["taal"]
    assert [why for _, why in item["suggested"]][-2:] == [SAY("coding.instead", theme="Regie")] * 2
    assert f"Regie ({SAY('coding.counts_no_more')}), Taal" in item["past"][0]
    finish(window, coded(item, "wie-belt"))
    assert SAY("coding.queue.again", n=1) not in queues(window)


def test_what_its_writer_changed_after_it_was_coded_says_what_was_said_of_it(coder: Guest, room: Meeting) -> None:
    writer = room.someone()
    id = writer.gives("1.hindernis", "De wachttijd is te lang").id
    says(room, id, "wachttijd")
    writer.gives("1.hindernis", "Onleesbare brieven", id=id, revision=2)
    suggest_here(room.house.store, room.house.library.codebook)
    (item,) = items(coder.opens("coding"))
    assert item["note"] == SAY("coding.note.changed", themes="Wachttijd")
    assert (item["chosen"], item["version"], len(item["past"])) == ([], 1, 1)


# ---- words ----


def test_the_words_of_what_fits_nowhere_lead_to_the_codebook(coder: Guest, room: Meeting) -> None:
    write(room, *(f"Tocht in de gang {n}" for n in range(5)), "Een lift")
    window = coder.opens("coding")
    assert SAY("coding.words.title") not in [one.value for one in window.subheader]
    queue(window, "nowhere")
    label = SAY("coding.words.word", word="tocht", n=5)
    assert [one.label for one in window.button] == [SAY("coding.words.word", word="gang", n=5), label]
    press(window, label)
    assert titles(window) == [SAY("codebook.title")]
    assert window.text_input(key="codebook_words").value == "tocht"


def test_without_words_of_enough_people_that_is_said(coder: Guest, room: Meeting) -> None:
    write(room, *(f"Tocht in de gang {n}" for n in range(4)))
    assert SAY("coding.words.none") in told(queue(coder.opens("coding"), "nowhere"))


# ---- the second coder ----


def code_all(room: Meeting, ids: Sequence[str], theme: str, coder: int = FIRST) -> None:
    for id in ids:
        says(room, id, theme, coder=coder)


def test_the_second_coder_sees_the_words_of_a_sample_and_nothing_else(coder: Guest, room: Meeting) -> None:
    ids = write(room, *(f"De wachttijd is {n} weken" for n in range(33)))
    code_all(room, ids[:32], "wachttijd")
    window = blind(coder.opens("coding"))
    assert SAY("coding.progress_second", n=30, done="0", today="0") in told(window)
    assert queues(window, SECOND) == [SAY("coding.queue.sample", n=30), SAY("coding.queue.agreement")]
    for item in items(window):
        assert (item["suggested"], item["chosen"], item["note"], item["past"]) == ([], [], "", [])
    assert ids[32] not in sent(window)
    assert SAY("coding.because", word="wachttijd") not in sent(window)
    control(window, "coding_size").set_value(60)
    assert SAY("coding.progress_second", n=32, done="0", today="0") in told(sound(window.run()))


def test_what_the_second_says_is_kept_apart_and_agreement_waits_until_the_sample_is_done(
    coder: Guest, room: Meeting
) -> None:
    ids = write(room, "De wachttijd is te lang", "Onleesbare brieven")
    code_all(room, ids, "wachttijd")
    window = blind(coder.opens("coding"))
    first, second = items(window)
    finish(window, coded(first, "regie"))
    assert (now(room, first["id"]), now(room, first["id"], SECOND)) == (("wachttijd",), ("regie",))
    queue(window, "agreement", SECOND)
    assert told(window) == [SAY("coding.agreement.first_finish", n=1), SAY("coding.raw")]
    queue(window, "sample", SECOND)
    finish(window, coded(second, "wachttijd"))
    queue(window, "agreement", SECOND)
    assert SAY("coding.agreement.counted", n=2, same=1) in told(window)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_agreement_is_said_in_words_with_what_there_must_be_and_how_to_read_it(
    coder: Guest, room: Meeting, lang: str
) -> None:
    say, ids = reader(lang), write(room, *(f"De wachttijd is {n} weken" for n in range(6)))
    code_all(room, ids[:4], "wachttijd")
    code_all(room, ids[4:], "taal")
    code_all(room, [*ids[:3], ids[5]], "wachttijd", SECOND)
    code_all(room, [ids[3], ids[4]], "taal", SECOND)
    window = queue(coder.speaks(lang).opens("coding"), "agreement")
    heading, discuss = [one.value for one in window.subheader]
    assert heading.startswith(say("coding.agreement.finding.unsure", alpha="", low="", high="").split(":")[0])
    assert discuss == say("coding.agreement.discuss", n=2)
    with room.house.store.read() as connection:
        whole, *themes = agreements(coded_twice(connection, room.house.library.codebook), room.house.library.codebook)
    assert whole.found
    assert window.info[0].value == say("coding.agreement.few", units=6, n=whole.found.needed)
    (frame,) = [one.value for one in window.dataframe]
    table = {name: list(frame[say(f"coding.agreement.columns.{name}")]) for name in ("theme", "word", "both", "first")}
    names = {theme.id: theme.say(lang) for theme in room.house.library.codebook.themes}
    assert table["theme"] == [say("coding.agreement.whole"), names["wachttijd"], names["taal"]]
    assert table["both"] == [4, 3, 1]
    assert table["first"][1:] == [1, 1]
    needed = [row.found.needed for row in (whole, *themes) if row.found]
    assert table["word"] == [say("coding.agreement.word.needed", units=6, n=n) for n in needed]
    assert say("coding.agreement.how") in told(window)


def test_the_answers_on_which_they_differ_are_shown_and_can_be_coded_anew(coder: Guest, room: Meeting) -> None:
    ids = write(room, "De wachttijd is te lang", "Onleesbare brieven")
    code_all(room, ids, "wachttijd")
    says(room, ids[0], "regie", coder=SECOND)
    says(room, ids[1], "wachttijd", coder=SECOND)
    window = queue(coder.opens("coding"), "agreement")
    assert [one.value for one in window.text] == ["De wachttijd is te lang"]
    said = SAY("coding.agreement.said", first="Wachttijd", second="Regie")
    assert said in [caption.replace("\\", "") for caption in told(window)]
    press(window, SAY("coding.agreement.anew"))
    (item,) = items(window)
    assert item["note"] == SAY("coding.note.differ", themes="Regie")
    assert (item["chosen"], item["saved"]) == (["wachttijd"], False)
    finish(window, coded(item, "wachttijd"))
    assert SAY("coding.queue.differ", n=1) not in queues(window)
    queue(window, "agreement")
    assert SAY("coding.agreement.settled", n=1) in told(window)
    assert SAY("coding.agreement.counted", n=2, same=1) in told(window), "what was settled afterwards is no agreement"


def test_where_nobody_coded_a_second_time_it_says_how_to_begin(coder: Guest) -> None:
    window = queue(coder.opens("coding"), "agreement")
    assert told(window) == [SAY("coding.agreement.none"), SAY("coding.raw")]
    assert not window.dataframe


def test_where_both_always_said_the_same_it_claims_nothing(coder: Guest, room: Meeting) -> None:
    ids = write(room, "De wachttijd is te lang", "Onleesbare brieven")
    code_all(room, ids, "wachttijd")
    code_all(room, ids, "wachttijd", SECOND)
    window = queue(coder.opens("coding"), "agreement")
    assert [one.value for one in window.subheader] == [
        SAY("coding.agreement.finding.all_same"), SAY("coding.agreement.discuss", n=0),
    ]  # fmt: skip
