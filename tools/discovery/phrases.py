"""The phrase parser: plain English, Hinglish or Hindi words in, filters that can be edited out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.discovery.understood import Understood

if TYPE_CHECKING:
    from tools.discovery.gazetteer import Gazetteer


def read(words: str, gazetteer: Gazetteer) -> Understood:
    """What these words ask for. Never raises and never guesses silently: the rest comes back as `unread`."""
    del gazetteer
    return Understood(words=words, unread=(words,) if words.strip() else ())
