"""Vectors of questions, kept: in this process, and for all of them where they share a cache."""

from array import array
from collections.abc import Sequence

from servers.adapters.embedder import ThreadedEmbedder
from servers.adapters.sharing import Shared
from storage.cache import QUESTIONS, Cache, LocalCache
from tools.ports import Embedder

HERE = 8 * 1024 * 1024
"""Bytes of vectors that a process keeps in front of what is shared."""


class RememberingEmbedder:
    """An embedder whose questions are looked up first, from the nearest cache to the farthest."""

    def __init__(self, embedder: Embedder, *caches: Cache) -> None:
        self.model = embedder.model
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._caches = caches

    async def query(self, text: str) -> list[float]:
        """The vector of a question."""
        return array("f", await self._found(text, self._caches)).tolist()

    async def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of things to be found, in order."""
        return await self._embedder.passages(texts)

    async def _found(self, text: str, caches: Sequence[Cache]) -> bytes:
        if not caches:
            return array("f", await self._embedder.query(text)).tobytes()
        nearest, *others = caches
        return await nearest.remember(QUESTIONS, f"{self.model} {text}", lambda: self._found(text, others))


def remembering(embedder: Embedder, shared: Shared) -> Embedder:
    """The embedder with what is kept in front of it, unless it remembers by itself and nobody shares it."""
    if shared.link is not None:
        return RememberingEmbedder(embedder, LocalCache(most=HERE), shared.cache)
    return embedder if isinstance(embedder, ThreadedEmbedder) else RememberingEmbedder(embedder, shared.cache)
