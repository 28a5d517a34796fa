"""Parts of the documentation that are generated from the code, each between comments that name its source.

    <!-- generated: settings -->
    <!-- end -->

`python -m scripts.generated` writes them, `docs/openapi.json` and the types of the widgets; with `--check`
it only tells whether they are up to date.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from agent import chat
from facade import beside, openapi
from scripts import typescript, wording
from servers import hosts, settings
from servers.middleware import limits
from servers.oauth.scopes import WORDS, Scopes
from storage import listings, personal
from tools import catalog
from tools.contract import READ_SCOPE, WRITE_SCOPE, AnyTool
from tools.notice import Notice
from tools.notice_types import TYPES

ROOT = Path(__file__).parents[1]
_PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def tools_table() -> str:
    """Every tool that somebody can call, with what it gives."""
    tools = sorted(catalog.whole(), key=lambda each: (each.domain, each.name))
    rows = [f"| `{tool.name}` | {tool.audience} | {tool.summary} |" for tool in tools if tool.surfaces]
    return "\n".join(["| tool | for | what it gives |", "|---|---|---|", *rows]) + "\n"


def flags_table() -> str:
    """Every doubt that an import can have about a property, with the sentence that people are told."""
    rows = [f"| `{flag}` | {said} |" for flag, said in sorted(listings.FLAGS.items())]
    return "\n".join(["| flag | what people are told |", "|---|---|", *rows]) + "\n"


def switches_table() -> str:
    """Every part of the product that an admin can switch off, and what refuses then."""
    rows = [
        f"| `{name}` | {flag.what[0]} | {', '.join(f'`{tool}`' for tool in tools)} |"
        for name, (flag, tools) in sorted(catalog.whole().flags.items())
    ]
    return "\n".join(["| flag | what is off | tools that refuse |", "|---|---|---|", *rows]) + "\n"


def scopes_table() -> str:
    """Every scope, in the words of the consent page, and the tools that ask for it."""
    offered = [tool for tool in catalog.whole() if tool.surfaces]
    scopes = Scopes(offered)
    rows = [
        f"| `{scope}` | {WORDS[scope][0]} | {'both' if scope in scopes.of('user') else 'admin'} "
        f"| {_asking(scope, offered)} |"
        for scope in scopes.every
    ]
    head = ["| scope | what a person allows with it | servers | tools that need it |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _asking(scope: str, tools: Sequence[AnyTool]) -> str:
    if scope in (READ_SCOPE, WRITE_SCOPE):
        return (
            f"all for people who have signed in that {'read' if scope == READ_SCOPE else 'change something'}"
        )
    names = sorted(tool.name for tool in tools if tool.scope == scope)
    return ", ".join(f"`{name}`" for name in names)


def hosts_table() -> str:
    """The hosts that are told of a missing sign-in in a way of their own, with the sources."""
    ways = {"http": "401 with a header", "result": "a failed result with `_meta`"}
    rows = [
        f"| {host.name} | `{host.user_agent}` | {ways[host.challenge]} | {host.source} |"
        for host in hosts.HOSTS
    ]
    head = ["| host | its `User-Agent` begins with | is told by | source |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def limits_table() -> str:
    """How often one client may call what."""
    told = {"every address together (`GHAR_REQUESTS_PER_MINUTE`)": limits.PER_MINUTE}
    told |= {f"`{path}`": most for path, most in limits.TIGHTER.items()}
    told |= {"the chat, as a guest": chat.GUEST, "the chat, signed in": chat.PERSON}
    told |= {f"`{tool.name}`": tool.per_minute for tool in catalog.whole() if tool.per_minute is not None}
    rows = [f"| {what} | {most} |" for what, most in told.items()]
    return "\n".join(["| what | calls a minute |", "|---|---|", *rows]) + "\n"


def notices_table() -> str:
    """Every type of notification: its category, where it goes, its caps, and how long it lives."""
    rows = [
        f"| `{name}` | {notice.category} | {', '.join(notice.channels).replace('_', '-')} "
        f"| {'yes' if notice.priority == 'high' else 'no'} | {_caps(notice)} | {notice.lives.days} |"
        for name, notice in TYPES.items()
    ]
    head = ["| type | category | goes to | at once | at most | lives, days |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _caps(notice: Notice) -> str:
    told = ((notice.per_day, "a day"), (notice.per_week, "a week"))
    most = ", ".join(f"{count} {time}" for count, time in told if count is not None)
    return f"{most}; then {'dropped' if notice.over == 'drop' else 'in the digest'}" if most else ""


def refreshed(text: str, parts: Mapping[str, str]) -> str:
    """`text` with every generated part as it should be."""
    return _PART.sub(lambda found: f"{found[1]}\n{parts[found[2]]}\n{found[3]}", text)


def wanted() -> Iterator[tuple[Path, str]]:
    """Every document that is generated, whole or in part, and what it should say."""
    parts = {
        "settings": settings.table(),
        "tools": tools_table(),
        "flags": flags_table(),
        "switches": switches_table(),
        "scopes": scopes_table(),
        "hosts": hosts_table(),
        "limits": limits_table(),
        "personal": personal.table(),
        "notices": notices_table(),
    }
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        yield path, refreshed(path.read_text(), parts)
    whole = catalog.whole()
    yield ROOT / "docs" / "openapi.json", openapi.text(whole, beside=beside.PATHS)
    types = ROOT / "widgets" / "types"
    yield types / "tools.ts", typescript.tools(whole)
    yield types / "widgets.ts", typescript.widgets(whole)
    yield types / "routes.ts", typescript.routes(whole)
    yield types / "names.ts", wording.names(whole)
    yield types / "amenities.ts", typescript.amenities()


def main(*, check: bool) -> int:
    """Bring every document up to date, or with `check` say which are not; 1 if any was not."""
    stale = [(path, text) for path, text in wanted() if not path.exists() or path.read_text() != text]
    said = "is out of date: python -m scripts.generated" if check else "was brought up to date"
    for path, text in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)} {said}\n")
        if not check:
            path.write_text(text)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
