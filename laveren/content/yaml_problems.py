"""What the YAML parser stumbles over, said in Dutch to somebody who does not know YAML."""

from __future__ import annotations

import yaml

# A piece of the parser's own words, and what to say then. The first that fits counts.
_SAID = (
    ("'\\t'", "hier staat een tab. Gebruik spaties om in te springen"),
    (
        "mapping values are not allowed",
        "hier staat een dubbele punt te veel, of de regel springt verkeerd in. Hoort de dubbele punt "
        "bij de tekst? Zet die dan tussen aanhalingstekens",
    ),
    ("could not find expected ':'", "hier ontbreekt een dubbele punt met een spatie erachter"),
    (
        "expected <block end>",
        "deze regel springt niet goed in, of er ontbreekt een streepje of een aanhalingsteken. "
        "Laat regels die bij elkaar horen even ver inspringen",
    ),
    ("expected ',' or", "hier ontbreekt een komma of een haak die sluit"),
    ("unexpected end of stream", "een aanhalingsteken wordt niet gesloten"),
    ("document separator", "een aanhalingsteken wordt niet gesloten"),
    (
        "unknown escape character",
        "na een \\ staat hier een teken dat niet kan. Gebruik enkele aanhalingstekens (') om de tekst",
    ),
    (
        "expected escape sequence",
        "na een \\ staat hier een teken dat niet kan. Gebruik enkele aanhalingstekens (') om de tekst",
    ),
    ("cannot start any token", "een tekst kan hier niet met dit teken beginnen. Zet de tekst tussen aanhalingstekens"),
    ("block sequence entries are not allowed", "een streepje kan hier niet. Zet de lijst op de volgende regel"),
    ("block collections are not allowed", "hier kan geen lijst of sleutel staan. Zet die op de volgende regel"),
    ("did not find expected", "de tekst is hier niet af. Kijk of alle haken en aanhalingstekens sluiten"),
    ("expected the node content", "hier hoort iets te staan. Kijk of alle haken sluiten"),
    ("expected chomping or indentation", "na | of > hoort niets meer. Begin de tekst op de volgende regel"),
    ("expected a comment or a line break", "hierachter hoort niets meer op deze regel"),
    (
        "expected '<document start>'",
        "hier begint iets nieuws dat er niet bij past. Kijk naar het inspringen van deze regel",
    ),
    ("unacceptable character", "hier staat een teken dat niet te lezen is. Haal het weg"),
    ("special characters are not allowed", "hier staat een teken dat niet te lezen is. Haal het weg"),
)


def in_dutch(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line (from 1) and what is wrong there; `text` is what was read."""
    line = 1
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        if (
            mark
            and mark.line >= text.count("\n")
            and not text.splitlines()[mark.line : mark.line + 1]
            and error.context_mark
        ):
            line = error.context_mark.line + 1  # the end of the file says nothing: where it began says more
    elif isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
    words = str(error)
    for piece, said in _SAID:
        if piece in words:
            return line, said
    return line, "dit is geen YAML die te lezen is. Kijk naar dubbele punten, streepjes en inspringen"
