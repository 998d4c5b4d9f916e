"""`python -m laveren …`: what is done beside the screens, also while the program serves."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from laveren.analysis.suggesting import Suggester
from laveren.content.library import CODEBOOK, read_codebook
from laveren.content.library import check as find_faults
from laveren.house import House, open_house
from laveren.reports.answers import answers_csv, answers_jsonl
from laveren.settings import ROOT, network_address, read_settings
from laveren.texts import reader
from laveren.workshop.boards import answers_of, people_of
from laveren.workshop.demo import load_demo
from laveren.workshop.links import links
from laveren.workshop.preparing import Plan, create_workshop, tidy_code
from laveren.workshop.refusals import Refused
from laveren.workshop.rights import Seat
from laveren.workshop.rooms import Room, all_rooms, find_room
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.suggesting import suggest_here

Folder = click.Path(path_type=Path)


@click.group()
def main() -> None:
    """Laveren on the command line."""


@main.command()
@click.option("--casussen", "cases", type=Folder, help="Map met casussen.")
@click.option("--werkvormen", "methods", type=Folder, help="Map met werkvormen.")
def check(cases: Path | None, methods: Path | None) -> None:
    """Kijkt alle casussen en werkvormen na, en noemt elke fout met bestand en regel."""
    faults = find_faults(ROOT, cases, methods)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        sys.exit(1)
    click.echo(reader("nl")("cli.no_faults"))


@main.group()
def workshop() -> None:
    """Bijeenkomsten maken en opzoeken."""


@workshop.command()
@click.option("--title", required=True, help="Titel, zoals die op het scherm staat.")
@click.option("--case", "cases", multiple=True, help="Id van een casus; vaker mag, één per ronde.")
@click.option("--method", required=True, help="Id van de werkvorm.")
@click.option("--groups", type=int, default=4, show_default=True, help="Aantal tafels.")
@click.option("--code", help="Eigen code van zes tekens.")
@click.option("--date", "held_on", type=click.DateTime(["%Y-%m-%d"]), help="Datum, JJJJ-MM-DD.")
@click.option("--place", default="", help="Plaats.")
@click.option("--organisation", default="", help="Organisatie.")
@click.option("--region", default="", help="Regio.")
@click.option("--no-moderation", is_flag=True, help="Woorden komen vanzelf op het scherm.")
@click.option("--json", "as_json", is_flag=True, help="Eén JSON-object.")
def create(
    title: str, cases: tuple[str, ...], method: str, groups: int, code: str | None, held_on: datetime | None,
    place: str, organisation: str, region: str, no_moderation: bool, as_json: bool,
) -> None:  # fmt: skip
    """Maakt een bijeenkomst en geeft de code en de links."""
    house = _house()
    plan = Plan(
        title=title,
        rounds=[RoundPlan(method, (case,)) for case in cases] or [RoundPlan(method)],
        groups=groups,
        held_on=held_on.date() if held_on else date.today(),
        place=place,
        organisation=organisation,
        region=region,
        moderated=not no_moderation,
        code=code,
    )
    try:
        made = house.store.writer.write(create_workshop, (house.library, plan))
    except Refused as refusal:
        raise click.ClickException(reader("nl")(f"refused.{refusal.key}", **refusal.values)) from None
    room = house.room(made)
    assert room is not None
    to = links(house.keys, room, house.settings.url or _own_address())
    shown = {
        "code": room.code,
        "facilitator_key": house.keys.make(Seat.FACILITATOR, room.code, room.salt),
        "links": {"join": to.join, "facilitate": to.facilitate, "help": to.help, "screen": to.screen},
    }
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    click.echo(room.code)
    for name, link in (("join", to.join), ("facilitate", to.facilitate), ("help", to.help), ("screen", to.screen)):
        click.echo(f"{reader('nl')(f'workshops.link_{name}')}: {link}")


@workshop.command("list")
@click.option("--json", "as_json", is_flag=True, help="Eén JSON-object per regel.")
def list_workshops(as_json: bool) -> None:
    """Noemt alle bijeenkomsten, de nieuwste eerst."""
    house, mark = _house(), reader("nl")("rehearsal.mark").lower()
    with house.store.read() as connection:
        for room in all_rooms(connection, house.library):
            counts = {"participants": people_of(connection, room), "answers": answers_of(connection, room)}
            shown = {"code": room.code, "title": room.title, "date": room.held_on.isoformat(), "state": room.state}
            row = shown | counts
            line = "  ".join(map(str, row.values())) + (f"  ({mark})" if room.rehearsal else "")
            row["rehearsal"] = room.rehearsal
            click.echo(json.dumps(row, ensure_ascii=False) if as_json else line)


@main.command()
@click.option("--workshop", "code", required=True, help="Code van de bijeenkomst.")
@click.option("--format", "kind", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
def export(code: str, kind: str) -> None:
    """Schrijft de meegegeven antwoorden van één bijeenkomst naar de uitvoer."""
    house = _house()
    with house.store.read() as connection:
        room = _room(house, connection, code)
        made = answers_csv(connection, room) if kind == "csv" else answers_jsonl(connection, room).encode()
    sys.stdout.buffer.write(made)


@main.command()
@click.option("--codebook", "file", type=Folder, help="Een ander codeboek dan dat van Laveren.")
def suggest(file: Path | None) -> None:
    """Leest regels JSON {"id", "text"} en schrijft bij elk de thema's die de woorden van het codeboek voorstellen."""
    say = reader("nl")
    codebook, faults = read_codebook(file or ROOT / CODEBOOK)
    if codebook is None:
        raise click.ClickException("\n".join(map(str, faults)))
    suggester, wrong = Suggester(codebook), 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            id, text = asked["id"], asked["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, TypeError, KeyError, RecursionError):
            click.echo(say("cli.suggest_wrong", n=number), err=True)
            wrong += 1
            continue
        themes = [{"theme": theme, "score": score, "because": word} for theme, word, score in suggester.suggest(text)]
        click.echo(json.dumps({"id": id, "themes": themes}, ensure_ascii=False))
    if wrong:
        sys.exit(1)


def _room(house: House, connection: Connection, code: str) -> Room:
    room = find_room(connection, house.library, code=tidy_code(code))
    if room is None:
        raise click.ClickException(reader("nl")("refused.code_unknown"))
    return room


def _house() -> House:
    return open_house(read_settings())


def _own_address() -> str:
    return f"http://{network_address() or 'localhost'}:{os.environ.get('PORT', '8501')}"


@main.command()
def demo() -> None:
    """Vult een lege database met twaalf voorbeeldbijeenkomsten."""
    house = _house()
    made = load_demo(house.store, house.library, ROOT / "data/demo")
    suggest_here(house.store, house.library.codebook)
    click.echo(reader("nl")("cli.demo_made" if made else "cli.demo_there", n=made))
    house.close()
