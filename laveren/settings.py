"""Where things are and how this machine is reached: read once from the environment."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """`data` holds what is recorded; `url` is the public address without a slash at the end, or None."""

    data: Path
    url: str | None
    cases: Path = ROOT / "casussen"
    methods: Path = ROOT / "werkvormen"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "laveren.db"


def read_settings() -> Settings:
    """From LAVEREN_DATA_DIR and LAVEREN_URL; both may be missing."""
    data = Path(os.environ.get("LAVEREN_DATA_DIR") or ROOT / "data").expanduser().resolve()
    url = (os.environ.get("LAVEREN_URL") or "").strip().rstrip("/")
    return Settings(data=data, url=url or None)


@cache
def network_address() -> str | None:
    """This machine's address on its network; asks the system which way it would send, and sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if found.startswith("127.") else found
