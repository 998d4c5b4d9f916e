"""Who may know whom: reads the imports of every module and holds them against the plan of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted([*(ROOT / "laveren").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])

# Each part of the house and the parts it may import. What a part does not name, it knows nothing of.
MAY_KNOW = {
    "settings": set(),
    "content": set(),
    "texts": set(),
    "privacy": set(),
    "analysis": {"content"},
    "store": {"content"},
    "workshop": {"content", "analysis", "store"},
    "reports": {"content", "analysis", "store", "workshop"},
    "live": {"store", "workshop"},
    "house": {"content", "analysis", "store", "workshop", "live", "settings"},
    "api": {"content", "texts", "store", "workshop", "reports", "live", "house"},
    "cli": {"content", "texts", "analysis", "store", "workshop", "reports", "house", "settings"},
    "__main__": {"cli"},
    "ui": {
        "content", "texts", "privacy", "analysis", "store", "workshop", "reports", "live", "house", "settings", "api",
    },
    "pages": {"content", "texts", "analysis", "workshop", "reports", "house", "settings", "ui"},
    "app": {"api", "workshop", "live", "house", "settings", "ui"},
}  # fmt: skip
SCREENS = ("ui", "pages", "app")


def part_of(file: Path) -> str:
    """The part of the house a file is in."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "laveren" else parts[0]


def imported(file: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it; `from a import b` is told as a and as a.b."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports of the package are written out"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_known(file: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(file) if name.startswith("laveren.")}


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_a_module_knows_only_whom_its_part_may_know(file: Path) -> None:
    part = part_of(file)
    if part == "__init__":
        assert parts_known(file) == set()
        return
    known = {other for other in parts_known(file) - {part} if other != "__version__"}
    assert known <= MAY_KNOW[part], f"{part} imports {known - MAY_KNOW[part]}"


@pytest.mark.parametrize("file", [file for file in MODULES if part_of(file) not in SCREENS], ids=name)
def test_only_the_screens_import_streamlit(file: Path) -> None:
    assert not [module for module in imported(file) if module.split(".")[0] == "streamlit"]


@pytest.mark.parametrize("file", [file for file in MODULES if part_of(file) in SCREENS], ids=name)
def test_a_screen_never_sees_the_tables(file: Path) -> None:
    seen = set(imported(file))
    assert not [module for module in seen if module.startswith("laveren.store.") and module != "laveren.store.Job"]
    assert not [module for module in seen if module.split(".")[0] in ("sqlalchemy", "alembic", "sqlite3")]


@pytest.mark.parametrize("part", ["content", "texts", "privacy", "analysis"])
def test_what_knows_nothing_of_the_store_does_not_know_its_library_either(part: str) -> None:
    for file in (file for file in MODULES if part_of(file) == part):
        assert not [module for module in imported(file) if module.split(".")[0] in ("sqlalchemy", "starlette")]


def test_every_part_of_the_house_has_its_place_in_the_plan() -> None:
    assert {part_of(file) for file in MODULES} - {"__init__"} <= set(MAY_KNOW)
