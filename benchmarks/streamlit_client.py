"""A Streamlit page without a browser: speaks its websocket protocol, and reads what a run drew."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.server import HOST

PATIENCE = 30.0  # seconds after which a run will not end
KEY_COOKIE = "laveren_sleutel"


@dataclass
class Run:
    """One run of a script or a fragment, as it reached the client."""

    seconds: float = 0.0
    texts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    fragments: Counter[str] = field(default_factory=Counter)  # bytes drawn by each
    bytes: int = 0

    @property
    def text(self) -> str:
        """Everything drawn, component data included."""
        return "\n".join(self.texts)


class Page:
    """One open page; `run` reruns it, or only its fragment."""

    def __init__(self, socket: ClientConnection, port: int, name: str, query: str) -> None:
        self._socket, self._name, self._query = socket, name, query
        self._url = f"http://{HOST}:{port}/{name}?{query}"

    async def run(
        self,
        fragment: str = "",
        typed: tuple[str, str] | None = None,
        chosen: tuple[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> Run:
        """Asks for a run and reads until it has ended; the time is from asking to the end being read.

        `typed` is the id of a text field or a list and what stands in it, `chosen` of a row of buttons.
        """
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_name, state.fragment_id = self._query, self._name, fragment
        state.context_info.url, state.context_info.locale = self._url, "nl-NL"
        if typed:
            state.widget_states.widgets.add(id=typed[0], string_value=typed[1])
        if chosen:
            state.widget_states.widgets.add(id=chosen[0]).string_array_value.data.append(chosen[1])
        run, began = Run(), time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        async with asyncio.timeout(patience):
            while not self._take(await self._socket.recv(decode=False), run):
                pass
        run.seconds = time.perf_counter() - began
        return run

    def _take(self, raw: bytes, run: Run) -> bool:
        run.bytes += len(raw)
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            finished = str(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
            if finished == "FINISHED_WITH_COMPILE_ERROR":
                run.faults.append(finished)
            return finished != "FINISHED_EARLY_FOR_RERUN"
        if kind == "page_not_found":
            run.faults.append("page not found")
        if kind == "delta":
            delta = message.delta
            if delta.fragment_id:
                run.fragments[delta.fragment_id] += len(raw)
            if delta.WhichOneof("type") == "new_element":
                element = delta.new_element
                if element.WhichOneof("type") == "exception":
                    run.faults.append(element.exception.message or element.exception.type)
                run.texts.append(str(element))
        return False


@asynccontextmanager
async def open_page(port: int, name: str, query: str = "", *, key: str = "") -> AsyncIterator[Page]:
    """A page with its websocket open; `key` is what the cookie would hold."""
    cookie = {"Cookie": f"{KEY_COOKIE}={key}"} if key else {}
    async with connect(
        f"ws://{HOST}:{port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit"), Subprotocol("bench")],
        origin=Origin(f"http://{HOST}:{port}"),
        additional_headers=cookie,
        max_size=None,
        compression=None,
    ) as socket:
        yield Page(socket, port, name, query)
