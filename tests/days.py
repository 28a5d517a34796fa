"""Days on which homes are shown, whatever day the tests run on."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

from tools.moments import INDIA
from tools.visits.data import holidays


@cache
def working_days() -> list[date]:
    """The days after today, as far ahead as visits can be asked for, that are no public holidays."""
    today = datetime.now(UTC).astimezone(INDIA).date()
    days = [today + timedelta(days=ahead) for ahead in range(1, 59)]
    return [day for day in days if day not in holidays().days]
