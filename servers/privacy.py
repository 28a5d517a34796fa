"""What log lines and reports may say: no personal data, no secrets, and nothing that forges a line."""

import re

HIDDEN = "*"
_PLAIN_PATH = re.compile(r"(?:/(?:[A-Za-z][A-Za-z_.-]{0,39}|v\d|\d{1,8}))*/?")
_PLAIN_PART = re.compile(r"(?!(?:[^0-9]*[0-9]){9})[A-Za-z0-9_.-]{0,24}")
"""A part of a path that is no phone number, address or token: short, and with at most eight digits."""

_SECRETS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"']+"), r"\1 " + HIDDEN),
    (re.compile(r"\beyJ[\w-]+(?:\.[\w-]*)+"), HIDDEN),
    # What the database and pydantic quote of values that they refuse.
    (
        re.compile(r"(?i)\b(DETAIL|parameters|query argument \$\d+|input syntax for type [\w ]+):.*"),
        r"\1: " + HIDDEN,
    ),
    (re.compile(r"\binput_value=.*?(, input_type|$)"), rf"input_value={HIDDEN}\1"),
    (re.compile(r"://[^\s/@]{1,200}@"), f"://{HIDDEN}@"),
    (re.compile(r"[^\s@<>()\"'=:,;/*]{1,64}@[^\s@<>()\"'=,;]+"), HIDDEN),
    (re.compile(r"\+?(?<![\w.])\(?\d(?:[\s().-]{0,2}\d){8,}(?!\w)"), HIDDEN),
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def shown_path(path: str) -> str:
    """A path for the log, with every part hidden that may hold more than our own words and ids."""
    if _PLAIN_PATH.fullmatch(path):
        return path
    return "/".join(part if _PLAIN_PART.fullmatch(part) else HIDDEN for part in path.split("/"))


def scrubbed(text: str) -> str:
    """A text without addresses, phone numbers, tokens, passwords, and the values of a database error."""
    if text.isalpha():
        return text
    for secret, instead in _SECRETS:
        text = secret.sub(instead, text)
    return text


def one_line(text: str) -> str:
    """A text in which every control character, line break and change of direction is visible instead."""
    if text.isprintable():
        return text
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
