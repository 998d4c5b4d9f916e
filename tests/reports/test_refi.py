"""The codebook and the coded texts for other programs: valid, whole, the same each time, and with every place right."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject
from pyrefiqda.models import CodeBook, Project

from laveren.content.codebook import Codebook
from laveren.reports.cover import Cover, NothingToExport
from laveren.reports.refi import Coding, Passage, Source, codebook_qdc, project_qdpx
from laveren.texts import reader
from tests.reports.refi_schema import schema_of

SAY = reader("nl")
DAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC).timestamp()
COVER = Cover("Wat mensen zeiden", [("Regio", "Haaglanden")], DAY, 2, 2914, 21, True, "<5")
CODEBOOK = Codebook.model_validate(
    {
        "themas": [
            {
                "id": "wachttijd",
                "nl": "Wachten & <wachten>",
                "en": "Waiting",
                "hoort": {"nl": "Lang moeten wachten.", "en": "Having to wait."},
                "hoort_niet": {"nl": "Niet weten wie.", "en": "Not knowing who."},
                "voorbeeld": "Tien weken stil.",
            },
            {
                "id": "loket",
                "nl": "Loket",
                "en": "Desk",
                "hoort": {"nl": "Het loket.", "en": "The desk."},
                "voorbeeld": "Dicht.",
                "vervallen": True,
                "opgegaan_in": ["wachttijd"],
            },
        ]
    }
)
ANSWER = "5f0c2c1e-1f7e-4b53-8f3e-000000000001"
SOURCES = [
    Source(
        "K7M4PX",
        "Netwerkdag, 1 maart 2026",
        [
            Passage("vraag", "Waar loop je tegenaan?"),
            Passage(
                ANSWER,
                "Niemand belt terug.\r\nTien weken stil.",
                [Coding("wachttijd", "Codeur 2", NOON), Coding("loket", "Codeur 1", NOON)],
                ["loket"],
                "Ook in Delft gehoord",
            ),
            Passage("b", "Het loket is dicht.", [Coding("wachttijd", "Codeur 1", NOON + 60)], ["wachttijd"]),
        ],
    ),
    Source("QQQQQQ", "Netwerkdag, 2 maart 2026", [Passage("c", "Niets bijzonders.")]),
]
OFFICIAL_CODEBOOK = schema_of(CodeBook, "urn:QDA-XML:codebook:1.0")
OFFICIAL_PROJECT = schema_of(Project, "urn:QDA-XML:project:1.0")


def qdpx(sources: list[Source] = SOURCES, **wanted: bool) -> bytes:
    return project_qdpx(CODEBOOK, sources, COVER, SAY, "nl", **wanted)


def members(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def loaded(raw: bytes, folder: Path) -> Any:
    (folder / "project.qdpx").write_bytes(raw)
    return RefiProject.load(folder / "project.qdpx", str(folder / "out"))


def coded(project: Any, folder: Path) -> list[tuple[str, str, str, str]]:
    """Each coding as another program sees it: who, which code, when, and the words at its place."""
    users = {user.guid: user.name for user in project.users.user}
    codes = {code.guid: code.name for code in project.code_book.codes.code}
    found = []
    for source in project.sources.text_source:
        text = RefiProject.resolve_source_path(source.plain_text_path, folder / "out").read_bytes().decode()
        for place in source.plain_text_selection:
            words = text[place.start_position : place.end_position]
            for coding in place.coding:
                assert coding.creating_user == place.creating_user
                who = users[coding.creating_user]
                found.append((who, codes[coding.code_ref.target_guid], str(coding.creation_date_time), words))
    return found


def test_the_codebook_is_as_the_official_schema_wants_it() -> None:
    OFFICIAL_CODEBOOK.assertValid(etree.fromstring(codebook_qdc(CODEBOOK, DAY, SAY, "nl")))


@pytest.mark.parametrize("with_suggested", [False, True])
def test_the_project_is_as_the_official_schema_wants_it(with_suggested: bool) -> None:
    OFFICIAL_PROJECT.assertValid(etree.fromstring(members(qdpx(with_suggested=with_suggested))["project.qde"]))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<CodeRef targetGUID=", b"<CodeRef guid="),
        (b'isCodable="true"', b'isCodable="ja"'),
        (b'creationDateTime="2026-03-01T12:00:00Z"', b'creationDateTime="1 maart 2026"'),
        (b'startPosition="24"', b'startPosition="x"'),
        (b'guid="', b'guid="K'),
        (b"<Notes>", b"<Description>te vroeg</Description><Notes>"),
        (b"Description>", b"Beschrijving>"),
    ],
)
def test_the_schema_finds_what_is_wrong(right: bytes, wrong: bytes) -> None:
    project = members(qdpx())["project.qde"]
    assert right in project
    assert not OFFICIAL_PROJECT.validate(etree.fromstring(project.replace(right, wrong)))


def test_another_program_finds_the_themes_with_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "book.qdc").write_bytes(codebook_qdc(CODEBOOK, DAY, SAY, "nl"))
    book = RefiCodebook.load(tmp_path / "book.qdc")
    waiting, desk = book.codes.code
    assert waiting.name == "Wachten & <wachten>"
    assert waiting.description == (
        "Lang moeten wachten.\nHoort er niet bij: Niet weten wie.\nVoorbeeld: Tien weken stil."
    )
    (every,) = book.sets.set
    assert every.name == "Codeboek van Laveren: 2 thema's, 3 maart 2026"
    assert [member.guid for member in every.member_code] == [waiting.guid, desk.guid]


def test_a_retired_theme_cannot_be_given_any_more_and_says_where_it_went(tmp_path: Path) -> None:
    (tmp_path / "book.qdc").write_bytes(codebook_qdc(CODEBOOK, DAY, SAY, "nl"))
    waiting, desk = RefiCodebook.load(tmp_path / "book.qdc").codes.code
    assert (waiting.is_codable, desk.is_codable) == (True, False)
    assert desk.description.endswith("Vervallen en opgegaan in: Wachten & <wachten>")


def test_a_theme_is_the_same_code_in_every_file_and_language(tmp_path: Path) -> None:
    (tmp_path / "book.qdc").write_bytes(codebook_qdc(CODEBOOK, date(2027, 1, 1), reader("en"), "en"))
    book = RefiCodebook.load(tmp_path / "book.qdc")
    project = loaded(qdpx(), tmp_path)
    assert [code.name for code in book.codes.code] == ["Waiting", "Desk"]
    assert [code.guid for code in book.codes.code] == [code.guid for code in project.code_book.codes.code]


def test_what_people_coded_comes_back_with_who_when_and_the_words(tmp_path: Path) -> None:
    words = "Niemand belt terug.\nTien weken stil."
    assert coded(loaded(qdpx(), tmp_path), tmp_path) == [
        ("Codeur 1", "Loket", "2026-03-01T12:00:00Z", words),
        ("Codeur 2", "Wachten & <wachten>", "2026-03-01T12:00:00Z", words),
        ("Codeur 1", "Wachten & <wachten>", "2026-03-01T12:01:00Z", "Het loket is dicht."),
    ]


def test_a_document_is_its_passages_under_each_other(tmp_path: Path) -> None:
    project = loaded(qdpx(), tmp_path)
    first, second = project.sources.text_source
    assert (first.name, second.name) == ("Netwerkdag, 1 maart 2026", "Netwerkdag, 2 maart 2026")
    text = RefiProject.resolve_source_path(first.plain_text_path, tmp_path / "out").read_bytes()
    assert text.decode() == ("Waar loop je tegenaan?\n\nNiemand belt terug.\nTien weken stil.\n\nHet loket is dicht.")


def test_what_only_words_suggest_is_left_out_unless_asked_for_and_then_by_the_program(tmp_path: Path) -> None:
    without, with_them = tmp_path / "without", tmp_path / "with"
    without.mkdir()
    with_them.mkdir()
    confirmed = coded(loaded(qdpx(), without), without)
    every = coded(loaded(qdpx(with_suggested=True), with_them), with_them)
    assert "Laveren" not in {who for who, *_ in confirmed}
    assert [one for one in every if one[0] != "Laveren"] == confirmed
    assert [(code, words) for who, code, _, words in every if who == "Laveren"] == [
        ("Loket", "Niemand belt terug.\nTien weken stil."),
        ("Wachten & <wachten>", "Het loket is dicht."),
    ]


def test_a_memo_is_a_note_at_the_place_it_is_about(tmp_path: Path) -> None:
    project = loaded(qdpx(), tmp_path)
    (note,) = project.notes.note
    assert (note.name, note.plain_text_content) == ("Memo 1", "Ook in Delft gehoord")
    places = [place for source in project.sources.text_source for place in source.plain_text_selection]
    (place,) = [place for place in places if place.note_ref]
    assert (place.note_ref[0].target_guid, place.description) == (note.guid, "Ook in Delft gehoord")
    assert (place.start_position, place.coding) == (24, [])


def test_the_project_says_filter_date_and_how_many(tmp_path: Path) -> None:
    said = loaded(qdpx(), tmp_path).description
    assert {"Regio: Haaglanden", "Gemaakt op: 3 maart 2026", "Antwoorden: 2914"} <= set(said.splitlines())
    assert "voorstellen" not in said
    assert "Coderingen van Laveren zijn voorstellen" in loaded(qdpx(with_suggested=True), tmp_path).description


def test_every_guid_is_of_one_thing() -> None:
    project = etree.fromstring(members(qdpx(with_suggested=True))["project.qde"])
    guids = project.xpath("//@guid")
    assert len(guids) == len(set(guids)) > 10
    pointed = set(project.xpath("//@targetGUID | //@creatingUser | //@creatingUserGUID"))
    assert pointed <= set(guids)


def test_the_id_of_an_answer_stands_nowhere() -> None:
    assert not [name for name, raw in members(qdpx()).items() if ANSWER.encode() in raw or ANSWER in name]


def test_the_same_texts_make_the_same_file() -> None:
    raw = qdpx()
    assert raw == qdpx()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_strange_characters_keep_every_place_right(tmp_path: Path) -> None:
    strange = [
        "🙈 astraal 𝕏",
        "\x00bel\x07 en\x1b esc",
        "\ufeffmerk",
        "half \ud83d paar",
        "regel\rregel\r\nregel\u2028x",
    ]
    passages = [Passage(str(n), text, [Coding("loket", "🙂 \x01A", NOON)]) for n, text in enumerate(strange)]
    raw = qdpx([Source("s", "T\x02itel", passages)])
    OFFICIAL_PROJECT.assertValid(etree.fromstring(members(raw)["project.qde"]))
    kept = coded(loaded(raw, tmp_path), tmp_path)
    assert [words for *_, words in kept] == [
        "🙈 astraal 𝕏", "bel en esc", "merk", "half  paar", "regel\nregel\nregel\u2028x",
    ]  # fmt: skip
    assert {who for who, *_ in kept} == {"🙂 A"}


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=[])), max_size=6))
def test_whatever_is_written_each_place_holds_its_own_words(texts: list[str]) -> None:
    passages = [Passage(str(n), f"{n}{text}", [Coding("loket", "A", NOON)]) for n, text in enumerate(texts)]
    files = members(qdpx([Source("s", "s", [Passage("kop", "Kop"), *passages])]))
    project = etree.fromstring(files.pop("project.qde"))
    OFFICIAL_PROJECT.assertValid(project)
    (text,) = [raw.decode() for raw in files.values()]
    assert "\r" not in text
    places = [
        (int(p.get("startPosition")), int(p.get("endPosition"))) for p in project.iterfind(".//{*}PlainTextSelection")
    ]
    assert "\n\n".join(["Kop", *(text[start:end] for start, end in places)]) == text
    assert [text[start : start + len(str(n))] for n, (start, _) in enumerate(places)] == list(
        map(str, range(len(texts)))
    )


@pytest.mark.parametrize("sources", [[], [Source("a", "Leeg", [])], [Source("a", "Leeg", [Passage("a", "\x00")])]])
def test_nothing_to_export_is_said_and_makes_no_file(sources: list[Source]) -> None:
    with pytest.raises(NothingToExport) as refused:
        qdpx(sources)
    assert "Kies iets ruimer" in SAY(refused.value.key)


def test_a_theme_that_the_codebook_does_not_know_is_not_left_out_in_silence() -> None:
    with pytest.raises(KeyError, match="geld"):
        qdpx([Source("a", "a", [Passage("a", "a", [Coding("geld", "A", NOON)])])])
