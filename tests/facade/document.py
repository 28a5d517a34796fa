"""The committed OpenAPI document: `python -m tests.facade.document` writes it anew."""

from pathlib import Path

from facade import beside, openapi
from tools.catalog import whole

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"

if __name__ == "__main__":
    COMMITTED.write_text(openapi.text(whole(), beside=beside.PATHS))
