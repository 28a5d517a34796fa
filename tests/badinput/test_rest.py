"""Bad input over REST: addresses, query strings, methods and headers."""

from urllib.parse import quote

import httpx
import pytest

from tests.badinput.house import House, refusal

SEARCH = "/api/v1/properties"
INVALID = (422, "invalid")
CONTRADICTION = (409, "contradiction")
RIGHT = "28.45,77.05"
RING = [f"{28.4 + step / 10_000:.4f},{77.0 + step % 7 / 1_000:.3f}" for step in range(1_000)]


def corners(*points: str) -> str:
    return "&".join(f"polygon={quote(point)}" for point in points)


@pytest.mark.parametrize("field", ["limit", "age", "radius", "metro_within", "bedrooms"])
@pytest.mark.parametrize(
    "value",
    ["", "ten", "-1", "1e400", "NaN", "Infinity", "1.5", "0x10", "1_0", "+1", " 1", "१०", "１０", "null",
     "true",
     "99999999999999999999", "9" * 5_000, "-9223372036854775809", "[1]", "{}", "1;drop table properties"],
)  # fmt: skip
async def test_a_number_that_is_none_is_refused(house: House, field: str, value: str):
    assert refusal(await house.http.get(SEARCH, params={field: value})) == INVALID


@pytest.mark.parametrize("field", ["budget_max", "area_min", "lat"])
@pytest.mark.parametrize(
    "value", ["1e400", "-1e400", "NaN", "nan", "Infinity", "inf", "1e309", "1e999999999"]
)
async def test_an_amount_that_is_no_finite_number_is_refused(house: House, field: str, value: str):
    assert refusal(await house.http.get(SEARCH, params={field: value, "lng": "77"})) == INVALID


@pytest.mark.parametrize("asked", ["budget_max=-0", "budget_max=0", "area_min=-0.0", "budget_min=1e3"])
async def test_an_odd_way_to_write_a_number_is_still_that_number(house: House, asked: str):
    assert (await house.http.get(f"{SEARCH}?{asked}")).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "colour=red", "words=a&words=b", "limit=1&limit=2", "__proto__=1", "=1", "purpose=steal",
        "kinds=castle", "sort=random()", "facets=yes", "facets=1", "area_unit=bigha", "furnishing=",
        "near=", "society=", "ignore=everything", f"near={'x' * 81}",
        "&".join(f"near=a{number}" for number in range(11)),
        "&".join(f"bedrooms={number}" for number in range(11)),
        "&".join(f"a{number}=1" for number in range(5_000)),
    ],
)  # fmt: skip
async def test_a_field_that_is_unknown_or_out_of_bounds_is_refused(house: House, asked: str):
    assert refusal(await house.http.get(f"{SEARCH}?{asked}")) == INVALID


@pytest.mark.parametrize(
    "asked",
    [
        "lat=91&lng=77", "lat=28&lng=181", "lat=-91&lng=77", "box=1&box=2&box=3",
        "box=nan&box=28&box=77.2&box=29", "box=77,28,78,29", "radius=49&lat=28.4&lng=77",
        corners(RIGHT), corners(RIGHT, RIGHT), corners(*RING[:61]), corners(*RING),
        corners("a,b", "28,77", "29,78"), corners("28,77,1", "28,77", "29,78"),
        corners("28;77", "28,77", "29,78"), corners("1e9,77", "28,77", "29,78"),
        corners("NaN,77", "28,77", "29,78"),
    ],
)  # fmt: skip
async def test_a_place_that_is_none_is_refused(house: House, asked: str):
    assert refusal(await house.http.get(f"{SEARCH}?{asked}")) == INVALID


