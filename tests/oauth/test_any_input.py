"""Whatever strangers send: it is read or refused, and nothing in between."""

import contextlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from servers.oauth import redirects
from servers.oauth.audiences import Audiences
from servers.oauth.described import BadMetadata, Described, shown
from servers.oauth.parameters import BadParameters, of_query
from servers.oauth.scopes import BadScope, separated
from tests.oauth.world import ADMIN, URL, USER

pytestmark = pytest.mark.requirement("S3")
_PIECES = (
    *("https", "http", "javascript", "com.example", "cursor", "data", "HTTPS"),
    *(":", "//", "/", "\\", "@", "#", "?", "&", "=", "*", "%2e", "%5c", "%00", "..", ".", " ", "\t", "\n"),
    *("localhost", "127.0.0.1", "[::1]", "[", "]", "app.example", "evil.example", "0x7f.1", "१२७", "ⓔvil"),
    *("80", "443", "99999", "code", "state", "iss", "a"),
)
ADDRESSES = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ADDRESSES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=500)
@given(ADDRESSES)
def test_an_address_that_is_accepted_leads_where_every_reader_says(uri: str) -> None:
    try:
        url = redirects.check(uri)
    except redirects.BadRedirect:
        return
    parts = urlsplit(uri)
    assert str(url) == uri
    assert (url.scheme, (url.host or "").strip("[]")) == (parts.scheme, parts.hostname or "")
    assert url.username is None
    assert url.fragment is None
    assert parts.scheme != "http" or parts.hostname in redirects.LOOPBACK
    assert redirects.registered(uri, [uri])
    answer = redirects.answered(uri, {"code": "a&b=c#d", "state": None, "iss": URL})
    said = parse_qs(urlsplit(answer).query)
    assert (said["code"], said["iss"], "state" in said) == (["a&b=c#d"], [URL], False)
    assert answer.startswith(uri)


@settings(max_examples=300)
@given(ADDRESSES, ADDRESSES)
def test_two_addresses_are_the_same_only_but_for_a_port_of_this_machine(one: str, other: str) -> None:
    with contextlib.suppress(redirects.BadRedirect):
        redirects.check(one)
        if redirects.registered(other, [one]) and other != one:
            mine, theirs = urlsplit(one), urlsplit(other)
            assert mine.scheme == theirs.scheme == "http"
            assert mine.hostname == theirs.hostname
            assert mine.hostname in redirects.LOOPBACK
            assert (mine.path, mine.query) == (theirs.path, theirs.query)


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_parameters_are_read_or_refused(raw: bytes) -> None:
    request = Request({"type": "http", "query_string": raw, "headers": []})
    with contextlib.suppress(BadParameters):
        found = of_query(request)
        assert all(value and "\x00" not in name + value for name, value in found.items())


@settings(max_examples=300)
@given(
    st.one_of(
        JSON,
        st.fixed_dictionaries(
            {"redirect_uris": st.lists(ADDRESSES)},
            optional={
                "client_name": JSON,
                "scope": JSON,
                "grant_types": JSON,
                "client_uri": JSON,
            },
        ),
    )
)
def test_a_description_is_taken_or_refused(said: Any) -> None:
    with contextlib.suppress(BadMetadata):
        kept = Described.of(said).metadata()
        assert kept["redirect_uris"] == said["redirect_uris"]
        assert "\x00" not in str(kept)


@given(st.text())
def test_a_name_is_shown_in_one_short_visible_line(name: str) -> None:
    seen = shown(name) or ""
    assert len(seen) <= 80
    assert seen.isprintable()


@given(st.text())
def test_a_scope_is_read_or_refused(scope: str) -> None:
    with contextlib.suppress(BadScope):
        assert all(each.isascii() and '"' not in each for each in separated(scope))


@settings(max_examples=300)
@given(ADDRESSES)
def test_no_other_address_names_a_server(resource: str) -> None:
    server = Audiences(URL).server(resource)
    if server is not None:
        own = USER if server == "user" else ADMIN
        assert resource.removesuffix("/").lower() == own
