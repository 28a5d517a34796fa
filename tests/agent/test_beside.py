"""The model without keys puts properties side by side, and shows what was done in a person's name."""

from typing import Any

import httpx
import pytest

from agent import intents
from tests.agent.chatting import ask, inputs, outputs, text

SEARCH = "2 bhk in sector 57"


@pytest.mark.parametrize(
    ("question", "ids", "places"),
    [
        ("compare 12 and 15", (12, 15), ()),
        ("compare properties #12, #15 and 9", (12, 15, 9), ()),
        ("प्रॉपर्टी १२ और १५ की तुलना करो", (12, 15), ()),
        ("compare the first and the third one", (), (0, 2)),
        ("pehla aur doosra compare karo", (), (0, 1)),
        ("पहली और दूसरी की तुलना कीजिए", (), (0, 1)),
        ("compare the first two", (), (0, 1)),
        ("compare the top 3", (), (0, 1, 2)),
        ("compare them", (), (0, 1, 2)),
    ],
)
def test_what_is_compared_is_read_from_the_words(
    question: str, ids: tuple[int, ...], places: tuple[int, ...]
) -> None:
    read = intents.of(question, [SEARCH])
    assert isinstance(read, intents.Compare)
    assert (read.ids, read.places) == (ids, places)


def test_without_anything_to_compare_the_words_are_a_search() -> None:
    assert isinstance(intents.of("compare prices of 2 bhk under 40k", []), intents.Search)


async def test_the_first_two_of_a_search_stand_side_by_side(client: httpx.AsyncClient) -> None:
    happened = await ask(client, SEARCH, "compare the first two")
    found, compared = outputs(happened)
    ids = [item["id"] for item in found["items"][:2]]
    assert inputs(happened)[-1] == ("compare_properties", {"ids": ids})
    assert [item["id"] for item in compared["items"]] == ids
    assert text(happened).startswith("Side by side: 2 BHK apartment in Sector 57, ₹52,000/month;")
    assert "They differ in " in text(happened)


async def test_after_a_comparison_the_search_before_it_still_counts(client: httpx.AsyncClient) -> None:
    *_, details = outputs(await ask(client, SEARCH, "compare them", "tell me about the second one"))
    (found,) = outputs(await ask(client, SEARCH))
    assert details["id"] == found["items"][1]["id"]


async def test_one_alone_cannot_be_compared(client: httpx.AsyncClient) -> None:
    happened = await ask(client, "3 bhk builder floor in sector 57", "compare them")
    assert [tool for tool, _ in inputs(happened)] == ["search_properties"]
    assert "Ask for one of those." in text(happened)


@pytest.mark.parametrize(
    "question", ["my activity", "what did I do?", "undo that", "मैंने क्या किया?", "meri activity dikhao"]
)
async def test_a_guest_who_asks_what_was_done_is_told_where_to_sign_in(
    client: httpx.AsyncClient, question: str
) -> None:
    happened: list[dict[str, Any]] = await ask(client, question)
    assert inputs(happened) == [("my_activity", {})]
    assert "/sign-in" in text(happened)
