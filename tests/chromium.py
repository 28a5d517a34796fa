"""The browser of all tests that need a real one: started once for each process, and never between tests."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright, expect

_PROGRAM = "/usr/bin/chromium"
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every context is a window, for which pages of the address bar's own were drawn that cost more than ours.
    # Chromium heeds the last such list alone, so that those which Playwright gives stand here once more.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,"
    "PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,"
    "NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
)


@asynccontextmanager
async def started() -> AsyncGenerator[Browser]:
    """A browser with patience for a busy machine; each test opens a context of its own in it."""
    expect.set_options(timeout=15_000)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=_PROGRAM, args=_QUIET)
        yield opened
        await opened.close()
