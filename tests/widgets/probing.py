"""A frame with nothing in it but the widgets' own connection to their host, for tests to pull at."""

from __future__ import annotations

import subprocess
import sysconfig
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from widgets import DIST

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import Frame, Route

    from tests.widgets.hosting import Hosted

NODE: Final = Path(sysconfig.get_path("scripts")) / "node"
FRAME: Final = "**/preview/frames/property-list.html*"
_BUILD: Final = """
import { build } from "vite";
const made = await build({
  configFile: false, root: process.argv[1], logLevel: "error",
  build: {
    write: false, target: "es2022", modulePreload: false,
    rolldownOptions: { input: `${process.argv[1]}/preview/probe.ts`, output: { codeSplitting: false } },
  },
});
process.stdout.write(made.output[0].code);
"""


@cache
def built() -> str:
    """The page of the probe, built from the sources as widgets are."""
    made = subprocess.run(
        [NODE, "--input-type=module", "-e", _BUILD, DIST.parent],
        capture_output=True, text=True, check=True, cwd=DIST.parents[1],
    )  # fmt: skip
    head = "<!doctype html><html><head><title>Probe</title></head>"
    return f"{head}<body><script type=module>{made.stdout}</script></body></html>"


def headed(html: str, whole: str) -> str:
    """A page with what the host puts before everything else into the frame."""
    before, _, _ = whole.partition("<meta charset")
    return html.replace("<head>", before[before.index("<head>") :], 1)


async def replaced(hosted: Hosted, html: str | Callable[[str], str], *, strict: bool = True) -> None:
    """From now on the frame of the list holds this instead, under the policy of its resource if `strict`."""

    async def replace(route: Route) -> None:
        answer = await route.fetch()
        whole = await answer.text()
        head, _, _ = whole.partition("<meta charset")
        page = (
            html.replace("<head>", head[head.index("<head>") :], 1) if isinstance(html, str) else html(whole)
        )
        if strict:
            await route.fulfill(response=answer, body=page)
        else:
            await route.fulfill(body=page, content_type="text/html")

    await hosted.page.route(FRAME, replace)


async def probed(hosted: Hosted, host: str = "apps", **choices: str) -> Frame:
    """The probe in a host, connected."""
    await replaced(hosted, built())
    frame = await hosted.show("property-list", host=host, **choices)
    await frame.wait_for_function("probe.host !== null")
    return frame