@pytest.mark.parametrize(
    "asked",
    [
        "lat=77&lng=28", "lat=28", "lng=77", "lat=28.4&lng=77&near=cyber+city", "sort=distance",
        "box=77.2&box=28.3&box=77&box=28.6", "box=77&box=28.6&box=77.2&box=28.3",
        "box=77&box=28&box=77&box=28", "box=0&box=0&box=1&box=1", "amenities=helipad",
        "budget_min=5&budget_max=4", "area_min=5&area_max=4", corners("91,77", "28,77", "29,78"),
        f"{corners(*RING[:3])}&box=77&box=28&box=78&box=29",
    ],
)  # fmt: skip
async def test_fields_that_make_no_sense_together_are_refused(house: House, asked: str):
    assert refusal(await house.http.get(f"{SEARCH}?{asked}")) == CONTRADICTION


@pytest.mark.parametrize(
    "asked",
    [
        corners("28.40,77.00", "28.50,77.20", "28.50,77.00", "28.40,77.20"),
        corners("28.42,77.08", "28.42,77.08", "28.42,77.08"),
        corners("28.40,77.00", "28.41,77.01", "28.42,77.02"),
        corners("28.40,77.00", "28.50,77.00", "28.40,77.00", "28.50,77.00"),
        corners(*RING[:60]),
        "box=-180&box=-90&box=180&box=90",
    ],
)
async def test_a_crossed_or_flat_polygon_is_an_area_like_any_other(house: House, asked: str):
    answer = await house.http.get(f"{SEARCH}?{asked}")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "raw",
    ["words=%00", "words=2bhk%00", "near=%00", "words=%FF", "words=%ED%A0%80", "words=%C0%AF", "%FF=1",
     "words=%F4%90%80%80", "words=%80", "cursor=%00"],
)  # fmt: skip
async def test_bytes_that_are_no_text_are_refused(house: House, raw: str):
    assert refusal(await house.http.get(f"{SEARCH}?{raw}")) == INVALID


@pytest.mark.parametrize(
    "words",
    ["", " ", "\t\n", "🏠🏠🏠", "👨‍👩‍👧‍👦 2bhk", "مرحبا شقة", "\u202e2bhk under 40k",
     "\u200b\u200c\u200d\ufeff", "\u2066x\u2069", "é" * 300,
     "%zz", "%", "a%2", "'; drop table properties; --", "<script>alert(1)</script>", "&|!():*<->", "\\",
     "%s %d {}",
     "((((((((", "NULL", "none", "0", "9" * 300, "e" * 300, "under " * 50, "2bhk " * 60, "1e400",
     "-1 bhk under -5 lakh",
     "1/0 bhk", "99999999999999 crore", "०० bhk", "\x01\x02\x7f", "\ufffe\uffff", "\U0010ffff",
     "ᄀ" * 300, "a\u0301" * 150],
)  # fmt: skip
async def test_words_that_say_nothing_or_too_much_are_read_as_far_as_can_be(house: House, words: str):
    answer = await house.http.get(SEARCH, params={"words": words})
    assert answer.status_code == 200, answer.text
    for tool in ("places?typed=", "places?words="):
        assert (await house.http.get(f"/api/v1/{tool}{quote(words[:60])}")).status_code in (200, 422)


@pytest.mark.parametrize("length", [301, 10_000])
async def test_words_without_end_are_refused(house: House, length: int):
    assert refusal(await house.http.get(SEARCH, params={"words": "x" * length})) == INVALID


