"""The offline model: what it asks of the tools, and that it says only what they answered."""

import json
import re
from typing import Any

import httpx
import pytest

from agent import intents
from tests.agent.chatting import ask, inputs, outputs, text

OFFLINE = {"en": "I am offline", "hi": "मैं ऑफ़लाइन हूँ", "hinglish": "Main offline hoon"}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("2 bhk under 40k in sector 57", "en"),
        ("show me a 2 bhk in sector 57 below 40,000", "en"),
        ("mujhe sector 57 me 2bhk chahiye 40k tak", "hinglish"),
        ("सेक्टर 57 में 40 हज़ार तक 2 BHK", "hi"),
    ],
)
async def test_it_searches_in_the_persons_words_and_answers_in_their_language(
    client: httpx.AsyncClient, question: str, language: str
) -> None:
    happened = await ask(client, question)
    (found,) = outputs(happened)

    assert inputs(happened) == [("search_properties", {"words": question})]
    assert sorted(item["price"] for item in found["items"]) == [35000, 38000]
    assert OFFLINE[language] in text(happened)
    assert "₹35,000" in text(happened)


async def test_when_nothing_fits_it_tells_what_would_help_and_changes_nothing(
    client: httpx.AsyncClient,
) -> None:
    happened = await ask(client, "2 bhk for rent in sector 57 under 32k")
    (found,) = outputs(happened)

    assert found["items"] == []
    assert "Nothing fits all of that. I have not changed your question" in text(happened)
    assert found["relaxed"][0]["text"] in text(happened)


async def test_a_property_is_opened_by_its_id(client: httpx.AsyncClient) -> None:
    (found,) = outputs(await ask(client, "2 bhk in sector 57 under 36k"))
    wanted = found["items"][0]["id"]
    happened = await ask(client, f"tell me about property {wanted}")

    assert inputs(happened) == [("get_property", {"id": wanted})]
    assert f"Property {wanted} is a 2 BHK apartment" in text(happened)
    assert OFFLINE["en"] in text(happened)


async def test_a_property_that_does_not_exist_is_not_made_up(client: httpx.AsyncClient) -> None:
    happened = await ask(client, "tell me about property 999999")

    assert outputs(happened) == []
    assert text(happened).startswith("I could not do that: ")


@pytest.mark.parametrize(
    ("follow_up", "place"),
    [
        ("details of the second one", 1),
        ("doosra wala dikhao", 1),
        ("पहला वाला", 0),
        ("tell me about the last one", -1),
        ("number 2", 1),
    ],
)
async def test_the_second_one_is_counted_in_the_earlier_question(
    client: httpx.AsyncClient, follow_up: str, place: int
) -> None:
    (found,) = outputs(await ask(client, "2 bhk in sector 57"))
    happened = await ask(client, "2 bhk in sector 57", follow_up)
    *_, details = outputs(happened)

    assert details["id"] == found["items"][place]["id"]


async def test_counting_beyond_what_was_found_says_so(client: httpx.AsyncClient) -> None:
    happened = await ask(client, "2 bhk in sector 57 under 40k", "the fifth one")
    assert text(happened).startswith("That search shows only 2 properties.")


async def test_counting_in_a_search_that_found_nothing_says_so(client: httpx.AsyncClient) -> None:
    happened = await ask(client, "5 bhk in sector 57 under 10k", "the first one")
    assert text(happened).startswith("That search found nothing, so there is none to choose.")


async def test_a_greeting_needs_no_tool(client: httpx.AsyncClient) -> None:
    happened = await ask(client, "Hello!")
    assert inputs(happened) == []
    assert "Ask in your own words" in text(happened)


async def test_one_property_is_said_in_the_singular(client: httpx.AsyncClient) -> None:
    assert text(await ask(client, "plot in sector 57")).startswith("I found one property (")


