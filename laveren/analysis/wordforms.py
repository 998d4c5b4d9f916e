"""As what else a word of a Dutch text may be found: its lemma, and the parts of a compound.

Lemmas are simplemma's (A. Barbaresi), from a dictionary of 370,000 Dutch words that comes with the package. The first
word that is looked up loads it: 0.3 s, and some 50 MB for as long as the process lives. Importing this loads nothing.

Parts are looked up in the same dictionary, the longest known word at the end first. It holds old words, fish and
endings too, so parts have at least four letters (`normaal` is no `norm`), and affixes and particles are no parts
(`planmatig`, `kwijtschelden`). What a part means within the whole nobody checks: a compound is a guess.

Words are given in lower case and without diacritics; the few that need theirs (`ideeën`) have no lemma here. There are
no stems: `suggesting` says why.
"""

from __future__ import annotations

import re

from simplemma import lemmatize
from simplemma.strategies import DictionaryLookupStrategy

#: Shorter words have no lemma (`was`, `mag`: they carry no theme) and are no part of a compound.
SHORTEST = 4

#: Longer words are noise, and not taken apart: that takes ever longer.
LONGEST = 40

_NO_PART = re.compile(
    # before a verb: two words in one, but not a kind of the second
    "achter|binnen|boven|buiten|door|kwijt|langs|mede|neer|omhoog|omlaag|onder|over|rond|samen|tegen|terug|tussen|vast|"
    "voor|voort|weer|"
    # after a word
    "achtig|baar|bare|eren|heden|heid|ingen|ische?|lijke?|loos|loze|matige?|rijke?|s?chap|s?chappen|teit|waarts|zaam|zame|"
    # by chance at the end or the beginning of others: godinnen, hebbende, kwartaal, vertrouw, vergaten, verrekenen
    "bende|innen|kwar|verg|verre|vers|vert"
).fullmatch

_DICTIONARY = DictionaryLookupStrategy()


def lemma(word: str) -> str:
    """The form under which a dictionary has the word: `schuld` for `schulden`; the word itself if it is not known.

    An unknown compound follows its last part: `beslistermijn` for `beslistermijnen`.
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return word
    found = lemmatize(word, "nl")
    if found == word and not _is_known(word) and (compound := parts(word)):
        return word.removesuffix(compound[-1]) + lemmatize(compound[-1], "nl")
    return found


def parts(word: str) -> tuple[str, ...]:
    """`huur` and `schuld` of `huurschuld`, without the s that may link them; nothing if the word is no compound.

    Where -e- or -en- links, the first part is a plural that the dictionary mostly knows (`vrouwenopvang`). Taking
    these away too finds next to nothing but wrong parts (`meeg` in `meegedacht`).
    """
    if len(word) > LONGEST:
        return ()
    for cut in range(SHORTEST, len(word) - SHORTEST + 1):
        if _is_part(word[cut:]):
            for begin in dict.fromkeys((word[:cut], word[:cut].removesuffix("s"))):
                if before := (begin,) if _is_part(begin) else parts(begin):
                    return (*before, word[cut:])
    return ()


def _is_part(word: str) -> bool:
    return len(word) >= SHORTEST and not _NO_PART(word) and _is_known(word)


def _is_known(word: str) -> bool:
    return _DICTIONARY.is_dictionary_member(word, "nl")
