"""Reads over REST: parameters, entity tags, pages."""

import httpx
import pytest
from inline_snapshot import snapshot

from tests.facade import example
from tests.facade.serving import application
from tools.catalog import Catalog
from tools.ports import Ports

HOMES = "/api/v1/homes"


def ids(answer: httpx.Response) -> list[int]:
    return [home["id"] for home in answer.json()["items"]]


def problem(answer: httpx.Response) -> tuple[int, str, str]:
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "details"}
    return answer.status_code, error["code"], error["message"]


async def test_an_answer_is_the_tools_model_as_json(api: httpx.AsyncClient):
    answer = await api.get(f"{HOMES}/3")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == snapshot({"id": 3, "title": "घर 3", "rent": 20003, "bedrooms": 3, "listed": None})


async def test_a_repeated_parameter_is_a_list(api: httpx.AsyncClient):
    assert ids(await api.get(f"{HOMES}?bedrooms=1&bedrooms=2")) == [1, 2, 5, 6]
    assert ids(await api.get(f"{HOMES}?bedrooms=1")) == [1, 5]


async def test_a_single_parameter_given_twice_is_refused(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}?limit=1&limit=2")) == snapshot(
        (422, "invalid", "limit: is given more than once.")
    )


async def test_an_unknown_parameter_is_refused_by_name(api: httpx.AsyncClient):
    answer = await api.get(f"{HOMES}?colour=blue")
    assert problem(answer) == snapshot((422, "invalid", "colour: is not a field of this tool."))
    assert answer.json()["error"]["details"] == snapshot(
        [{"field": "colour", "problem": "is not a field of this tool"}]
    )


async def test_a_parameter_that_the_path_gives_is_refused(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}/3?id=4")) == snapshot(
        (422, "invalid", "id: is already given in the path.")
    )


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=x",
        "limit=",
        "purpose=buy",
        "lat=nan",
        "rent_max=-1",
        "bedrooms=two",
        "limit=1_0",
        "limit=+1",
        "limit=1.0",
        "furnished=yes",
        "rent_max=1e99",
    ],
)
async def test_a_value_outside_of_the_schema_is_refused(api: httpx.AsyncClient, query: str):
    status, code, message = problem(await api.get(f"{HOMES}?{query}"))
    assert (status, code) == (422, "invalid")
    assert message.startswith(query.split("=")[0])


async def test_bytes_that_are_not_text_are_refused(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}?words=%ff%fe"))[0] == 422


async def test_a_thousand_parameters_are_refused(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}?{'bedrooms=1&' * 1000}"))[0] == 422


async def test_words_in_hindi_arrive_as_they_were_written(api: httpx.AsyncClient):
    answer = await api.get(HOMES, params={"words": "दो कमरे + parking & lift"})
    assert answer.json()["heard"] == "दो कमरे + parking & lift"


async def test_a_fixed_path_wins_over_a_placeholder(api: httpx.AsyncClient):
    answer = await api.get(f"{HOMES}/compare?ids=1&ids=2")
    assert [home["id"] for home in answer.json()["homes"]] == [1, 2]


async def test_a_placeholder_of_the_wrong_form_is_refused(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}/nowhere"))[:2] == (422, "invalid")


async def test_what_does_not_exist_is_404_in_the_tools_words(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}/99")) == snapshot((404, "not_found", "There is no home 99."))


async def test_the_tag_of_an_answer_turns_the_next_read_into_304(api: httpx.AsyncClient):
    first = await api.get(HOMES)
    tag = first.headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await api.get(HOMES, headers={"if-none-match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in again.headers
    other = await api.get(HOMES, headers={"if-none-match": '"other"'})
    assert other.content == first.content


async def test_another_answer_has_another_tag(api: httpx.AsyncClient):
    one, two = await api.get(f"{HOMES}/1"), await api.get(f"{HOMES}/2")
    assert one.headers["etag"] != two.headers["etag"]
    assert not one.headers["etag"].startswith("W/")


async def test_only_what_a_guest_was_told_may_be_kept_by_all(
    api: httpx.AsyncClient, member: httpx.AsyncClient
):
    told = await api.get(HOMES), await member.get(HOMES), await member.get("/api/v1/viewings")
    assert [each.headers["cache-control"] for each in told] == snapshot(
        [
            "public, max-age=0, must-revalidate",
            "private, max-age=0, must-revalidate",
            "private, max-age=0, must-revalidate",
        ]
    )
    assert {each.headers["vary"] for each in told} == {"Authorization, Cookie"}


async def test_the_link_leads_through_all_pages_and_keeps_the_question(api: httpx.AsyncClient):
    answer = await api.get(HOMES, params={"limit": 3, "words": "पास <metro>"})
    seen = ids(answer)
    while link := answer.links.get("next"):
        answer = await api.get(link["url"])
        assert answer.json()["heard"] == "पास <metro>"
        seen += ids(answer)
    assert seen == [1, 2, 3, 4, 5, 6, 7]


async def test_a_foreign_cursor_is_refused(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}?cursor=abc"))[:2] == snapshot((409, "bad_cursor"))


async def test_head_has_the_headers_of_get_and_no_body(api: httpx.AsyncClient):
    whole, head = await api.get(HOMES), await api.head(HOMES)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    missing = await api.head(f"{HOMES}/99")
    assert (missing.status_code, missing.content) == (404, b"")


async def test_below_a_root_path_the_link_stays_below_it(ports: Ports):
    transport = httpx.ASGITransport(application(ports, Catalog.of([example])), root_path="/below")
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as below:
        answer = await below.get(f"/below{HOMES}?limit=1")
    assert answer.links["next"]["url"].startswith(f"/below{HOMES}?limit=1&cursor=")


async def test_a_job_has_no_route(api: httpx.AsyncClient):
    assert problem(await api.get("/api/v1/tests/sweep-floors"))[:2] == (404, "no_such_path")


async def test_a_nul_in_a_text_is_refused(api: httpx.AsyncClient):
    assert problem(await api.get(f"{HOMES}?words=a%00b")) == snapshot(
        (422, "invalid", "words: Text must not hold the character NUL.")
    )
