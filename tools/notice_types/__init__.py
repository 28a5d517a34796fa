"""Every type of notification that there is. What does not stand here cannot be sent."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tools.notice_types import account, enquiries, listings, reports, shortlists, visits, watches, work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.notice import Notice

TYPES: Final[Mapping[str, Notice]] = MappingProxyType(
    {
        **account.TYPES,
        **visits.TYPES,
        **enquiries.TYPES,
        **listings.TYPES,
        **reports.TYPES,
        **shortlists.TYPES,
        **watches.TYPES,
        **work.TYPES,
    }
)
