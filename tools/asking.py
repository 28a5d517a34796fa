"""Asking the host's user for consent: the question that they are put, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from tools import moments, units
from tools.host import Declined, Host, Question

if TYPE_CHECKING:
    from tools.consent import Preview

CONFIRM: Final = "confirm"
"""The name of the question, and of its one field."""


def question(preview: Preview) -> Question:
    """All that a preview says, for somebody who sees nothing else; only a ticked box is a yes."""
    lines = [preview.what]
    if preview.whom is not None:
        lines.append(f"For: {preview.whom}")
    if preview.costs is not None:
        lines.append(f"Costs: {units.exact_rupees(preview.costs)}")
    if preview.until is not None:
        lines.append(f"Until: {moments.said(preview.until, 'en')} India time")
    lines.append(f"You can also look at it and decide here: {preview.confirm_url}")
    field = {"type": "boolean", "title": "Yes, do it", "description": preview.what, "default": False}
    schema = {"type": "object", "properties": {CONFIRM: field}, "required": [CONFIRM]}
    return Question("\n".join(lines), schema)


def agreed(host: Host) -> bool:
    """Whether the host's user said yes. Raises `Dismissed` where they closed the question."""
    try:
        said: Any = host.answers.get(CONFIRM)
    except Declined:
        return False
    return isinstance(said, Mapping) and cast("Mapping[str, Any]", said).get(CONFIRM) is True
