"""The page of a property for everybody: what it shows, says to machines, and keeps to itself."""

import json
import re
from collections.abc import AsyncGenerator
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from servers.app import create_app
from servers.pages import structured
from tests.access.world import URL, World, opened
from tests.servers.applications import client_of, settings
from tools import links

FINGERPRINT = ":".join(["AB"] * 32)


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncGenerator[World]:
    async with opened(database_url, tmp_path) as found:
        yield found


@pytest.fixture
async def client(world: World) -> AsyncGenerator[httpx.AsyncClient]:
    async with world.client(world.app) as made:
        yield made


async def run(world: World, statement: str, **values: object) -> None:
    async with world.runtime.database.writing() as db:
        await db.execute(text(statement), values)


async def path_of(client: httpx.AsyncClient, home: int = 1) -> str:
    """Where the page of a home is, as its answer says."""
    link = (await client.get(f"/api/v1/properties/{home}")).json()["link"]
    assert link.startswith(f"{URL}/h/")
    return link.removeprefix(URL)


def told(page: str) -> dict[str, object]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(script)


async def test_a_live_home_has_a_page_that_says_what_it_is(client: httpx.AsyncClient) -> None:
    path = await path_of(client)
    home = (await client.get("/api/v1/properties/1")).json()
    answer = await client.get(path)
    assert answer.status_code == 200
    page = unescape(answer.text)
    assert home["title"] in page
    assert home["price_text"] in page
    assert f'<link rel="canonical" href="{URL}{path}">' in page
    assert '<meta name="robots" content="index, follow">' in page
    assert f'<meta property="og:url" content="{URL}{path}">' in page
    offer = told(answer.text)
    assert offer["@type"] == "RealEstateListing"
    assert offer["url"] == f"{URL}{path}"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_link_with_other_words_leads_to_the_present_ones(client: httpx.AsyncClient) -> None:
    path = await path_of(client)
    for other in ("/h/1", "/h/a-palace-for-nothing-1"):
        answer = await client.get(f"{other}?lang=hi")
        assert (answer.status_code, answer.headers["location"]) == (301, f"{path}?lang=hi")


async def test_it_speaks_hindi(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{await path_of(client)}?lang=hi")
    assert '<html lang="hi">' in answer.text
    assert "एक नज़र में" in answer.text


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        ("paused", 200, "Not offered at the moment"), ("rented", 410, "No longer offered"),
        ("sold", 410, "No longer offered"), ("archived", 410, "No longer offered"),
        ("draft", 404, "nothing here"), ("review", 404, "nothing here"),
    ],
)  # fmt: skip
async def test_what_is_not_offered_is_told_as_such_and_found_by_no_search_engine(
    world: World, client: httpx.AsyncClient, status: str, code: int, says: str
) -> None:
    path = await path_of(client)
    await run(world, "update properties set status = :status where id = 1", status=status)
    await run(world, "delete from property_search where property_id = 1")
    answer = await client.get(path)
    assert answer.status_code == code
    assert says in answer.text
    assert "ld+json" not in answer.text
    if code != 404:
        assert answer.headers["x-robots-tag"] == "noindex"
    for nowhere in ("/h/flat-999999", "/h/flat", "/h/0", "/h/-1x", f"/h/{'9' * 40}"):
        assert (await client.get(nowhere)).status_code == 404


async def test_what_people_wrote_ends_no_script_and_no_element(
    world: World, client: httpx.AsyncClient
) -> None:
    evil = "</script><script>alert(1)</script><!-- & \u2028 \"quoted\" 'too'"
    await run(
        world, "update properties set title = :evil, description = :same where id = 1", evil=evil, same=evil
    )
    page = (await client.get(await path_of(client))).text
    assert "alert(1)</script>" not in page
    assert page.count("<script") == page.count("</script>") == 1
    assert told(page)["name"] == evil


def test_what_would_end_a_script_is_written_otherwise_and_reads_the_same() -> None:
    evil = {"a": "</script>&<!--\u2028\u2029"}
    said = structured.script(evil)
    assert not set("<>&\u2028\u2029") & set(said)
    assert json.loads(said) == evil


