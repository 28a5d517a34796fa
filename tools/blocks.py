"""Pieces of an answer that are read or looked at, beside the structured result."""

from dataclasses import dataclass

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Audio:
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Document:
    """A resource carried inside the answer: text or bytes, under its own URI."""

    uri: str
    mime: str
    content: str | bytes


Block = Text | Image | Audio | Document
