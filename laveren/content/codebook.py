"""What is counted over many workshops: the life domains, and the themes with the words that suggest them."""

from __future__ import annotations

from pydantic import Field

from laveren.content.fields import Edited, Ident, Line, Text, Word


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

    def say(self, lang: str) -> str:
        """The theme's name in `lang` ("nl" or "en")."""
        return self.en if lang == "en" else self.nl


class Codebook(Edited):
    """The defined list of themes (`codeboek`)."""

    themes: list[Theme] = Field(alias="themas", min_length=1)
