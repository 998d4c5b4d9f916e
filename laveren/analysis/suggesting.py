"""Which themes a short Dutch text may be about, by the words of the codebook; a person still has to confirm.

Texts and patterns are cut into words (lower case, without diacritics), so that `norm` is not found in `normaal` and a
pattern of several words (`niet delen`) finds them in a row, whatever stands between them. Every different word of a
text is looked up once; people use the same words over and over, so ten thousand answers take a fraction of a second.

A word is also found as its lemma, by patterns of one word: `beslist` by `beslissen`, `gewacht` by `wacht*`. A pattern
that is itself inflected finds only that: who writes `nummers` does not mean every number. Where no word names a theme,
compounds are taken apart and their last part is looked up, which says what they are: `bezwaartermijn` is found by
`termijn*`. What a theme has to say of a word as it was written goes before.

What was tried, as macro-F1, precision and recall: (1) on the 130 texts to learn from, with the codebook of before its
words were widened; (2) on the same, with 60 % of today's patterns left out at random, the mean of 24 times; (3) on the
260 texts that are kept apart, with today's codebook. With today's codebook the gain is small: its words were written
for finding without lemmas. Stems cost precision and bring nothing.

                                              (1)              (2)              (3)
    words as written                     .431 .685 .352   .703 .886 .602   .594 .614 .610
    and lemmas                           .435 .689 .359   .708 .887 .608   .604 .614 .620
    and compounds where need be: chosen  .441 .693 .366   .714 .887 .616   .604 .614 .620
    lemmas, and compounds always         .442 .688 .373   .714 .882 .618   .600 .610 .616
    compounds always, no lemmas          .439 .684 .366   .709 .880 .611   .590 .610 .606
    lemmas, and stems of these           .434 .680 .359   .695 .842 .604   .572 .558 .610
    lemmas, also in rows of words        .429 .671 .359   .711 .886 .613
    lemmas, also of inflected patterns   .446 .662 .373   .708 .856 .621
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from laveren.analysis.wordforms import lemma, parts
from laveren.content.codebook import Codebook

#: At most so many themes for one answer.
MOST = 3

#: What a broad word counts for, beside a whole one.
BROAD = 0.5

# A word: letters and digits, apostrophes inside (foto's), a plus after (18+).
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*\+?")
_PATTERN_WORD = re.compile(r"[^\W_*]*(?:[*'][^\W_]*)*\+?")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})


class Suggestion(NamedTuple):
    """A theme (id) that a text may be about, and the word in the text that says so, as it was written.

    `score`: how many different words say so; a broad one is half a word.
    """

    theme: str
    word: str
    score: float


class _Pattern(NamedTuple):
    theme: int
    number: int
    words: tuple[str, ...]
    weak: bool
    excludes: bool


class _Hit(NamedTuple):
    first: int
    last: int
    pattern: _Pattern


_Find = Callable[[str], tuple[_Pattern, ...]]


def fold(text: str) -> tuple[str, list[int] | range]:
    """The text in lower case, without diacritics and invisible characters; and where each character came from."""
    if text.isascii():
        return text.lower().replace("`", "'"), range(len(text))
    folded: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text.translate(_APOSTROPHES)):
        for part in unicodedata.normalize("NFKD", char).lower():
            if unicodedata.category(part) not in ("Mn", "Cf"):
                folded.append(part)
                origin.append(place)
    return "".join(folded), origin


class _Lookup:
    """Finds the patterns whose first word fits a word: exact, `begin*`, `*end`, or any other place of the star.

    Patterns that begin with two plain words are found by both: many begin with `de` or `niet`.
    """

    def __init__(self) -> None:
        self.pairs: defaultdict[tuple[str, str], list[_Pattern]] = defaultdict(list)
        self._exact: defaultdict[str, list[_Pattern]] = defaultdict(list)
        self._begin: defaultdict[str, list[_Pattern]] = defaultdict(list)
        self._end: defaultdict[str, list[_Pattern]] = defaultdict(list)
        self._other: list[tuple[Callable[[str], object], _Pattern]] = []

    def add(self, pattern: _Pattern) -> None:
        word = pattern.words[0]
        if len(pattern.words) > 1 and "*" not in word + pattern.words[1]:
            self.pairs[word, pattern.words[1]].append(pattern)
        elif "*" not in word:
            self._exact[word].append(pattern)
        elif word.index("*") == len(word) - 1:
            self._begin[word[:-1]].append(pattern)
        elif word.rindex("*") == 0:
            self._end[word[1:]].append(pattern)
        else:
            self._other.append((fits(word), pattern))

    def find(self, word: str) -> tuple[_Pattern, ...]:
        found = list(self._exact.get(word, ()))
        for cut in range(len(word) + 1):
            found += self._begin.get(word[:cut], ())
            found += self._end.get(word[cut:], ())
        found += [pattern for fit, pattern in self._other if fit(word)]
        return tuple(found)


@lru_cache(maxsize=4096)
def fits(pattern: str) -> Callable[[str], object]:
    """A test whether a whole word fits a pattern in which `*` stands for any letters, or none."""
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*"))).fullmatch


class Suggester:
    """A codebook, made ready once; then `suggest` as often as you like.

    What fits an excluded word is no hit of that theme (`betaald` for `*taal*`). A word that needs a second hit counts
    only with another word of the same theme elsewhere in the text. Negation is not looked at: "geen tijd" is about
    time.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._ids = [theme.id for theme in codebook.living]
        self._lookup = _Lookup()
        number = 0
        for place, theme in enumerate(codebook.living):
            weak = {_words(pattern) for pattern in theme.second_hit}
            strong = {_words(pattern) for pattern in theme.words} - weak
            excluded = {_words(pattern) for pattern in theme.exclude}
            for words in sorted(strong | weak):
                self._lookup.add(_Pattern(place, number, words, words in weak, False))
                number += 1
            for words in sorted(excluded):
                self._lookup.add(_Pattern(place, number, words, False, True))
                number += 1
        self._find = lru_cache(maxsize=100_000)(self._find_word)
        self._find_apart = lru_cache(maxsize=100_000)(self._find_compound)

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """At most three themes, best first: the highest score, then the most letters, then the codebook's order."""
        folded, origin = fold(text)
        spans = [match.span() for match in _WORD.finditer(folded)]
        words = [folded[start:end] for start, end in spans]
        ranked: list[tuple[tuple[float, int, int], Suggestion]] = []
        for theme, counted in (self._themes(words, self._find) or self._themes(words, self._find_apart)).items():
            different = {hit.pattern.number: BROAD if hit.pattern.weak else 1.0 for hit in counted}
            score = sum(different.values())
            letters = sum(spans[hit.last][1] - spans[hit.first][0] for hit in counted)
            order = (-score, -letters, theme)
            reason = next((hit for hit in counted if not hit.pattern.weak), counted[0])
            word = text[origin[spans[reason.first][0]] : origin[spans[reason.last][1] - 1] + 1]
            ranked.append((order, Suggestion(self._ids[theme], word, score)))
        return tuple(suggestion for _, suggestion in sorted(ranked)[:MOST])

    def _find_word(self, word: str) -> tuple[_Pattern, ...]:
        return self._found_as(self._lookup.find(word), lemma(word))

    def _find_compound(self, word: str) -> tuple[_Pattern, ...]:
        last = parts(word)[-1:]
        return self._found_as(self._find(word), *last, *map(lemma, last))

    def _found_as(self, found: tuple[_Pattern, ...], *forms: str) -> tuple[_Pattern, ...]:
        """What was found for a word, and what its other forms add, of themes that say nothing of the word yet."""
        themes = {pattern.theme for pattern in found if len(pattern.words) == 1}
        more = [pattern for form in dict.fromkeys(forms) for pattern in self._lookup.find(fold(form)[0])]
        return (*found, *(pattern for pattern in more if len(pattern.words) == 1 and pattern.theme not in themes))

    def _themes(self, words: list[str], find: _Find) -> dict[int, list[_Hit]]:
        """The hits that count, by theme."""
        hits: defaultdict[int, list[_Hit]] = defaultdict(list)
        for hit in self._hits(words, find):
            hits[hit.pattern.theme].append(hit)
        return {theme: counted for theme, found in hits.items() if (counted := _counted(found))}

    def _hits(self, words: list[str], find: _Find) -> Iterator[_Hit]:
        pairs = self._lookup.pairs
        for first, (word, after) in enumerate(zip_longest(words, words[1:], fillvalue="")):
            for pattern in (*find(word), *pairs.get((word, after), ())):
                last = first + len(pattern.words) - 1
                rest = zip(pattern.words[1:], words[first + 1 : last + 1], strict=False)
                if last < len(words) and all(fits(wanted)(given) for wanted, given in rest):
                    yield _Hit(first, last, pattern)


def _words(pattern: str) -> tuple[str, ...]:
    """A pattern in words; the content package has seen to it that there are letters in it."""
    folded, _ = fold(pattern)
    return tuple(word for word in _PATTERN_WORD.findall(folded) if word)


def _counted(found: Iterable[_Hit]) -> list[_Hit]:
    """The hits of one theme that count, in the order of the text."""
    excluding = [hit for hit in found if hit.pattern.excludes]
    hits = [hit for hit in found if not hit.pattern.excludes]
    # One stretch of text is one hit: the strong before the weak, the longest first.
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.pattern.weak, hit.first - hit.last, hit.first, hit.pattern.number)):
        if not any(_overlap(hit, other) for other in [*excluding, *kept]):
            kept.append(hit)
    if len({hit.pattern.number for hit in kept}) < 2:
        kept = [hit for hit in kept if not hit.pattern.weak]
    return sorted(kept)


def _overlap(one: _Hit, other: _Hit) -> bool:
    return one.first <= other.last and other.first <= one.last
