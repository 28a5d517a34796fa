"""The public holidays that visits know of, written from the library `holidays`.

`python -m scripts.holidays` writes `tools/visits/data/holidays.toml` again, after the library
has a new release. The library itself takes half a second to load, for which nobody should wait who asks
when a home can be seen.
"""

import sys
from importlib.metadata import version
from pathlib import Path

import holidays

FILE = Path(__file__).parents[1] / "tools" / "visits" / "data" / "holidays.toml"
STATE = "HR"
YEARS = range(2026, 2036)


def text() -> str:
    """What the file says."""
    days = sorted(holidays.country_holidays("IN", subdiv=STATE, years=YEARS, language="en_IN").items())
    known = version("holidays")
    lines = [
        "# Public holidays of Haryana, by `python -m scripts.holidays`. Those of the moon are estimates.",
        f'source = "python-holidays {known}, India, subdivision {STATE}"',
        "",
        "[days]",
        *(f'{day} = "{_said(name)}"' for day, name in days),
    ]
    return "\n".join(lines) + "\n"


def _said(name: str) -> str:
    """The names of a day, without what is told of all estimates at the top."""
    return (
        name.replace(" (estimated)", "")
        .replace(" (Vaishnava)", "")
        .replace(";", " and")
        .replace("Lord Shri ", "")
    )


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    sys.stderr.write(f"{FILE.name} was written\n")
