"""The documentation page: interactive, and whole without a network."""

import re

import httpx


async def test_the_page_loads_only_files_of_this_server(api: httpx.AsyncClient):
    page = await api.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) == 5
    for link in links:
        assert not link.startswith(("http", "//"))
        assert (await api.get(link)).status_code == 200


async def test_no_script_is_inline_and_the_policy_allows_none(api: httpx.AsyncClient):
    page = await api.get("/docs")
    assert re.findall(r"<script(?! src=)", page.text) == []
    assert "script-src 'self';" in page.headers["content-security-policy"]


async def test_the_viewer_knows_openapi_3_1(api: httpx.AsyncClient):
    script = (await api.get("/docs/swagger-ui-bundle.js")).text
    version = re.search(r'PACKAGE_VERSION:"(\d+)\.', script)
    assert version is not None
    assert int(version[1]) >= 5
    assert 'url: "/openapi.json"' in (await api.get("/docs/start.js")).text


async def test_the_document_is_served_and_kept_by_its_tag(api: httpx.AsyncClient):
    first = await api.get("/openapi.json")
    assert first.json()["info"]["title"] == "360 Ghar"
    again = await api.get("/openapi.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_no_other_file_is_given_away(api: httpx.AsyncClient):
    for name in ("LICENSE", "..%2f__init__.py", "swagger-ui.js"):
        assert (await api.get(f"/docs/{name}")).status_code == 404
