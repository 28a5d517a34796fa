"""Where the real listings and records lie: beside the repository, never inside it."""

from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared" / "data"


def shared(name: str) -> Path:
    """The path of a shared data file. Says which file is missing when it is not there."""
    path = SHARED / name
    if not path.exists():
        raise FileNotFoundError(
            f"This test runs on real data: put {name} into ../shared/data beside the repository."
        )
    return path
