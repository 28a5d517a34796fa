"""Google's `gemini-embedding-001` as an embedder. Importing this loads google-genai."""

import math
from collections.abc import Sequence
from typing import Any

import httpx
from google import genai
from google.genai import errors, types

from tools.refusals import Unavailable

MODEL = "gemini-embedding-001"
BATCH = 100


class GeminiEmbedder:
    """Vectors from Google, cut to `dimensions` and brought back to length one."""

    model = MODEL

    def __init__(self, api_key: str, dimensions: int, *, base_url: str | None = None) -> None:
        self.dimensions = dimensions
        direct = {"trust_env": False}
        options = types.HttpOptions(
            base_url=base_url, timeout=10_000, client_args=direct, async_client_args=direct
        )
        self._client = genai.Client(api_key=api_key, http_options=options)

    async def query(self, text: str) -> list[float]:
        """The vector of a question."""
        return (await self._embed([text], "RETRIEVAL_QUERY"))[0]

    async def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of texts, in order."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), BATCH):
            vectors += await self._embed(list(texts[start : start + BATCH]), "RETRIEVAL_DOCUMENT")
        return vectors

    async def close(self) -> None:
        """Close the connections to Google."""
        await self._client.aio.aclose()

    async def _embed(self, texts: list[str], task: str) -> list[list[float]]:
        config = types.EmbedContentConfig(task_type=task, output_dimensionality=self.dimensions)
        # Its signature names types of a picture library that need not be installed.
        models: Any = self._client.aio.models
        try:
            answer: types.EmbedContentResponse = await models.embed_content(
                model=MODEL, contents=texts, config=config
            )
        except (errors.APIError, httpx.HTTPError) as error:
            raise Unavailable("Similarity search is not available right now.") from error
        vectors = [_unit(each.values or []) for each in answer.embeddings or []]
        if len(vectors) != len(texts):
            raise Unavailable("Similarity search is not available right now.")
        return vectors


def _unit(vector: list[float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]
