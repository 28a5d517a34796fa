"""What is seen in a chat: interfaces that hosts render beside an answer, built and read from `dist/`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

MIME: Final = "text/html;profile=mcp-app"
DIST: Final = Path(__file__).parent / "dist"
_SCHEME: Final = "ui://360ghar"


@dataclass(frozen=True, slots=True)
class Site:
    """Where widgets find what they may load: pictures of ours, and map tiles if there is a server of them."""

    origin: str
    """Such as `https://360ghar.example`."""

    tiles: str | None = None
    """The address of a tile with `{z}`, `{x}` and `{y}`; None draws the map from our own places alone."""

    @property
    def domains(self) -> tuple[str, ...]:
        """The origins that a widget loads pictures from."""
        if self.tiles is None:
            return (self.origin,)
        parts = urlsplit(self.tiles)
        return (self.origin, f"{parts.scheme}://{parts.netloc}")


LOCAL: Final = Site("http://localhost:3600")


@dataclass(frozen=True, slots=True)
class Widget:
    """One interface, whole in one file."""

    name: str
    title: str
    description: str
    """What it shows, for a model that decides whether to say it once more in words."""

    invoking: str
    """What a host says while the tool runs."""

    invoked: str
    """What it says once the answer is there."""

    calls: frozenset[str]
    """The tools that it calls."""

    html: str
    digest: str
    """Of its content; another content has another."""

    @property
    def uri(self) -> str:
        """Where its newest content is."""
        return f"{_SCHEME}/{self.name}"

    @property
    def pinned(self) -> str:
        """Its address as of this content: hosts keep what they read under one address, some for long."""
        return f"{self.uri}/{self.digest}"


@cache
def built(site: Site) -> Mapping[str, Widget]:
    """Every widget by name, as this site serves it."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    return {name: _read(name, about, site) for name, about in manifest.items()}


def _read(name: str, about: Mapping[str, Any], site: Site) -> Widget:
    html = (DIST / f"{name}.html").read_text()
    html = _told(html, "ghar-origin", site.origin)
    html = _told(html, "ghar-tiles", site.tiles or "")
    return Widget(
        name=name,
        title=about["title"],
        description=about["description"],
        invoking=about["invoking"],
        invoked=about["invoked"],
        calls=frozenset(about["calls"]),
        html=html,
        digest=blake2b(html.encode(), digest_size=6).hexdigest(),
    )


def _told(html: str, name: str, value: str) -> str:
    return html.replace(f'name="{name}" content=""', f'name="{name}" content="{escape(value)}"', 1)
