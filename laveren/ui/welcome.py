"""What the terminal says at the start: where the program is, and the organiser's key."""

from __future__ import annotations

import sys

from streamlit import config

from laveren.house import House
from laveren.settings import network_address
from laveren.texts import reader
from laveren.workshop.rights import Seat


def print_welcome(house: House) -> None:
    """Prints the addresses and the organiser's link; the key stands behind a #, so it reaches no log."""
    say, port = reader("nl"), config.get_option("server.port")
    own = network_address()
    here = house.settings.url or f"http://localhost:{port}"
    lines = ["", f"  {say('welcome.here')}  {here}"]
    if own and not house.settings.url:
        lines.append(f"  {say('welcome.network')}  http://{own}:{port}")
    lines += [f"  {say('welcome.organiser')}  {here}/toegang#{house.keys.make(Seat.ORGANISER)}"]
    lines += [f"  {say('welcome.data')}  {house.settings.data}", ""]
    print("\n".join(lines), file=sys.stderr, flush=True)
