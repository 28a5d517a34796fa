"""Where a sign-in may lead: whatever is asked for, a browser stays with us."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servers.signin.browsers import label
from servers.signin.paths import own_path, with_next

TRICKY = st.text(st.sampled_from("/\\:@?#.%&=;evil \t\r\n\0\u3002\uff0f\u2028ज"), max_size=30)


@settings(deadline=None)
@given(st.one_of(TRICKY, TRICKY.map(lambda text: "/" + text), st.text()))
@example("//evil.example")
@example("/\\evil.example")
@example("/\t/evil.example")
@example("/%0d%0aset-cookie:x")
@example("\\/evil.example")
@example("///evil.example")
@example("/.//evil.example")
@example("javascript:alert(1)")
def test_no_path_leads_to_another_host(wanted: str) -> None:
    path = own_path(wanted)
    assert path.startswith("/")
    assert path.isascii()
    assert path.isprintable()
    # What a browser does before it reads an address: it drops tabs and line ends, and turns backslashes.
    read = path.translate({ord(sign): None for sign in "\t\r\n"}).replace("\\", "/")
    for base in ("https://ghar.example/sign-in", "http://localhost:3600/sign-in/code?next=/"):
        assert urlsplit(urljoin(base, read)).netloc == urlsplit(base).netloc


@pytest.mark.parametrize(
    "wanted", ["/", "/account", "/oauth/consent?request=a-b_c&x=%2F#top", "/docs?a=[1]&b='x'", "/a//b"]
)
def test_a_page_of_ours_is_kept(wanted: str) -> None:
    assert own_path(wanted) == wanted


@pytest.mark.parametrize("wanted", [None, "", "account", "/" + "a" * 2_000])
def test_anything_else_is_the_first_page(wanted: str | None) -> None:
    assert own_path(wanted) == "/"


def test_where_to_go_on_to_stands_in_the_query() -> None:
    assert with_next("/sign-in", "/account?a=b&c") == "/sign-in?next=%2Faccount%3Fa%3Db%26c"
    assert with_next("/sign-in", "/") == "/sign-in"


@pytest.mark.parametrize(
    ("user_agent", "called"),
    [
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox on Linux"),
        ("curl/8.5", "Browser"),
        ("", "Browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(user_agent: str, called: str) -> None:
    assert label(user_agent) == called
