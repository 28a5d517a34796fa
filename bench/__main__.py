"""Every benchmark in turn: `python -m bench`; with `prove`, the million and the recall instead."""

import subprocess
import sys

CORE = "core --count 10000 100000"
"""Ten times as many properties, in minutes. Its own sizes, up to a million, take long."""

USUAL = (
    "identity", "rest", "mcp", "agent", "writes", "door", "start", "search", "words", "queue", "events", CORE,
)  # fmt: skip
PROOF = ("soak", "scale", CORE, "recall")


def main() -> int:
    """0 unless one of them could not be run; a goal that is missed is told, not raised."""
    failed = 0
    for each in PROOF if sys.argv[1:] == ["prove"] else USUAL:
        print(f"\n## bench.{each}", flush=True)
        name, *given = each.split()
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}", *given], check=False).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
