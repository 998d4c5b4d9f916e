"""What comes with the questions: who writes for the table, own notes, twists, rule cards, seats, and only talk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.handmade import (
    CORNERS,
    NOTE,
    RULES,
    SEATS,
    SENTENCE,
    TWISTS,
    Sheet,
    answer,
    both,
    hears_of_the_table,
    moves_on,
    opens,
    options,
    prompt,
)
from tests.browser.server import Server
from tests.browser.stage import PATIENCE, PHONE, Stage, card, picture

OURS = answer("1.zin", "Wij bellen eerst.", scope="table", mine=False, dissent="Bellen kost tijd.")
CHOICE = prompt("keuze", "1.kijk", question=both("Kijk je nu anders?"), options=options("nee", "ja"))
HINDRANCE = prompt("kort", "1.hindernis", question=both("Waar loop je tegenaan?"), kind="hindernis", source=True)


def says(page: Page, words: str) -> None:
    page.wait_for_function("words => window.said.some((one) => one.includes(words))", arg=words)


# ---- who writes for the table ----


def test_one_click_takes_the_pen_and_one_gives_it_back(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE], me={"pen": "free"})
    page = opens(stage, server, sheet)
    mine = page.get_by_role("textbox", name="Wat is onze zin?")
    expect(page.locator("#banner")).to_have_text("Nog niemand schrijft voor tafel 2.")
    expect(mine).to_have_count(0)
    page.get_by_role("button", name="Ik schrijf voor de tafel").press("Enter")
    expect(mine).to_be_focused()
    expect(page.locator("#banner")).to_have_text("Jij schrijft voor tafel 2.")
    page.get_by_role("button", name="laat iemand anders schrijven").click()
    expect(page.get_by_role("button", name="Ik schrijf voor de tafel")).to_be_focused()
    expect(mine).to_have_count(0)
    assert sheet.pens == [True, False]


def test_who_does_not_write_reads_what_the_table_gives_and_may_take_over(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE], me={"pen": "taken"}, answers=[OURS])
    page = opens(stage, server, sheet)
    expect(page.locator("#banner")).to_have_text("Iemand aan jullie tafel schrijft.")
    given = card(page, "Wij bellen eerst.")
    expect(given).to_contain_text("Niet iedereen: Bellen kost tijd.")
    expect(given.get_by_role("button")).to_have_count(0)
    picture(page, "werkblad-pen-bij-een-ander")
    page.get_by_role("button", name="ik neem het over").click()
    given.get_by_role("button", name="aanpassen").click()
    expect(page.get_by_role("textbox", name="Wat is onze zin?")).to_have_value("Wij bellen eerst.")
    assert sheet.pens == [True]


def test_what_i_was_writing_stays_to_read_when_another_takes_the_pen(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE], me={"pen": "mine"})
    page = opens(stage, server, sheet)
    page.get_by_role("textbox", name="Wat is onze zin?").fill("Half af")
    hears_of_the_table(page, sheet, pen="taken")
    expect(card(page, "Half af").locator(".text")).to_be_visible()
    expect(card(page, "Half af").get_by_role("textbox")).to_have_count(0)
    hears_of_the_table(page, sheet, pen="mine")
    expect(page.get_by_role("textbox", name="Wat is onze zin?")).to_have_value("Half af")


def test_ready_stays_said_while_the_server_has_not_heard_it_yet(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE])
    page = opens(stage, server, sheet)
    page.route("**/api/done", lambda _route: None)  # on its way, for as long as the test lasts
    page.locator("#done").click()
    expect(page.locator("#done")).to_have_attribute("aria-pressed", "true")
    hears_of_the_table(page, sheet, pen="taken")  # the worksheet says that nobody said so
    expect(page.locator("#banner")).to_have_text("Iemand aan jullie tafel schrijft.")
    expect(page.locator("#done")).to_have_attribute("aria-pressed", "true")


def test_a_rehearsal_and_sample_data_say_so_on_every_sheet(stage: Stage, server: Server) -> None:
    for flag, said in (("rehearsal", "oefening"), ("demo", "voorbeelddata")):
        page = opens(stage, server, Sheet([SENTENCE], workshop={flag: True}))
        expect(page.locator("#who")).to_have_text(f" · {said} · tafel 2 · uitvoerder")


def test_without_the_pens_of_a_table_everybody_writes_as_before(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([SENTENCE]))
    expect(page.locator("#banner")).to_have_text("Eén laptop schrijft voor tafel 2.")
    expect(page.get_by_role("textbox", name="Wat is onze zin?")).to_be_visible()


def test_not_everybody_agrees_goes_along_with_the_sentence(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE], me={"pen": "mine"})
    page = opens(stage, server, sheet)
    page.get_by_role("textbox", name="Wat is onze zin?").fill("Wij bellen eerst.")
    page.get_by_role("button", name="niet iedereen vindt dit").click()
    expect(page.get_by_label("Niet iedereen:")).to_be_focused()
    page.keyboard.type("Dat kost tijd. <b>Veel</b>")
    page.get_by_role("button", name="Meegeven", exact=True).click()
    given = card(page, "Wij bellen eerst.")
    expect(given).to_contain_text("Niet iedereen: Dat kost tijd. <b>Veel</b>")
    expect(given).to_contain_text("je tafel heeft dit meegegeven")
    assert (sheet.last()["state"], sheet.last()["dissent"]) == ("submitted", "Dat kost tijd. <b>Veel</b>")


def test_a_table_that_is_taken_away_is_said_with_where_to_go(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE], me={"pen": "mine"})
    page = opens(stage, server, sheet)
    page.get_by_role("textbox", name="Wat is onze zin?").fill("Half af")
    sheet.me |= {"group": None, "pen": None}
    moves_on(page, sheet, groups=1)
    expect(page.locator("#banner")).to_have_text(
        "Jullie tafel is opgeheven. Kies een andere tafel; wat je schreef is bewaard.", timeout=PATIENCE
    )
    expect(page.get_by_role("textbox", name="Wat is onze zin?")).to_have_value("Half af")
    page.get_by_role("button", name="Kies een tafel").click()
    expect(page.get_by_role("group", name="Aan welke tafel zit je?")).to_be_visible()


def test_another_table_has_its_own_stream_and_its_own_case(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE], me={"pen": "mine"})
    page = opens(stage, server, sheet)
    page.get_by_role("button", name="wijzig").click()
    page.get_by_role("radio", name="3", exact=True).check()
    sheet.me, sheet.case = {"group": 3}, {"title": "Drie nachten per week"}
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#who")).to_contain_text("tafel 3")
    expect(page.locator("#case-title")).to_have_text("Drie nachten per week")
    assert page.evaluate("window.streams.map(({ readyState }) => readyState)") == [2, 1]


# ---- own notes ----


def test_own_notes_are_kept_and_never_handed_in(stage: Stage, server: Server) -> None:
    sheet = Sheet([SENTENCE], me={"pen": "taken"})
    page = opens(stage, server, sheet)
    note = page.get_by_role("textbox", name="Mijn eigen notities")
    note.fill("Vraag dit aan Kees.")
    note.press("Control+Enter")
    expect(page.locator("#noting").get_by_text("bewaard", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#noting").get_by_role("button")).to_have_count(0)
    page.locator("#title").click()  # what somebody is writing in does not close under their hands
    moves_on(page, sheet, prompts=[HINDRANCE], step={"number": 3})
    expect(note).to_be_hidden()
    page.get_by_role("button", name="Mijn notities").click()
    expect(note).to_have_value("Vraag dit aan Kees.")
    moves_on(page, sheet, note=NOTE | {"id": "2.notitie"}, step={"number": 1})
    expect(page.locator("#eyebrow")).to_contain_text("tap 1 van 4")
    expect(page.get_by_text("Je had nog iets staan")).to_have_count(0)
    assert {one["state"] for one in sheet.sent} == {"draft"}
    assert sheet.last()["prompt"] == "1.notitie"


# ---- the case ----


def test_a_twist_that_comes_is_said_and_stands_first(stage: Stage, server: Server) -> None:
    sheet = Sheet([HINDRANCE], case={"twists": TWISTS[:1]})
    page = opens(stage, server, sheet)
    expect(page.locator(".twist.newest")).to_contain_text("Wending: Elf dossiers")
    moves_on(page, sheet, prompts=[CHOICE], case={"twists": TWISTS}, step={"number": 3, "twist": 2})
    says(page, "Er is een wending bij de casus: De buurgemeente.")
    expect(page.get_by_role("heading", level=3)).to_have_text(["Wending: De buurgemeente", "Wending: Elf dossiers"])
    expect(page.locator(".twist.newest")).to_have_count(1)
    assert not any("Elf dossiers" in one for one in page.evaluate("window.said")), "what was there already is not news"


def test_on_a_phone_the_twist_stays_in_sight_of_what_it_asks(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([CHOICE], case={"twists": TWISTS}, step={"twist": 2}), PHONE)
    expect(page.get_by_role("heading", name="Wending: De buurgemeente")).to_be_visible()
    expect(page.get_by_text("Marleen heeft al zes jaar")).to_be_hidden()
    expect(page.get_by_role("radio", name="nee")).to_be_in_viewport()


def test_rule_cards_say_what_they_are_and_who_read_them(stage: Stage, server: Server) -> None:
    sheet = Sheet([HINDRANCE])
    page = opens(stage, server, sheet)
    expect(page.locator(".rule")).to_have_count(0)
    moves_on(page, sheet, case={"rules": RULES})
    says(page, "2 regelkaarten")
    first, second = page.locator(".rule").all()
    expect(first).to_contain_text("Awb 4:84")
    expect(first).to_contain_text("Ruimte: Kijk naar deze persoon")
    expect(first).to_contain_text(
        "Gespreksmateriaal, geen juridisch advies. Stand: 1 februari 2026. Nog niet nagelezen."
    )
    expect(second).to_contain_text("Stand: 1 maart 2026. Nagelezen door mr. A. de Wit.")
    expect(second.get_by_text("Ruimte:")).to_have_count(0)
    page.get_by_role("button", name="English").click()
    expect(first).to_contain_text("Not checked yet.")


def test_i_see_from_whose_place_i_look(stage: Stage, server: Server) -> None:
    sheet = Sheet([HINDRANCE], case={"perspectives": SEATS}, me={"chair": 3})
    page = opens(stage, server, sheet)
    expect(page.locator("#seat")).to_have_text("Jij kijkt vanuit: MarleenJe hebt het geld al uitgegeven.")
    expect(page.locator("#eyebrow")).to_contain_text("Jij kijkt vanuit: Marleen")
    moves_on(page, sheet, case={})
    expect(page.locator("#seat")).to_be_hidden()
    expect(page.locator("#eyebrow")).not_to_contain_text("vanuit")


def test_what_people_typed_never_becomes_part_of_the_page(stage: Stage, server: Server) -> None:
    evil = "<img src=x onerror=alert(1)>"
    case = {
        "twists": [{"title": evil, "text": evil}],
        "rules": [RULES[0] | {"article": evil, "text": evil, "room": evil}],
    }
    case |= {"perspectives": [{"name": evil, "text": evil}], "title": evil}
    asked = [prompt("stippen", "1.a", options=[{"id": "x", "text": both(evil)}, *options("y")])]
    asked += [prompt("driehoek", "1.b", options=[{"id": "x", "text": both(evil)}, *CORNERS[1:]])]
    asked += [prompt("matrixrij", "1.c", rows=[{"id": "x", "text": both(evil)}])]
    page = opens(stage, server, Sheet(asked, case=case, me={"chair": 0}))
    expect(page.locator("#case-title")).to_have_text(evil)
    assert page.locator("img").count() == 0


# ---- only talk ----


def test_of_a_method_that_is_only_talk_one_sees_the_screen_and_the_time(stage: Stage, server: Server) -> None:
    talk = {"title": both("Wat raakte je?"), "script": [both("Je hoeft niets uit te leggen.")], "scope": "table"}
    page = opens(stage, server, Sheet([], note=None, step=talk))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk naar het scherm")
    expect(page.locator("#hint")).to_have_text("Wat raakte je?")
    expect(page.locator("#time")).to_have_text("pauze · nog 4:05")
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    picture(page, "werkblad-kijk-naar-het-scherm")


def test_a_step_in_which_one_only_reads_is_no_talk(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([], step={"title": both("Lees de casus")}))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lees de casus")
    expect(page.get_by_role("button", name="Ik heb het gelezen")).to_be_visible()
    expect(page.get_by_role("button", name="Parkeer een oplossing")).to_be_visible()


def test_what_to_do_stands_line_by_line_under_the_question(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([HINDRANCE], step={"script": [both("Eerst lezen."), both("Dan praten.")]}))
    expect(page.get_by_role("main").locator("#script").get_by_role("listitem")).to_have_text(
        ["Eerst lezen.", "Dan praten."]
    )


def test_the_case_with_all_that_comes_with_it_is_fine(stage: Stage, server: Server) -> None:
    case = {"twists": TWISTS, "rules": RULES, "perspectives": SEATS}
    sheet = Sheet([SENTENCE], case=case, me={"chair": 2, "pen": "mine"}, answers=[OURS])
    for size in (None, PHONE):
        page = opens(stage, server, sheet, *([size] if size else []))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.evaluate("() => document.getAnimations().forEach((one) => one.transitionProperty && one.finish())")
            found = [str(one) for one in findings(page)]
            assert not found, "\n".join(found)
            picture(page, f"werkblad-casus-met-alles-{page.viewport_size and page.viewport_size['width']}-{scheme}")
