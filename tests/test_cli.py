"""`python -m laveren`: each command as somebody types it, in a process of its own, also beside a serving app."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from laveren.house import House
from laveren.settings import ROOT
from laveren.workshop.rights import Act
from tests.meeting import CASE, METHOD, Meeting


def laveren(*command: str, data: Path, says: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LAVEREN_DATA_DIR": str(data), "LAVEREN_URL": "http://laveren.test/"}
    return subprocess.run(
        [sys.executable, "-m", "laveren", *command],
        cwd=ROOT, env=environment, input=says, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def test_check_says_that_what_ships_is_in_order(tmp_path: Path) -> None:
    done = laveren("check", data=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (
        0, "Alle casussen en werkvormen zijn in orde.\n", "",
    )  # fmt: skip


def test_check_names_every_fault_with_file_and_line_and_no_traceback(tmp_path: Path) -> None:
    cases = tmp_path / "casussen"
    cases.mkdir()
    (cases / "leeg.yaml").write_text("")
    (cases / "tab.yaml").write_text("titel: x\n\tpeildatum: y\n")
    done = laveren("check", "--casussen", str(cases), data=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert "leeg.yaml:1: " in lines[0]
    assert "tab.yaml:2: " in lines[1]


def test_a_meeting_made_beside_a_serving_app_is_there_at_once_with_a_key_that_fits(house: House) -> None:
    done = laveren(
        "workshop", "create", "--title", "Van de opdrachtregel", "--case", CASE, "--case", "erfenis-die-later-kwam",
        "--method", METHOD, "--groups", "6", "--code", "abc234", "--no-moderation", "--json",
        data=house.settings.data,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(done.stdout)
    assert set(made) >= {"code", "facilitator_key", "links"}
    assert made["code"] == "ABC234"
    assert made["links"]["join"] == "http://laveren.test/meedoen/ABC234"
    assert made["links"]["facilitate"] == f"http://laveren.test/toegang#{made['facilitator_key']}"
    assert made["links"]["screen"] == "http://laveren.test/scherm?code=ABC234"
    room = house.room("ABC234")
    assert room is not None
    assert (room.title, room.groups, room.moderated, len(room.rounds)) == ("Van de opdrachtregel", 6, False, 2)
    assert house.visitor([made["facilitator_key"]]).may(Act.STEER, "ABC234")


@pytest.mark.parametrize(("more", "says"), [
    (["--case", "bestaat-niet"], "tot-mijn-diploma"),
    (["--case", CASE, "--code", "KORT"], "K7M4PX"),
    (["--case", CASE, "--groups", "0"], "60"),
])  # fmt: skip
def test_what_cannot_be_made_is_said_kindly(tmp_path: Path, more: list[str], says: str) -> None:
    done = laveren("workshop", "create", "--title", "x", "--method", METHOD, "--json", *more, data=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_list_names_every_meeting_with_its_counts(meeting: Meeting) -> None:
    meeting.someone().gives("1.hindernis", "tekst")
    done = laveren("workshop", "list", "--json", data=meeting.house.settings.data)
    (line,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert {key: line[key] for key in ("code", "title", "state", "participants", "answers", "rehearsal")} == {
        "code": meeting.code, "title": "Netwerkbijeenkomst", "state": "voorbereid", "participants": 1, "answers": 1,
        "rehearsal": False,
    }  # fmt: skip


def test_the_answers_come_out_as_csv_and_as_json_lines_while_the_app_serves(meeting: Meeting) -> None:
    meeting.someone().gives("1.hindernis", "=één 🙃\nregel", source="wet")
    meeting.someone().gives("1.hindernis", "half", state="draft")
    data = meeting.house.settings.data
    made = laveren("export", "--workshop", meeting.code.lower(), data=data)
    (row,) = csv.DictReader(io.StringIO(made.stdout.removeprefix("\ufeff"), newline=""))
    assert (row["value"].replace("\r\n", "\n"), row["source"]) == ("'=één 🙃\nregel", "wet")
    made = laveren("export", "--workshop", meeting.code, "--format", "jsonl", data=data)
    assert [json.loads(line)["value"] for line in made.stdout.splitlines()] == ["=één 🙃\nregel"]
    # and the app, which was open all the while, goes on writing
    meeting.someone().gives("1.hindernis", "erna")


def test_an_unknown_code_is_said_kindly(tmp_path: Path) -> None:
    done = laveren("export", "--workshop", "AAAAAA", data=tmp_path)
    assert done.returncode == 1
    assert "Deze code kennen we niet" in done.stderr
    assert "Traceback" not in done.stderr


CODEBOOK = """
themas:
  - {id: wachttijd, nl: Wachttijd, en: Waiting, hoort: Wachten., voorbeeld: De wachtlijst is lang., woorden: [wacht*]}
  - {id: brieven, nl: Brieven, en: Letters, hoort: Post., voorbeeld: Lang., woorden: ["*brief"], tweede_treffer: [lang]}
"""


def suggested(tmp_path: Path, *lines: str, codebook: str = CODEBOOK) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "codeboek.yaml"
    file.write_text(codebook, "utf-8")
    return laveren("suggest", "--codebook", str(file), data=tmp_path, says="\n".join(lines))


def test_suggest_gives_each_answer_its_themes_best_first_with_the_word_that_says_so(tmp_path: Path) -> None:
    done = suggested(tmp_path, '{"id": "a", "text": "Lang wachten op een brief"}', '{"id": 2, "text": "Niets"}', "")
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {
            "id": "a",
            "themes": [
                {"theme": "brieven", "score": 1.5, "because": "brief"},
                {"theme": "wachttijd", "score": 1.0, "because": "wachten"},
            ],
        },
        {"id": 2, "themes": []},
    ]


def test_suggest_skips_what_is_no_answer_says_which_line_and_does_the_others(tmp_path: Path) -> None:
    wrong = ["geen json", '["a"]', '{"id": "a"}', '{"id": "a", "text": 3}', "[" * 100_000]
    done = suggested(tmp_path, *wrong, '{"id": "b", "text": "wachten"}')
    assert done.returncode == 1
    assert [line.split(" is ")[0] for line in done.stderr.splitlines()] == [f"Regel {n}" for n in range(1, 6)]
    assert json.loads(done.stdout)["id"] == "b"


def test_suggest_says_what_is_wrong_with_a_codebook(tmp_path: Path) -> None:
    done = suggested(tmp_path, codebook=CODEBOOK.replace('"*brief"', "wacht*"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "codeboek.yaml:4: themas[2].woorden[1]: 'wacht*' staat ook bij wachttijd." in done.stderr


def test_suggest_knows_the_codebook_that_ships(tmp_path: Path) -> None:
    done = laveren("suggest", data=tmp_path, says='{"id": 1, "text": "De kostendelersnorm"}')
    assert json.loads(done.stdout)["themes"][0]["theme"] == "leefvorm"
