"""The program as people run it: a process of its own, to be stopped, killed and started again on the same port."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select, update

from laveren.house import House, open_house
from laveren.reports.answers import answers_jsonl
from laveren.settings import ROOT, Settings
from laveren.store import Transaction, each, tables
from laveren.workshop.preparing import Plan, create_workshop
from laveren.workshop.rights import Seat
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import RoundPlan

CASE = "tot-mijn-diploma"
METHOD = "waar-loop-je-tegenaan"
STARTING = 60.0  # seconds that a start may take on a busy machine
WRITING = 15.0  # seconds until what a page shows as handed in is in the export


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One Laveren with its data in `data`; what it says goes to server.log there."""

    data: Path
    host: str = "localhost"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @cached_property
    def house(self) -> House:
        """The same database beside the serving process, as the command line opens it."""
        return open_house(Settings(data=self.data, url=None))

    @property
    def organisers_link(self) -> str:
        """What the terminal printed at the start."""
        found = re.findall(r"(http://\S+/toegang#o\.\S+)", self.log.read_text("utf-8"))
        return str(found[-1])

    def start(self) -> None:
        """Serves, and returns once it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        env = {key: value for key, value in os.environ.items() if not key.startswith(("LAVEREN_", "STREAMLIT_"))}
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env | {"LAVEREN_DATA_DIR": str(self.data)}, stdout=said, stderr=said
            )
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            try:
                if httpx.get(f"{self.url}/api/health", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"no answer after {STARTING} s: {self.log.read_text('utf-8')}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends the process, as the system does."""
        if self.process:
            self.process.send_signal(how)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        self.process = None

    def kill(self) -> None:
        """Pulls the plug: `kill -9`."""
        self.stop(signal.SIGKILL)

    def prepares(self, **plan: Any) -> Workshop:
        """A workshop with method a, one round with one case and four tables, unless said otherwise."""
        wanted = {"title": "Netwerkbijeenkomst Laveren", "rounds": [RoundPlan(METHOD, (CASE,))], "groups": 4} | plan
        code = self.house.store.writer.write(create_workshop, (self.house.library, Plan(**wanted)))
        return Workshop(self, code)


@dataclass
class Workshop:
    """A meeting on a serving Laveren, with what a script can do to it."""

    server: Server
    code: str

    def key(self, seat: Seat) -> str:
        return self.server.house.keys.make(seat, self.code, self.room.salt)

    @property
    def facilitators_link(self) -> str:
        return f"{self.server.url}/toegang#{self.key(Seat.FACILITATOR)}"

    @property
    def door(self) -> str:
        return f"{self.server.url}/meedoen/{self.code}"

    @property
    def screen(self) -> str:
        return f"{self.server.url}/scherm?code={self.code}"

    def steers(self, *actions: str) -> None:
        """The facilitator's actions, one after the other."""
        for action in actions:
            url = f"{self.server.url}/api/workshops/{self.code}/steer"
            headers = {"authorization": f"Bearer {self.key(Seat.FACILITATOR)}"}
            answer = httpx.post(url, json={"action": action}, headers=headers, timeout=10)
            assert answer.status_code == 200, answer.text

    def goes_to_step(self, number: int) -> None:
        """From the lobby to this step."""
        self.steers(*["next"] * number)

    def has_left(self, seconds: float) -> None:
        """Lets the time of the present step run out soon; a page that is open hears of it later."""

        def set_clock(tx: Transaction, ends_at: float) -> None:
            w = tables.workshop
            tx.connection.execute(update(w).where(w.c.code == self.code).values(ends_at=ends_at))

        self.server.house.store.writer.write(each(set_clock), time.time() + seconds)

    def someone(self, role: str = "uitvoerder", group: int | None = 1) -> Someone:
        """One more participant, without a browser."""
        client = httpx.Client(base_url=self.server.url, timeout=10)
        answer = client.post("/api/join", json={"code": self.code, "role": role, "group": group})
        assert answer.status_code == 200, answer.text
        return Someone(client)

    @property
    def room(self) -> Room:
        """The workshop as it stands in the database."""
        room = self.server.house.room(self.code)
        assert room is not None
        return room

    def exported(self, count: int) -> list[dict[str, Any]]:
        """What was handed in, as the export reads it: so many answers, which may still be on their way to the disk.

        Totals, which stand for answers that are no more, come with them and are not counted.
        """
        end = time.monotonic() + WRITING
        while True:
            with self.server.house.store.read() as connection:
                found = list(map(json.loads, answers_jsonl(connection, self.room).splitlines()))
            there = len([row for row in found if row["scope"] != "totals"])
            if there == count:
                return found
            assert time.monotonic() < end, f"{count} answers were to come, there are {there}: {found}"
            time.sleep(0.05)

    def kept(self) -> list[str]:
        """Every text in the database of this workshop, drafts too."""
        found = select(tables.answer.c.value).where(tables.answer.c.workshop == self.room.id)
        with self.server.house.store.read() as connection:
            return [value for value in connection.scalars(found) if isinstance(value, str)]


@dataclass
class Someone:
    """A participant who sends answers and looks at nothing."""

    http: httpx.Client

    def gives(self, prompt: str, value: Any = None, **more: Any) -> str:
        """Hands something in; the id of the answer."""
        id = str(uuid.uuid4())
        body = {"revision": 1, "state": "submitted", "prompt": prompt, "value": value} | more
        answer = self.http.put(f"/api/answers/{id}", json=body)
        assert answer.status_code == 200, answer.text
        return id
