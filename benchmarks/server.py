"""A fresh server in a directory of its own, as its own process, and what the system says that it uses."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CASES = ("erfenis-die-later-kwam", "drie-nachten-per-week")
HOST = "127.0.0.1"
START_SECONDS = 60.0
_TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """The program on a free port, its data in `data`; can be killed and started again."""

    def __init__(self, data: Path, command: Sequence[str] | None = None, root: Path = ROOT) -> None:
        self.data, self.port, self.root = data, free_port(), root
        self._command = list(command or self._laveren())
        self._process: subprocess.Popen[bytes] | None = None

    def _laveren(self) -> list[str]:
        run = [sys.executable, "-m", "streamlit", "run", str(self.root / "app.py")]
        return [*run, "--server.port", str(self.port), "--server.address", HOST]

    @property
    def environment(self) -> dict[str, str]:
        """What the server and the commands beside it see."""
        return os.environ | {"LAVEREN_DATA_DIR": str(self.data), "LAVEREN_URL": f"http://{HOST}:{self.port}"}

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Starts it, and waits until it and its database answer."""
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self.root, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{self.port}/api/health", timeout=2) as found:
                if found.status == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{(self.data / 'server.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """Ends it as a power cut would: nothing is tidied up."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def stop(self) -> None:
        """Ends it, and makes sure of it."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def command(self, *arguments: str) -> str:
        """What `python -m laveren …` prints, run beside the server on the same data."""
        run = [sys.executable, "-m", "laveren", *arguments]
        done = subprocess.run(run, cwd=self.root, env=self.environment, capture_output=True, timeout=120, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
        return done.stdout.decode()

    def workshop(self, method: str, *, moderated: bool = False) -> dict[str, Any]:
        """A new workshop of two rounds and sixty tables: `code`, `facilitator_key`, `links`."""
        cases = [word for case in CASES for word in ("--case", case)]
        told = ["--title", "Meting", *cases, "--method", method, "--groups", "60", "--json"]
        told += [] if moderated else ["--no-moderation"]
        made: dict[str, Any] = json.loads(self.command("workshop", "create", *told))
        return made

    def export(self, code: str) -> list[dict[str, Any]]:
        """The handed-in answers, as the facilitator finds them back."""
        lines = self.command("export", "--workshop", code, "--format", "jsonl").splitlines()
        return [json.loads(line) for line in lines]

    def rows(self, query: str) -> list[Any]:
        """What the database says, read beside the server."""
        base = sqlite3.connect(f"file:{self.data}/laveren.db?mode=ro", uri=True, timeout=30)
        try:
            return base.execute(query).fetchall()
        finally:
            base.close()

    def cpu_seconds(self) -> float:
        """Processor time used so far, all threads, in seconds."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory_mb(self) -> float:
        """Resident memory now, in MB (10^6 bytes)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        found = next(line for line in lines if line.startswith("VmRSS:"))
        return int(found.split()[1]) * 1024 / 1e6


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def fresh_server(root: Path = ROOT) -> Iterator[Server]:
    """A server with an empty database, gone with all its data afterwards; `root` is where the program is."""
    with tempfile.TemporaryDirectory(prefix="laveren-bench-") as place:
        server = Server(Path(place), root=root)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def bare_server() -> Iterator[Server]:
    """The baseline: see `benchmarks.baseline`."""
    with tempfile.TemporaryDirectory(prefix="laveren-bare-") as place:
        server = Server(Path(place))
        server._command = [sys.executable, "-m", "benchmarks.baseline", str(server.port), str(server.data / "bare.db")]
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def busy_processes(number: int) -> Iterator[None]:
    """So many processes that do nothing but use a core each; they end by themselves after three minutes."""
    code = "import time\nuntil = time.monotonic() + 180\nwhile time.monotonic() < until: sum(range(1000))"
    busy = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(number)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait(10)
