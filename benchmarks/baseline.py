"""The least that keeps 600 answers safely: one Starlette route, one thread, one fsynced transaction for all that waits.

`python -m benchmarks.baseline PORT FILE`. It checks nothing and knows nobody: what Laveren takes beyond this is
what Laveren does.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import sys
import threading
import time
from concurrent.futures import Future
from typing import Any

import uvicorn
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Waiting = tuple[str, int, str, Future[float]]


class Body(BaseModel):
    """An answer's fields, read but not judged."""

    revision: int
    state: str
    prompt: str
    value: Any = None
    source: str | None = None


class Keeper(threading.Thread):
    """Writes all that waits in one transaction, and answers after the commit."""

    def __init__(self, file: str) -> None:
        super().__init__(daemon=True)
        self.file = file
        self.waiting: queue.SimpleQueue[Waiting] = queue.SimpleQueue()

    def run(self) -> None:
        """Until the process ends."""
        base = sqlite3.connect(self.file, isolation_level=None)
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE answer (id TEXT PRIMARY KEY, revision INTEGER, body TEXT)")
        while True:
            batch = [self.waiting.get()]
            while not self.waiting.empty():
                batch.append(self.waiting.get())
            base.execute("BEGIN IMMEDIATE")
            base.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", [row[:3] for row in batch])
            base.execute("COMMIT")
            for *_, future in batch:
                future.set_result(time.time())


def bare_app(file: str) -> Starlette:
    """The app: `PUT /api/answers/{id}` and a health check."""
    keeper = Keeper(file)
    keeper.start()

    async def put(request: Request) -> Response:
        raw = await request.body()
        body = Body.model_validate_json(raw)
        future: Future[float] = Future()
        keeper.waiting.put((request.path_params["id"], body.revision, raw.decode(), future))
        stored_at = await asyncio.wrap_future(future)
        return JSONResponse({"id": request.path_params["id"], "revision": body.revision, "stored_at": stored_at})

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(routes=[Route("/api/answers/{id}", put, methods=["PUT"]), Route("/api/health", health)])


if __name__ == "__main__":
    uvicorn.run(bare_app(sys.argv[2]), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