@pytest.mark.parametrize("raw", ["words=%zz", "words=%", "words=100%", "words=%E", "words=a%2", "%=%"])
async def test_a_percent_sign_that_escapes_nothing_is_a_percent_sign(house: House, raw: str):
    answer = await house.raw(f"GET {SEARCH}?{raw} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
    assert answer.status_code == (422 if raw.startswith("%") else 200)


async def first_cursor(house: House, **asked: str) -> str:
    answer = await house.http.get(SEARCH, params={"limit": "2", **asked})
    return answer.json()["next_cursor"]


@pytest.mark.parametrize(
    "cursor",
    ["x", "AAAA", "====", "é", "🏠", "null", "../../etc/passwd", "-", "A" * 12, "AAAAAAAAAAAAe30",
     "eyJhIjpbMV19" * 9,
     " "],
)  # fmt: skip
async def test_a_cursor_that_we_did_not_write_is_refused(house: House, cursor: str):
    assert refusal(await house.http.get(SEARCH, params={"cursor": cursor})) == (409, "bad_cursor")


@pytest.mark.parametrize("sort", ["price", "newest", "best"])
async def test_a_cursor_that_was_changed_anywhere_is_refused(house: House, sort: str):
    cursor = await first_cursor(house, sort=sort)
    for at in range(0, len(cursor), 5):
        changed = cursor[:at] + ("B" if cursor[at] != "B" else "C") + cursor[at + 1 :]
        asked = {"sort": sort, "limit": "2", "cursor": changed}
        assert refusal(await house.http.get(SEARCH, params=asked)) == (409, "bad_cursor")


@pytest.mark.parametrize(
    "asked",
    [{}, {"sort": "price_desc"}, {"sort": "price", "budget_max": "1"}, {"sort": "price", "words": "park"}],
)
async def test_a_cursor_of_another_question_is_refused(house: House, asked: dict[str, str]):
    cursor = await first_cursor(house, sort="price")
    assert refusal(await house.http.get(SEARCH, params={**asked, "cursor": cursor})) == (409, "bad_cursor")


async def test_a_cursor_of_any_length_is_refused(house: House):
    answer = await house.http.get(SEARCH, params={"cursor": "A" * 60_000})
    assert refusal(answer)[0] in (409, 422)


@pytest.mark.parametrize(
    "id_",
    ["0", "-1", "abc", "1e3", "1.0", "%00", "%FF", "99999999999999999999", "9" * 4_000, "null", "१",
     " 1", "1%20",
     "1;", "0x1", "%F0%9F%8F%A0", "true", "NaN"],
)  # fmt: skip
async def test_an_id_that_is_none_is_refused(house: House, id_: str):
    for path in (f"{SEARCH}/{id_}", f"{SEARCH}/{id_}/similar"):
        assert refusal(await house.http.get(path)) in (INVALID, (404, "no_such_path"))


@pytest.mark.parametrize("id_", ["9223372036854775807", "2147483648", "999999999"])
async def test_an_id_of_nothing_is_not_found(house: House, id_: str):
    assert refusal(await house.http.get(f"{SEARCH}/{id_}")) == (404, "no_such_property")


@pytest.mark.parametrize(
    "asked", ["", "ids=1", "ids=a&ids=b", "ids=-1&ids=2", "ids=1,2", "ids=1&ids=99999999999999999999",
              "&".join(f"ids={number}" for number in range(1, 9))],
)  # fmt: skip
async def test_a_comparison_of_nothing_is_refused(house: House, asked: str):
    assert refusal(await house.http.get(f"{SEARCH}/compare?{asked}"))[0] in (404, 422)


@pytest.mark.parametrize(
    "path",
    ["/api/v1/nothing", "/api/v1/properties/1/2/3", "/api/v1/../../etc/passwd",
     "/api/v1/%2e%2e/%2e%2e/etc/passwd",
     "/.env", "/static/../servers/app.py", "/static/%2e%2e/%2e%2e/settings.py",
     "/docs/../../pyproject.toml",
     "/docs/%2e%2e%2fopenapi.py", "/api/v1/embed_listings", "/api/v1/platform/embed_listings",
     "//evil.example/x",
     "/%00", "/%FF", "/" + "a" * 20_000, "/api/v1/" + "a/" * 2_000, "/pictures/../../x.svg",
     "/pictures/%00.svg"],
)  # fmt: skip
async def test_an_address_of_nothing_is_not_found(house: House, path: str):
    answer = await house.raw(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
    assert refusal(answer) == (404, "no_such_path")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "LOCK", "QUERY"])
