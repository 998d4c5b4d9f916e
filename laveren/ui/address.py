"""The address that a room can reach: LAVEREN_URL, else the host this page was opened with, else the network's."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import segno

from laveren.settings import Settings, network_address


@dataclass(frozen=True)
class Address:
    """`url` without a slash at the end; `guessed` when the page was opened by a name only this machine knows."""

    url: str
    guessed: bool = False

    @property
    def short(self) -> str:
        """What one types: without http://."""
        return self.url.split("://", 1)[-1]


def room_address(settings: Settings, opened: str) -> Address:
    """Where a room finds us; `opened` is the address of the page as the browser has it."""
    if settings.url:
        return Address(settings.url)
    parts = urlsplit(opened)
    if not parts.hostname or not _only_here(parts.hostname):
        return Address(f"{parts.scheme or 'http'}://{parts.netloc}")
    port = f":{parts.port}" if parts.port else ""
    own = network_address()
    return (
        Address(f"{parts.scheme}://{own}{port}", guessed=True)
        if own
        else Address(f"{parts.scheme}://{parts.netloc}", True)
    )


def _only_here(host: str) -> bool:
    """Whether only this machine knows itself by this name."""
    try:
        number = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return number.is_loopback or number.is_unspecified


@cache
def qr_code(url: str) -> str:
    """A QR code of `url` as an image that can stand in a page."""
    picture = io.BytesIO()
    segno.make(url, error="m").save(picture, kind="svg", border=2, dark="#12304A", light="#FFFFFF", scale=8)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()
