"""Vectors drawn from a seeded mixture: clustered as real ones are, made quickly, and without meaning."""

from __future__ import annotations

import math
import struct
from typing import Final

from tools.discovery.chance import Chance

_CENTRES: Final = 64
_NOISES: Final = 509
_SPREAD: Final = 0.55


class Mixture:
    """Draws unit vectors around 64 centres; the noise is the sum of two from a pool, quick to add."""

    def __init__(self, seed: int, dimensions: int) -> None:
        self._random = Chance(f"{seed}/mixture")
        self._centres = [self._unit(dimensions) for _ in range(_CENTRES)]
        self._noises = [self._unit(dimensions) for _ in range(_NOISES)]
        self._half = struct.Struct(f">hh{dimensions}e")

    def drawn(self, count: int) -> list[bytes]:
        """The next `count` vectors, in the binary form of PostgreSQL's `halfvec`."""
        return [self._one() for _ in range(count)]

    def _one(self) -> bytes:
        draw = self._random.choice
        around = zip(draw(self._centres), draw(self._noises), draw(self._noises), strict=True)
        vector = [centre + _SPREAD * (one + other) for centre, one, other in around]
        scale = 1 / math.sqrt(math.fsum(each * each for each in vector))
        return self._half.pack(len(vector), 0, *[each * scale for each in vector])

    def _unit(self, dimensions: int) -> list[float]:
        drawn = [self._random.gauss(0, 1) for _ in range(dimensions)]
        length = math.sqrt(math.fsum(each * each for each in drawn))
        return [each / length for each in drawn]