@pytest.mark.parametrize("path", [SEARCH, f"{SEARCH}/1", "/openapi.json", "/health", "/", "/docs"])
async def test_a_method_that_an_address_does_not_take_is_refused(house: House, method: str, path: str):
    answer = await house.http.request(method, path)
    assert refusal(answer) == (405, "method_not_allowed")
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Basic dXNlcjpwYXNz", "Bearer x", "bearer a.b.c", "Bearer " + "A" * 8_000,
     "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwicm9sZSI6ImFkbWluIn0.", "Bearer ..", "Bearer \x80\xff",
     "Token 1",
     "Bearer null", "Bearer a b c", "é", "Bearer eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.c2ln",
     "Bearer eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uLy4uL2V0Yy9wYXNzd2QifQ.e30.AAAA"],
)  # fmt: skip
@pytest.mark.parametrize("path", [SEARCH, "/api/v1/admin/database"])
async def test_a_token_that_is_none_is_401(house: House, header: str, path: str):
    answer = await house.http.get(path, headers=[(b"authorization", header.encode("latin-1"))])
    assert refusal(answer) == (401, "invalid_token")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (b"if-none-match", b'"'), (b"if-none-match", b"W/"), (b"if-none-match", b"\xff" * 100),
        (b"if-none-match", b","),
        (b"x-request-id", b"<script>"), (b"x-request-id", b"x" * 10_000), (b"accept", b"image/png"),
        (b"accept", b"\xff"),
        (b"accept-language", b"xx-\xff;q=nan"), (b"range", b"bytes=5-1"),
        (b"content-type", b"application/json"),
        (b"idempotency-key", b"\x80"), (b"cookie", b"a=" + b"b" * 8_000), (b"host", b"evil.example"),
        (b"host", b""),
        (b"x-forwarded-for", b"'; --"), (b"x-forwarded-host", b"evil.example"), (b"expect", b"200-maybe"),
        (b"content-length", b"0"), (b"accept-encoding", b"zstd;q=2"), (b"forwarded", b"for=;;;"),
    ],
)  # fmt: skip
async def test_an_odd_header_is_no_obstacle_to_a_search(house: House, name: bytes, value: bytes):
    lines = b"" if name == b"host" else b"host: localhost\r\n"
    request = b"GET %s?limit=1 HTTP/1.1\r\n%s%s: %s\r\n\r\n" % (SEARCH.encode(), lines, name, value)
    answer = await house.raw(request)
    assert answer.status_code == 200, answer.text
    assert "evil" not in answer.text
    assert "script" not in answer.headers["x-request-id"]


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
        b"BREW /coffee HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"GET / HTTP/1.1\r\ncontent-length: -5\r\n\r\n",
        b"POST /api/v1/chat HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        b"POST /api/v1/chat HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"POST /api/v1/chat HTTP/1.1\r\ncontent-length: ten\r\n\r\n",
    ],
)  # fmt: skip
async def test_what_is_no_http_is_400(house: House, request_: bytes):
    answer = await house.raw(request_)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


async def test_a_client_that_goes_away_in_the_middle_is_let_go(house: House):
    head = b"POST /api/v1/chat HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    with pytest.raises(EOFError):
        await house.raw(head + b"content-length: 100\r\n\r\n{", close=True)
    assert (await house.http.get("/health/live")).status_code == 200


async def test_an_expired_or_foreign_token_is_401(house: House):
    answer: httpx.Response = await house.http.get(SEARCH, headers={"authorization": f"Bearer {EXPIRED}"})
    assert refusal(answer) == (401, "invalid_token")


EXPIRED = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJpc3MiOiJnaGFyLWRldmVsb3BtZW50IiwiYXVkIjoiZ2hhciIsInN1YiI6IjMiLCJyb2xlIjoiYWRtaW4iLCJleHAiOjF9."
    "c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0"
)
