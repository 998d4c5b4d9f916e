"""Which words come back in texts that fit no theme: candidates for the codebook, counted in people.

Words are counted as they are written. Lemmas would put more of them together, but the dictionary they need is not in
the memory of the process that serves (`wordforms`); who reads the list sees `brief` and `brieven` side by side.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from laveren.analysis.hiding import shown
from laveren.analysis.suggesting import fold

# Words as they stand in a text, those with a hyphen or an apostrophe too.
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:;\n])[\s\"'‘’“”(\[-]*$")
SHORTEST = 3

# Words that hold a sentence together, and those that say no more than that somebody does, is or finds something.
_STOP = """
aan acht achter af al alle alleen allemaal alles als altijd ander andere anderen anders beide ben bent best beter
bij bijna bijvoorbeeld binnen blijf blijft blijven boven buiten daar daarbij daardoor daarin daarmee daarna daarom
daarop daarvan daarvoor dag dan dat de denk denken denkt deze dezelfde die dingen dit doe doen doet door doordat
drie dus echt echter een eens eerder eerst eerste eigen eigenlijk elf elk elkaar elke en enige enkel er eraan eraf
erbij erg ergens ermee erover eruit ervan ervoor even ga gaan gaat gaf gebeurt gedaan geeft geen gegaan gehad geven
geweest gewoon ging gisteren goed goede graag groot grote haar had hadden heb hebben hebt heeft heel hele hem hen
het hetzelfde hier hierdoor hij hoe hoeft hoeveel hoeven hoor hoort houden houdt hun ieder iedere iedereen iemand
iets ik in intussen is ja je jij jou jouw juist jullie kan keer keren kijken kijkt klein kleine kom komen komt kon
konden krijg krijgen krijgt kun kunnen kunt laat laatste lang lange langer lastig laten later leggen legt liggen
ligt lijkt maak maakt maar mag maken makkelijk me mee meer meerdere mensen met mij mijn minder misschien moeilijk
moest moesten moet moeten mogelijk mogen morgen na naar naast natuurlijk nee neem neemt negen nemen nergens net
niemand niet niets niks nodig nog nooit nou nu of om omdat ondanks onder ons onze ook op open over overal paar pas
per precies rond samen slecht snel soms staan staat steeds stellen stelt stond stonden te tegen terug terwijl tevens
tien tijdens toch toe toen tot tussen twaalf twee uit uiteindelijk vaak van vanaf vandaag vanuit vanwege veel ver
verder via vier vijf vind vinden vindt volgende volgens voor vooral voordat vraag vraagt vragen waar waardoor waarin
waarmee waarom waarop waaruit waarvan waarvoor wanneer want waren was wat we weer weet weg wel welk welke werd
werden weten wie wij wil wilde willen wilt word worden wordt zal ze zeer zeg zeggen zegt zei zeker zelf zelfs zes
zet zetten zeven zich zie zien ziet zij zijn zit zitten zo zo'n zoals zodat zolang zonder zou zouden zowel zulke
"""
STOP = frozenset(_STOP.split())


class Word(NamedTuple):
    """A word as it is mostly written, and by how many different people."""

    word: str
    people: int


def frequent(texts: Iterable[tuple[int, str]], names: Collection[str] = (), most: int = 30) -> list[Word]:
    """The words that most people use, of texts given as (person, text): those of enough people to be shown.

    Left out are words that only hold a sentence together, numbers, `names` and, as far as capitals show it, other
    names: what is never written small, and stands within a sentence somewhere. The most people first, then by letter.
    """
    people: defaultdict[str, set[int]] = defaultdict(set)
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    small, within = set[str](), set[str]()  # written without a capital; with one, but not where a sentence begins
    for person, text in texts:
        for found in _WORD.finditer(text):
            word = found[0]
            key = _plain(word)
            people[key].add(person)
            written[key][word.lower()] += 1
            if word[0].islower() or (len(word) > 1 and word.isupper()):
                small.add(key)
            elif not _BEGINS.search(text, 0, found.start()):
                within.add(key)
    unwanted = STOP | {_plain(name) for name in names} | (within - small)
    found_words = (
        Word(written[key].most_common(1)[0][0], len(who))
        for key, who in people.items()
        if shown(len(who)) and key not in unwanted and len(key) >= SHORTEST and not any(map(str.isdigit, key))
    )
    return sorted(found_words, key=lambda word: (-word.people, word.word))[:most]


def _plain(word: str) -> str:
    return fold(word)[0]
