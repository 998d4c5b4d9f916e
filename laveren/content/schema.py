"""JSON Schemas of the files people edit, for editors that show what a key may hold; `python -m laveren.content.schema`.

The editor warns while one types; `python -m laveren check` has the last word, since a schema cannot say everything.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from laveren.content.cases import Case
from laveren.content.codebook import Codebook, Domains
from laveren.content.library import read_library
from laveren.content.lines import Lines
from laveren.content.methods import Fixed, Method

#: Where the schemas are, under the root; each YAML file names its own in its first line.
FOLDER = Path("data/reference/schema")


def schemas(domains: list[str]) -> dict[str, str]:
    """The text of each schema file by its name; `domains` are the ids a case may name."""
    case = _schema(Case)
    case["properties"]["domeinen"]["items"] = {"enum": domains}
    made = {
        "case": case,
        "method": _schema(Method),
        "domains": _schema(Domains),
        "codebook": _schema(Codebook),
        "fixed": _schema(Fixed),
        "rehearsal": _schema(Lines),
    }
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()
    }


def write_schemas(root: Path) -> None:
    """Writes the schemas of the content under `root` where its files look for them."""
    folder = root / FOLDER
    os.makedirs(folder, exist_ok=True)
    for name, text in schemas(list(read_library(root).domains)).items():
        (folder / name).write_text(text, encoding="utf-8")


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    if model in (Case, Method):
        # The file's name is the id.
        del schema["properties"]["id"]
        schema["required"].remove("id")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


if __name__ == "__main__":
    write_schemas(Path.cwd())
