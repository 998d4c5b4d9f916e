"""The schemas that editors read are those of the models, and each shipped file names its own."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from laveren.content.library import read_library
from laveren.content.schema import FOLDER, schemas, write_schemas

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("casussen/*.yaml"), *ROOT.glob("werkvormen/*.yaml"), *ROOT.glob("data/reference/*.yaml")])


def test_the_written_schemas_are_those_of_the_models() -> None:
    made = schemas(list(read_library(ROOT).domains))
    assert {file.name for file in (ROOT / FOLDER).iterdir()} == set(made)
    for name, text in made.items():
        assert (ROOT / FOLDER / name).read_text("utf-8") == text, "run: python -m laveren.content.schema"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_shipped_file_names_its_schema_and_keeps_to_it(file: Path) -> None:
    first = file.read_text("utf-8").split("\n", 1)[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((file.parent / first.split("=", 1)[1]).read_text("utf-8"))
    data = json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))
    jsonschema.Draft202012Validator(schema).validate(data)


def test_a_schema_knows_the_domains_and_not_the_id() -> None:
    made = {name: json.loads(text) for name, text in schemas(["school", "werk"]).items()}
    case = made["case.schema.json"]
    assert case["properties"]["domeinen"]["items"] == {"enum": ["school", "werk"]}
    assert "id" not in case["properties"]
    assert "id" not in made["method.schema.json"]["properties"]
    assert {"titel", "situatie", "peildatum"} <= set(case["required"])


def test_writing_puts_the_schemas_where_the_files_look(tmp_path: Path) -> None:
    for folder in ("casussen", "werkvormen"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data/reference").mkdir(parents=True)
    for file in (ROOT / "data/reference").glob("*.yaml"):
        (tmp_path / "data/reference" / file.name).write_bytes(file.read_bytes())
    write_schemas(tmp_path)
    assert (tmp_path / FOLDER / "case.schema.json").exists()
