"""Small files of listings for tests, written by hand."""

import csv
import gzip
import io
from collections.abc import Iterable
from pathlib import Path

from tools.discovery.importing.source import OPTIONAL, REQUIRED

COLUMNS = (*REQUIRED, *OPTIONAL)
GOOD = {
    "source_id": "a1",
    "listing_for": "sale",
    "property_type": "apartment",
    "title": "3 bhk flat in sector 57 gurgaon",
    "description": "a bright flat with lift and covered parking. no swimming pool. ready to move.",
    "price_inr": "19000000.0",
    "area_sqft": "1900",
    "price_per_unit_raw": "",
    "bhk": "3.0",
    "balconies": "2",
    "furnishing": "Semifurnished",
    "facing": "North-East",
    "age": "1-5 Year Old Property",
    "total_floor_band": "high rise",
    "floor_band": "mid rise",
    "society": "orchid meadows",
    "locality": "sector 57",
    "sector": "sector 57",
    "lat": "28.4231",
    "lng": "77.0812",
}


def row(**changes: str) -> dict[str, str]:
    """A good row with some values changed."""
    return GOOD | changes


def text(rows: Iterable[dict[str, str]], columns: Iterable[str] = COLUMNS) -> str:
    """These rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, *rows: dict[str, str], name: str = "listings.csv") -> Path:
    """A file of these rows, gzipped if its name says so."""
    path = folder / name
    content = text(rows).encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def many(count: int) -> list[dict[str, str]]:
    """Different good rows, priced around the same median."""
    return [
        row(
            source_id=f"m{n}",
            title=f"3 bhk flat {n} in sector 57 gurgaon",
            price_inr=str(18_000_000 + n * 50_000),
        )
        for n in range(count)
    ]
