"""An embedder without a model: hashed words and letter triples, which know spelling and no meaning."""

import math
import re
from collections.abc import Iterator, Sequence
from zlib import crc32

_WORD = re.compile(r"\w+")


class HashingModel:
    """Vectors of length one in which texts that share words, or parts of words, point the same way."""

    def __init__(self, dimensions: int) -> None:
        self._dimensions = dimensions

    def query(self, text: str) -> list[float]:
        return self._vector(text)

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * self._dimensions
        for feature, weight in _features(text):
            digest = crc32(feature.encode())
            vector[(digest >> 1) % self._dimensions] += weight if digest & 1 else -weight
        length = math.sqrt(sum(value * value for value in vector))
        if length == 0:
            return [1.0, *vector[1:]]
        return [value / length for value in vector]


def _features(text: str) -> Iterator[tuple[str, float]]:
    for word in _WORD.findall(text.casefold()):
        yield word, 1.0
        padded = f"<{word}>"
        for start in range(len(padded) - 2):
            yield padded[start : start + 3], 0.3
