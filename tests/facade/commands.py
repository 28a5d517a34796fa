"""Runs the tools that judge the document, away from the network and from this machine's settings."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
MODULES = ROOT / "node_modules"


def run(home: Path, *command: str | Path, folder: Path = ROOT) -> str:
    """What the command says. Fails with all of it when the command does."""
    env = {
        "PATH": f"{BIN}:/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT),
        # A program of a few seconds ends before the careful compiler has earned what it costs.
        "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "REDOCLY_TELEMETRY": "off",
        "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    }
    done = subprocess.run(
        command, cwd=folder, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout}"
    return done.stdout


def node(home: Path, script: str, *arguments: str | Path) -> str:
    """The same for a command of `node_modules`."""
    return run(home, BIN / "node", MODULES / script, *arguments)
