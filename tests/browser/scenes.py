"""What the projector's figures are fed with: data as the page makes it, with the longest words that are used."""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]
ROLES = ["leidinggevende", "uitvoerder", "beleid", "bestuur", "ervaringsdeskundige", "ketenpartner"]
SOURCES = ["Werkproces of systeem", "Gemeentelijk beleid", "Mandaat of tijd", "Wet", "Keten", "Gewoonte", "Twijfel"]
STATES = ["Doe ik al", "Mag, doe ik niet", "Weet niet of het mag", "Mag niet, wel nodig"]
QR = {"src": "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E", "alt": "QR"}
TITLE = {"title": "Nu weegt de wet het zwaarst, eigen kracht zou zwaarder moeten wegen", "note": "van 43 mensen"}


def screen(**more: Any) -> Data:
    """A projector with all around the figure that takes room; `more` is what it shows."""
    around = {
        "code": "K7M4PX", "stamp": None, "mode": "figure", "away": "weg", "lobby": None,
        "top": {"title": "Laveren tussen regels en praktijk", "round": "ronde 1 van 2", "join": "doe mee op",
                "address": "laveren.test/meedoen", "code": "K7M 4PX", "qr": QR, "demo": ""},
        "ask": {"kicker": "De erfenis die later kwam · stap 2 van 7", "question": "Waar ligt het gewicht?", "hint": ""},
        "clock": {"ends_at": 0, "remaining": 220, "total": 360, "paused": None, "over": "tijd is om, rond rustig af"},
        "foot": {"left": [["47", "antwoorden"]], "right": [["43", "hier"]]},
    }  # fmt: skip
    return around | dict.fromkeys(("case", "cards", "bars", "figure")) | more


def triangle(n: int = 300) -> Data:
    def shares(i: int) -> list[float]:
        top, left = 0.05 + 0.9 * (i * 0.618 % 1), i * 0.414 % 1
        return [top, (1 - top) * left, (1 - top) * (1 - left)]

    centroids = [
        {"label": label, "n": 60 - 5 * i, "now": [0.5, 0.3 - i / 50, 0.2 + i / 50], "should": [0.2, 0.5, 0.3]}
        for i, label in enumerate(["iedereen", *ROLES, "anders"])
    ]
    return TITLE | {
        "kind": "triangle", "corners": ["wet & protocol", "eigen kracht", "efficiency"],
        "misfit": "2 zeggen: past niet",
        "arrows": [{"from": shares(i) if i % 7 else None, "to": shares(i + 5)} for i in range(n)],
        "centroids": centroids, "names": {"now": "nu", "should": "zou moeten"},
    }  # fmt: skip


def matrix() -> Data:
    def cell(row: int, column: int) -> Data:
        if ROLES[row] == "ervaringsdeskundige":
            return {"text": "niet gevraagd", "n": "", "level": None, "asked": False}
        if row == column:
            return {"text": "<5", "n": "", "level": None, "asked": True}
        half = (3 * row + 2 * column) % 9
        return {"text": f"{1 + half / 2:.1f}".replace(".", ","), "n": "n 12", "level": half / 8, "asked": True}

    cells = [[cell(row, column) for column in range(6)] for row in range(6)]
    remarks = ["Leidinggevende rekent meer op ervaringsdeskundige (4,5) dan andersom (2,0)"] * 3
    more = {"rows": ROLES, "columns": ROLES, "cells": cells, "remarks": remarks, "corner": "wie zegt ↓ over wie →"}
    return TITLE | {"kind": "matrix"} | more


def scatter(mean: Data | None = None) -> Data:
    points = [{"x": x, "y": y, "n": 1 + 5 * (x - 1) + y} for x in range(1, 6) for y in range(1, 6)]
    x = {"label": "Hoe haalbaar is dit?", "low": "helemaal niet haalbaar", "high": "heel goed haalbaar"}
    y = {"label": "Hoe wenselijk is dit?", "low": "helemaal niet wenselijk", "high": "heel wenselijk"}
    return TITLE | {"kind": "scatter", "x": x, "y": y, "points": points, "mean": mean}


