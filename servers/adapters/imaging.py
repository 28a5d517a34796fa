"""Pictures, looked through and made smaller in a process of its own, which is ended if it takes too long."""

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any, Final

from tools.ports import BadPicture, Developed

log = logging.getLogger(__name__)

SECONDS: Final = 60.0
_SCRIPT: Final = Path(__file__).with_name("darkroom.py")


class Darkroom:
    """Develops pictures, at most `at_once` at a time."""

    def __init__(self, at_once: int = 2, seconds: float = SECONDS) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._seconds = seconds

    async def develop(self, content: bytes) -> Developed:
        """All sizes of a picture. A decoder that crashes or never ends takes nothing with it."""
        async with self._places:
            # Isolated: neither the environment nor the current folder says what is imported.
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", str(_SCRIPT)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={},
            )
            try:
                async with asyncio.timeout(self._seconds):
                    made, complaint = await process.communicate(content)
            except TimeoutError:
                log.warning("a picture took longer than %g seconds", self._seconds)
                raise BadPicture("broken") from None
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0:
            last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
            log.warning("a picture ended its process with %s: %s", process.returncode, last[:200])
            raise BadPicture("broken")
        return _read(made)


def _read(made: bytes) -> Developed:
    line, _, rest = made.partition(b"\n")
    about: dict[str, Any] = json.loads(line)
    if "refused" in about:
        raise BadPicture(about["refused"])
    files: dict[str, bytes] = {}
    at = 0
    for name, length in about.pop("files"):
        files[name] = rest[at : at + length]
        at += length
    return Developed(**about, files=files)
