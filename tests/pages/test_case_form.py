"""Casussen: writing a case in the form, every step of a version, taking in files, and stories from practice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from laveren.content.writing import as_data, as_yaml
from laveren.settings import ROOT
from laveren.store import tables
from laveren.workshop.shelf import Origin, Pick, Standing
from tests.meeting import CASE
from tests.pages.shelving import MARKED, adds, captions, field, headings, listed, reads, saves, texts, writes
from tests.shelf import OWN, Shelf, case_like
from tests.ui.visiting import SAY, Guest, press, says, sound, toasts

# ---- the form ----


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
