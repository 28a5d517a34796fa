"""Every benchmark in turn: `python -m bench`; with `prove`, the million and the recall instead."""

import subprocess
import sys

USUAL = ("identity", "rest", "mcp", "agent", "writes", "door", "start", "search", "words", "queue", "events")
PROOF = ("soak", "scale", "recall")


def main() -> int:
    """0 unless one of them could not be run; a goal that is missed is told, not raised."""
    failed = 0
    for name in PROOF if sys.argv[1:] == ["prove"] else USUAL:
        print(f"\n## bench.{name}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
