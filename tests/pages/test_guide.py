"""Uitleg: the facilitator's guide, in the language of the page."""

from __future__ import annotations

import pytest

from laveren.settings import ROOT
from tests.ui.visiting import Guest


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_guide_stands_there_whole(guest: Guest, lang: str) -> None:
    wanted = (ROOT / f"laveren/texts/guide.{lang}.md").read_text("utf-8")
    shown = "\n".join(str(text.value) for text in guest.speaks(lang).opens("guide").markdown)
    assert wanted.strip() == shown.strip()
    assert len(wanted) > 1000
