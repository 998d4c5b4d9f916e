"""What the documents say is so: what they name is there, and what is there they name."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from laveren.cli import main
from laveren.settings import ROOT

README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def commands(group: click.Group, before: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        whole = f"{before}{name}"
        found += commands(command, f"{whole} ") if isinstance(command, click.Group) else [whole]
    return found


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"laveren {command}" in README or f"make {command}" in README


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"python -m laveren ((?:workshop )?[a-z]+)", README))
    assert named <= set(commands(main))


def test_every_make_target_in_the_readme_exists_and_is_explained() -> None:
    explained = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?<![a-z] )make ([a-z]+)\b", README)) - {"a"}
    assert named <= explained
    assert {"setup", "run", "demo", "test", "bench", "lint"} <= explained


def test_every_dependency_has_a_line_that_says_why() -> None:
    pinned = re.findall(r"^([a-z0-9]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    reasons = README.split("## Why each dependency is there")[1]
    assert pinned
    assert [name for name in pinned if not re.search(rf"^\|[^|]*\b{name}\b", reasons, re.MULTILINE)] == []


def test_every_dependency_is_pinned_to_one_version() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line and line[0] not in "#-"]
        assert [line for line in lines if "==" not in line] == []


def test_the_pictures_in_the_readme_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 3
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


def test_the_architecture_names_every_room_of_the_house() -> None:
    rooms = [folder.name for folder in (ROOT / "laveren").iterdir() if (folder / "__init__.py").is_file()]
    assert [room for room in rooms if f"laveren/{room}/" not in ARCHITECTURE] == []


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "PRIVACY.md"])
def test_the_files_and_links_a_document_names_are_there(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not link.startswith("http")]
    paths = re.findall(r"`((?:laveren|tests|pages|casussen|werkvormen|data/reference|data/demo)/[\w./-]*)`", text)
    assert [name for name in [*links, *paths] if not _there(ROOT / name)] == []


def _there(path: Path) -> bool:
    return path.exists()


def test_no_source_file_has_outgrown_its_room() -> None:
    files = [file for file in (ROOT / "laveren").rglob("*.py") if "migrations" not in file.parts]
    too_long = [str(file) for file in files if len(file.read_text("utf-8").splitlines()) > 340]
    assert too_long == []


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    files = [*(ROOT / "laveren").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    silent = [str(file) for file in files if file.stat().st_size and not file.read_text("utf-8").startswith('"""')]
    assert silent == []
