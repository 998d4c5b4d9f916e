"""Who is here: an open stream, or something fetched in the last half minute."""

from __future__ import annotations

import time
from collections import Counter, defaultdict

STAY = 30.0  # seconds that somebody counts as here after their last sign of life


class Presence:
    """Kept in memory: after a restart the browsers come back by themselves."""

    def __init__(self) -> None:
        self._streams: dict[int, Counter[int]] = defaultdict(Counter)
        self._seen: dict[int, dict[int, float]] = defaultdict(dict)

    def enter(self, workshop: int, participant: int) -> None:
        """A stream opened."""
        self._streams[workshop][participant] += 1

    def leave(self, workshop: int, participant: int) -> None:
        """A stream ended; they still count for a while."""
        streams = self._streams[workshop]
        streams[participant] -= 1
        if streams[participant] <= 0:
            del streams[participant]
            self._seen[workshop][participant] = time.monotonic()

    def seen(self, workshop: int, participant: int) -> None:
        """Something was fetched or sent."""
        self._seen[workshop][participant] = time.monotonic()

    def here(self, workshop: int) -> set[int]:
        """The participants who are here now."""
        since = time.monotonic() - STAY
        lately = self._seen.get(workshop, {})
        for participant in [one for one, at in list(lately.items()) if at < since]:
            lately.pop(participant, None)
        return set(self._streams.get(workshop, ())) | set(lately)