def moved(beside: Data | None = None) -> Data:
    kinds = [(label, "hindernis") for label in SOURCES] + [(label, "ruimte") for label in STATES]
    rows = [{"label": label, "before": i, "after": 22 - i, "kind": kind} for i, (label, kind) in enumerate(kinds)]
    names = {"before": "voor de wending", "after": "na de wending"}
    return TITLE | {"kind": "moved", "rows": rows, "names": names, "triangle": beside}


def spread(rows: int = 5, options: int = 6) -> Data:
    """The answers to a question for each of some rows, as `data.bars`."""
    names = ["past", "schuurt", "weet niet", "draagt", "geeft ruimte", "blokkeert"][:options]
    parts = [[f"part c{i}", (i + 0.2) / 20, f"1{i}"] for i in range(options)]
    labels = ["Hulp waar dat echt nodig is", "Aanvullend op wat iemand zelf kan", "Bestaanszekerheid", "Meedoen"]
    made = [{"label": labels[i % 4], "value": "43", "share": 1, "strong": not i, "parts": parts} for i in range(rows)]
    return TITLE | {"rows": made, "kind": "", "legend": [[f"c{i}", name] for i, name in enumerate(names)]}


def questions(n: int) -> Data:
    """Some questions with a scale from 1 to 5, side by side."""
    answers = ["1", "2", "3", "4", "5", "Geen zicht op"]
    rows = [
        {"label": label, "value": str(i + 3), "share": (i + 3) / 8, "strong": False} for i, label in enumerate(answers)
    ]
    asked = [{"heading": "Hoe wenselijk is dit voor de inwoner?"}, *rows]
    return {"title": "", "note": "43 mensen", "rows": asked * n, "kind": ""}


def card(text: str, **more: Any) -> Data:
    return {"text": text, "kind": "hindernis", "about": "werkproces of systeem", **more}


def cards(*some: Data, light: Data | None = None) -> Data:
    return {"cards": list(some), "light": light, "empty": "Nog niets"}


SAYING = "Gelijke gevallen gelijk behandelen betekent ook: ongelijke gevallen anders, voor zover ze verschillen."
WITHOUT = "niet iedereen: twee van ons zien hier ruimte, maar nemen die niet zonder rugdekking van de directie erbij"
SCRIPT = {"kind": "script", "lines": ["Iemand brengt een zaak in die blijft knagen. De anderen luisteren."] * 5}
TABLES = TITLE | {"kind": "tables", "rows": [{"tables": "Tafel 1, 3, 5", "case": "De erfenis die later kwam"}] * 6}
TWIST = {"kicker": "Wending", "title": "Marleen is niet de enige", "paragraphs": ["Er lagen elf zulke dossiers."]}
CASE = {"title": "De erfenis", "persons": "Marleen (52)", "paragraphs": ["Marleen heeft al zes jaar bijstand."]}
ASK = {"kicker": "stap 2", "question": "Op wie durf je te rekenen als je in een lastige zaak buiten de standaard gaat?"}
SCENES = {
    "driehoek": screen(figure=triangle()),
    "driehoek-kaarten": screen(figure=triangle(40), cards=cards(*[card(SAYING)] * 3)),
    "matrix": screen(figure=matrix()),
    "matrix-lange-vraag": screen(figure=matrix(), ask=ASK | {"hint": ""}),
    "matrix-kaarten": screen(
        figure=matrix() | {"remarks": ["4 mensen hebben op geen enkele rol zicht"]}, cards=cards(*[card(SAYING)] * 3)
    ),
    "spreiding": screen(figure=scatter({"x": 3.4, "y": 2.7, "label": "gemiddelde"})),
    "spreiding-kaarten": screen(figure=scatter(), cards=cards(light=card(SAYING))),
    "verschuiving": screen(figure=moved()),
    "verschuiving-driehoek": screen(figure=moved(triangle(40))),
    "klok": screen(figure=SCRIPT),
    "tafels": screen(figure=TABLES),
    "vragen": screen(mode="domains", bars=questions(3)),
    "verdeling": screen(mode="domains", bars=spread()),
    "verdeling-veel": screen(mode="domains", bars=spread(9, 3)),
    "verdeling-kaarten": screen(mode="cards", bars=spread(4, 4), cards=cards(*[card(SAYING, dissent=WITHOUT)] * 4)),
    "wending": screen(mode="case", case=CASE | {"twist": TWIST}),
}