async def test_it_shows_the_photos_with_sizes_and_a_jpeg_for_messengers(
    world: World, client: httpx.AsyncClient
) -> None:
    await run(
        world,
        "insert into photos (property_id, kind, folder, position, state, width, height, placeholder, caption)"
        " values (1, 'photo', 'photos/abcdefghijklmnopqrstuv', 1, 'ready', 1200, 900,"
        " 'data:image/webp;base64,AA', 'The balcony')",
    )
    page = (await client.get(await path_of(client))).text
    jpeg = f"{URL}/media/photos/abcdefghijklmnopqrstuv/1280.jpg"
    assert f'<meta property="og:image" content="{jpeg}">' in page
    assert "/media/photos/abcdefghijklmnopqrstuv/320.webp 320w" in page
    assert "<figcaption>The balcony</figcaption>" in page
    assert told(page)["image"] == jpeg


async def test_no_contact_of_anybody_is_on_it(world: World, client: httpx.AsyncClient) -> None:
    who = await world.person()
    await run(
        world,
        "update people set name = 'Asha Rao', phone = '+919876543210', email = 'asha@example.com'"
        " where id = :who",
        who=who,
    )
    await run(world, "update properties set owner_id = :who where id = 1", who=who)
    page = (await client.get(await path_of(client))).text
    assert not any(each in page for each in ("Asha", "9876543210", "asha@example.com"))


async def test_apps_are_named_where_there_are_any_and_only_then(
    database_url: str, tmp_path: Path, client: httpx.AsyncClient
) -> None:
    documents = ("/.well-known/assetlinks.json", "/.well-known/apple-app-site-association")
    for each in documents:
        assert (await client.get(each)).status_code == 404
    apps = {"android_apps": f"com.ghar.app:{FINGERPRINT}", "apple_apps": "ABCDE12345.com.ghar.app"}
    more = {"public_url": URL, "worker": False, "migrate": False}
    async with client_of(create_app(settings(database_url, tmp_path, **apps, **more))) as with_apps:
        android, apple = [(await with_apps.get(each)) for each in documents]
        assert android.headers["content-type"] == apple.headers["content-type"] == "application/json"
        (app,) = android.json()
        assert app["target"]["package_name"] == "com.ghar.app"
        assert app["target"]["sha256_cert_fingerprints"] == [FINGERPRINT]
        (detail,) = apple.json()["applinks"]["details"]
        assert detail["appIDs"] == ["ABCDE12345.com.ghar.app"]
        page = (await with_apps.get(await path_of(with_apps))).text
        assert 'href="ghar://property/1"' in page


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ((12, "rent", "apartment", 3, "Sector 54"), "3-bhk-apartment-sector-54-for-rent-12"),
        ((7, "pg", "pg", None, None), "pg-7"),
        ((9, "buy", "builder_floor", 2, "दिल्ली", "DLF II"), "2-bhk-builder-floor-dlf-ii-for-sale-9"),
        ((5, "buy", "plot", None, "Ünïcode & Söns </x>"), "plot-unicode-sons-x-for-sale-5"),
    ],
)  # fmt: skip
def test_a_slug_is_plain_words_and_its_id_last(given: tuple[object, ...], slug: str) -> None:
    assert links.slug(*given) == slug  # pyright: ignore[reportArgumentType]
    assert links.property_in(slug) == given[0]


@pytest.mark.requirement("S21")
async def test_the_same_home_is_opened_by_its_link_its_app_and_its_id(client: httpx.AsyncClient) -> None:
    shared = (await client.get("/api/v1/properties/1/share")).json()
    assert shared["link"] == f"{URL}{await path_of(client)}"
    assert links.property_in(shared["link"].rpartition("/")[2]) == shared["id"] == 1
    assert shared["app_link"] == "ghar://property/1"


async def test_a_hindi_page_compares_the_price_in_hindi(client: httpx.AsyncClient) -> None:
    rate = (await client.get("/api/v1/properties/1")).json()["local_rate"]
    page = (await client.get(f"{await path_of(client)}?lang=hi")).text
    assert rate["place"] in page
    assert f"{rate['n']} हैं" in page
    assert rate["text"] not in page


async def test_a_link_that_leads_nowhere_says_so_in_the_language_of_whoever_opens_it(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/h/home-999999", headers={"Accept-Language": "hi"})
    assert (answer.status_code, "यहाँ कुछ नहीं है" in answer.text) == (404, True)
    assert "There is no such" not in answer.text
