"""The ASGI app: Streamlit and our own routes, wired together. `streamlit run app.py` starts it all."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.middleware import Middleware

from laveren.api.front import Front
from laveren.house import House, the_house
from laveren.settings import ROOT
from laveren.ui.session import say_broken
from laveren.ui.welcome import print_welcome
from laveren.workshop.rehearsing import forget_rehearsals
from laveren.workshop.running import rehearsals
from laveren.workshop.steering import settle_all

HOUR = 3600
log = logging.getLogger(__name__)


async def _settle_hourly(house: House) -> None:
    """What has to be wiped is wiped, and themes are suggested for what came in, also when nobody looks."""
    while True:
        house.store.writer.submit(settle_all, time.time())
        house.store.writer.submit(forget_rehearsals, time.time())
        try:
            await asyncio.to_thread(house.suggesting.wake, house.library.codebook)
        except Exception:  # what has to be wiped must go on being wiped
            log.exception("suggesting themes could not begin")
        await asyncio.sleep(HOUR)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Starts the bus with the server, and lets go of the database at its end."""
    house = the_house()
    house.bus.start()
    settling = asyncio.create_task(_settle_hourly(house))
    reading = asyncio.create_task(asyncio.to_thread(lambda: house.records))  # so that nobody waits for it later
    print_welcome(house)
    gc.collect()
    gc.freeze()  # what is loaded now stays: the collector need not look at it again
    try:
        yield
    finally:
        settling.cancel()
        with suppress(asyncio.CancelledError):
            await settling
        with suppress(Exception):  # whoever looks is told what is wrong
            await reading
        rehearsals.stop_all()
        house.bus.stop()
        house.close()


app = st.App(
    ROOT / "laveren/ui/main.py",
    middleware=[Middleware(Front, house=the_house())],
    lifespan=lifespan,
    on_script_error=say_broken,
)
