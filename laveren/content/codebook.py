"""What is counted over many workshops: the life domains, and the themes with the words that suggest them."""

from __future__ import annotations

import hashlib
import json

from pydantic import Field, model_validator

from laveren.content.fields import Edited, Ident, Line, Text, Word, YesNo, wrong

#: At most so many themes count at a time: in the counts each is a bit of a number of 64 bits, one of them its sign.
MOST_THEMES = 63


class Domain(Edited):
    """A life domain (`leefgebied`): a tag, never a score of a resident."""

    id: Ident
    name: Text = Field(alias="naam")
    covers: Text = Field(alias="is")


class Domains(Edited):
    """The list of life domains."""

    domains: list[Domain] = Field(alias="domeinen", min_length=1)


class Theme(Edited):
    """What recurs (`thema`), with what belongs to it and the words that suggest it.

    A word may begin or end with `*` for any letters, and may be a few words in a row. A word that matches `exclude`
    is no hit. Those in `second_hit` are too broad to count alone: they need another hit of the same theme beside them.
    A retired theme suggests nothing and is not chosen any more, and stays so that what was coded with it can be read;
    `into` are the themes it went into: one when it was merged, several when it was split.
    """

    id: Ident
    nl: Line
    en: Line
    belongs: Text = Field(alias="hoort")
    belongs_not: Text | None = Field(None, alias="hoort_niet")
    example: Line = Field(alias="voorbeeld")
    words: list[Word] = Field([], alias="woorden")
    exclude: list[Word] = Field([], alias="uitsluiten")
    second_hit: list[Word] = Field([], alias="tweede_treffer")
    retired: YesNo = Field(False, alias="vervallen")
    into: list[Ident] = Field([], alias="opgegaan_in")

    def say(self, lang: str) -> str:
        """The theme's name in `lang` ("nl" or "en")."""
        return self.en if lang == "en" else self.nl


class Codebook(Edited):
    """The defined list of themes (`codeboek`)."""

    themes: list[Theme] = Field(alias="themas", min_length=1)

    @model_validator(mode="after")
    def few_enough(self) -> Codebook:
        if len(self.living) > MOST_THEMES:
            at = self.themes.index(self.living[MOST_THEMES])
            problem = f"er zijn {len(self.living)} thema's die niet vervallen zijn; hooguit {MOST_THEMES}"
            raise wrong(f"{problem}. Voeg er twee samen, of laat er een vervallen", "themas", at)
        return self

    @property
    def living(self) -> list[Theme]:
        """The themes that are not retired, in their order."""
        return [theme for theme in self.themes if not theme.retired]

    def now(self, theme_id: str) -> str | None:
        """For which living theme counts what was coded with this one: itself, or the one it was merged into.

        None for a theme that is retired or split, and for one that is not there.
        """
        themes, seen = {theme.id: theme for theme in self.themes}, set[str]()
        while (theme := themes.get(theme_id)) and theme.retired:
            if len(theme.into) != 1 or theme_id in seen:
                return None
            seen.add(theme_id)
            theme_id = theme.into[0]
        return theme.id if theme else None


def fingerprint(codebook: Codebook) -> str:
    """What decides what is suggested, as 16 hex characters: the same after a change of names and definitions only."""
    deciding = [
        [theme.id, *(sorted(set(words)) for words in (theme.words, theme.exclude, theme.second_hit))]
        for theme in codebook.living
    ]
    return hashlib.sha256(json.dumps(deciding).encode()).hexdigest()[:16]
