"""The small catalog over standard input and output; takes the audience and a token."""

import asyncio
import sys
from typing import cast

from servers import stdio
from servers.mcp import Audience
from tests.servers.serving import dispatcher, known
from tests.servers.small import small


async def main(audience: str = "user", token: str | None = None) -> None:
    viewer = known(f"Bearer {token}" if token else None)
    await stdio.run(dispatcher(small()), cast("Audience", audience), viewer)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