async def test_a_town_without_properties_is_named(client: httpx.AsyncClient) -> None:
    said = text(await ask(client, "2 bhk in Pune"))
    assert "Pune" in said
    assert "We have no properties" in said


@pytest.mark.parametrize(
    "question",
    [
        "2 bhk in sector 57",
        "3 bhk floor to buy",
        "plot in sector 57",
        "2 bhk for rent in sector 57 under 32k",
        "सेक्टर 57 में 3 BHK",
        "sasta ghar chahiye",
    ],
)
async def test_every_figure_stands_in_the_question_or_in_a_tools_answer(
    client: httpx.AsyncClient, question: str
) -> None:
    happened = await ask(client, question)
    known = figures(question) | figures(json.dumps(outputs(happened), ensure_ascii=False))
    known |= {str(len(answer["items"])) for answer in outputs(happened)} | spoken(outputs(happened))

    assert figures(text(happened)) <= known


def figures(said: str) -> set[str]:
    return {found.replace(",", "") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", said)}


def spoken(answers: list[Any]) -> set[str]:
    """Prices in lakh and crore, in which people say them."""
    prices = [item["price"] for answer in answers for item in answer["items"]]
    return {f"{price / unit:g}" for price in prices for unit in (100_000, 10_000_000)}


def test_a_long_question_is_cut_between_words_to_what_a_search_takes() -> None:
    intent = intents.of("2 bhk " + "spacious " * 60, [])
    assert isinstance(intent, intents.Search)
    assert len(intent.words) <= 300
    assert intent.words.endswith("spacious")


@pytest.mark.parametrize("question", ["3 bhk flat 50 lakh", "property 2 bhk", "house 200 sq yd", "flat 57"])
def test_figures_of_a_search_are_not_taken_for_an_id(question: str) -> None:
    intent = intents.of(question, [])
    assert isinstance(intent, intents.Search | intents.Details)
    assert isinstance(intent, intents.Search) or question == "flat 57"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How do I sign in?", "You need to sign in to do this: /sign-in"),
        ("delete my account", "You need to sign in to do this: /sign-in"),
        ("mera account dikhao", "Iske liye sign in kijiye: /sign-in"),
        ("मेरा खाता दिखाओ", "इसके लिए साइन इन कीजिए: /sign-in"),
    ],
)
async def test_a_guest_who_asks_about_an_account_is_told_where_to_sign_in(
    client: httpx.AsyncClient, question: str, said: str
) -> None:
    happened = await ask(client, question)
    assert inputs(happened) == [("list_sessions", {})]
    assert said in text(happened)


@pytest.mark.parametrize(
    ("question", "tool", "home", "place"),
    [
        ("shortlist the second one", "shortlist_property", None, 1),
        ("save property 12", "shortlist_property", 12, None),
        ("doosra wala shortlist karo", "shortlist_property", None, 1),
        ("पहला वाला शॉर्टलिस्ट करो", "shortlist_property", None, 0),
        ("take the first one off my shortlist", "remove_from_shortlist", None, 0),
        ("remove property 12 from my shortlist", "remove_from_shortlist", 12, None),
        ("property 12 ka phone number do", "reveal_contact", 12, None),
        ("प्रॉपर्टी १२ का संपर्क दिखाओ", "reveal_contact", 12, None),
    ],
)
def test_what_is_to_be_done_about_a_property_is_read_from_the_words(
    question: str, tool: str, home: int | None, place: int | None
) -> None:
    read = intents.of(question, ["2 bhk in sector 57"])
    assert isinstance(read, intents.Change)
    assert (read.tool, read.id, read.place) == (tool, home, place)


@pytest.mark.parametrize(
    "question", ["2 bhk with a phone booth", "flats to save money", "call center office"]
)
def test_words_of_a_search_are_not_taken_for_something_to_be_done(question: str) -> None:
    assert isinstance(intents.of(question, ["2 bhk in sector 57"]), intents.Search)
