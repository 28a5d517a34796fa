"""A browser without JavaScript: it keeps cookies, follows links within the house, and fills in forms."""

import re
from html import unescape
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

from tests.clients.forms import Button, Form, forms

MOST_REDIRECTS = 8
_REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; ?url=([^"]*)"')
Query = dict[str, str]


class Browser:
    """One person's browser. Where the house sends it elsewhere, it stops and remembers the address."""

    def __init__(self, base: str, **headers: str) -> None:
        self.base = base
        self.http = httpx.AsyncClient(base_url=base, headers={"accept": "text/html", **headers}, timeout=30)
        self.page: httpx.Response
        self.left_for: str | None = None
        self.trail: list[str] = []
        """Every address that it was ever redirected to."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()

    @property
    def at(self) -> str:
        """The path and query of the page that is shown."""
        return self.page.url.raw_path.decode()

    @property
    def forms(self) -> list[Form]:
        return forms(self.page.text)

    def form(self, *fields: str, to: str = "") -> Form:
        """The first form with these fields whose action holds `to`."""
        for each in self.forms:
            if each.has(*fields) and to in each.action:
                return each
        raise AssertionError(f"no form with {fields} at {self.at}: {self.page.status_code} {self.page.text}")

    async def open(self, url: str, **headers: str) -> httpx.Response:
        """Go to an address as if it had been typed in, or clicked on another site."""
        return await self._follow(self.http.build_request("GET", url, headers=headers))

    async def submit(
        self, form: Form, button: Button | str | None = None, /, **filled: str
    ) -> httpx.Response:
        """Send a form with these fields filled in, by this button or the first."""
        pressed = form.button(button) if isinstance(button, str) else button
        if pressed is None and form.buttons:
            pressed = form.buttons[0]
        data = form.fields | filled
        if pressed is not None and pressed.name:
            data[pressed.name] = pressed.value
        return await self.send(form.action, data, form.method)

    async def send(self, action: str, data: Query, method: str = "post", **headers: str) -> httpx.Response:
        """Send these fields to an address on the page's behalf."""
        target = urljoin(str(self.page.url), action)
        ours = {"origin": self.base, "referer": str(self.page.url), **headers}
        if method == "get":
            return await self._follow(self.http.build_request("GET", target, params=data, headers=ours))
        return await self._follow(self.http.build_request("POST", target, data=data, headers=ours))

    async def _follow(self, request: httpx.Request) -> httpx.Response:
        self.left_for = None
        for _ in range(MOST_REDIRECTS):
            self.page = await self.http.send(request)
            target = self.page.headers.get("location") or _refresh(self.page.text)
            if target is None:
                return self.page
            self.trail.append(target)
            onwards = urljoin(str(self.page.url), target)
            if not onwards.startswith(f"{self.base}/"):
                self.left_for = target
                return self.page
            request = self.http.build_request("GET", onwards)
        raise AssertionError(f"too many redirects at {self.at}: {self.trail}")

    @property
    def told(self) -> Query:
        """What the house sent along when it sent the browser elsewhere. Nothing may be there twice."""
        assert self.left_for is not None, f"still at {self.at}: {self.page.status_code} {self.page.text}"
        pairs = parse_qsl(urlsplit(self.left_for).query, keep_blank_values=True)
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)


def _refresh(html: str) -> str | None:
    """Where a page leads by itself."""
    found = _REFRESH.search(html)
    return unescape(found[1]) if found else None
