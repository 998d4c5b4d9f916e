"""Where things are and how the machine is reached, from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from laveren.settings import ROOT, read_settings


def test_without_anything_set_the_data_are_in_the_folder_and_the_address_is_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LAVEREN_DATA_DIR", raising=False)
    monkeypatch.delenv("LAVEREN_URL", raising=False)
    settings = read_settings()
    assert (settings.data, settings.url) == (ROOT / "data", None)
    assert settings.database == ROOT / "data" / "laveren.db"


def test_the_data_can_be_elsewhere_and_the_address_loses_its_last_slash(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LAVEREN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LAVEREN_URL", " https://laveren.gemeente.test/ ")
    settings = read_settings()
    assert (settings.data, settings.url) == (tmp_path, "https://laveren.gemeente.test")
