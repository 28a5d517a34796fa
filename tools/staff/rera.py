"""RERA numbers: which state's register one can be of, by its shape. Nothing is looked up."""

from __future__ import annotations

import re
from typing import Final

_SHAPES: Final[tuple[tuple[str, str], ...]] = (
    ("Telangana or Andhra Pradesh", r"[AP]0\d{10}"),
    ("Maharashtra", r"A\d{11}|P\d{11}|PP\d{13}"),
    ("Haryana", r"(?:RC/REP/HARERA/GGM/)?\d{1,5}/\d{1,5}/20\d\d/\d{1,3}"),
    ("Haryana", r"H?RERA-(?:GRG|PKL)(?:-[A-Z]{2,4})?-\d+-20\d\d"),
    ("Delhi", r"DLRERA20\d\d[AP]\d{4}"),
    ("Uttar Pradesh", r"UPRERA(?:AGT|PRJ)\d{3,6}"),
    ("Karnataka", r"PRM/KA/RERA/\d{4}/\d{3}/(?:AG|PR)/\d{6}/\d{6}"),
    ("Gujarat", r"(?:AG|PR)/GJ/[A-Z .]+/[A-Z .]+/[A-Z .]+/(?:AA|RAA)\d{5}/\d{6}(?:/\d{6})?"),
    ("Tamil Nadu", r"(?:TNRERA|TN)/[A-Z\d]+/(?:[A-Z]+/)?\d{1,5}/20\d\d"),
    ("Rajasthan", r"RAJ/[AP]/20\d\d/\d{3,5}"),
    ("Punjab", r"PBRERA-[A-Z]{3}\d{2}-(?:RE|REA|PR)\d{4}"),
    ("Madhya Pradesh", r"[AP]-[A-Z]{3}-\d\d-\d{4}"),
    ("Kerala", r"K-RERA/(?:PRJ|AGENT)/[A-Z]{3}/\d+/20\d\d"),
    ("West Bengal", r"WBRERA/[AP]/[A-Z]{3}/20\d\d/\d{6}"),
    ("Odisha", r"R[AP]/\d{2}/20\d\d/\d{5}"),
    ("Bihar", r"BRERA[AP]\d{5}-\d/\d+/R-\d+/20\d\d"),
    ("Chhattisgarh", r"[AP]CGRERA\d{12}"),
    ("Goa", r"(?:AG|PR)GO\d{8}"),
    ("Himachal Pradesh", r"RERAHPSH[AP]\d{8}"),
    ("Jharkhand", r"JHARERA/(?:AGENT|PROJECT)/\d+/20\d\d"),
    ("Assam", r"RERAA [A-Z]{2} \d+ OF 20\d\d-20\d\d"),
    ("Uttarakhand", r"UK(?:REA|REP)\d{11}"),
    ("Tripura", r"(?:AG|PR)TR\d{8}"),
    ("Puducherry", r"(?:AG|PR)PY[A-Z]{2}\d{6}|PRPY\d{6}"),
)
"""Shapes of registration numbers, after real ones of each state's register. Of agents', one of Maharashtra
was seen; others are taken to be like the projects' of their state, with the letter that stands for agents."""

_STATES: Final = tuple((state, re.compile(shape)) for state, shape in _SHAPES)


def state(number: str) -> str | None:
    """The state whose register a number can be of; None where it has the shape of none."""
    return next((state for state, shape in _STATES if shape.fullmatch(number)), None)


def written(number: str) -> str:
    """A number as registers write it: in capitals, with single spaces."""
    return " ".join(number.upper().split())
