"""What the documents say is true: commands run, code works, and all that exists is named in them."""

import asyncio
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import pytest

from servers.cli import main
from tests.docs.blocks import ROOT, Block, blocks, documents
from tests.surfaces.serving import Serving
from tests.widgets.hosting import MANIFEST
from tools.catalog import Catalog

BIN = Path(sys.executable).parent
LANGUAGES = {"sh", "python", "text"}

pytestmark = pytest.mark.timeout(180)


def named(block: Block) -> str:
    return block.name


async def shell(script: str, environment: Mapping[str, str]) -> tuple[int | None, str, str]:
    """Run a script as a reader would; its exit code, output and complaints."""
    process = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", script),
        cwd=ROOT,
        env={**os.environ, **environment, "PATH": f"{BIN}:{os.environ['PATH']}"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, said = await process.communicate()
    return process.returncode, out.decode(), said.decode()


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    assert {block.name: block.language for block in blocks() if block.language not in LANGUAGES} == {}


@pytest.mark.parametrize("block", blocks("sh"), ids=named)
async def test_a_command_in_the_documents_does_what_it_says(block: Block, demo_serving: Serving) -> None:
    script = block.text.replace("http://localhost:3600", demo_serving.url)
    if script.startswith("make "):
        # Installing and serving is what the reader's machine does; here the recipe is only spelled out.
        script = re.sub(r"^make ", "make -n ", script, flags=re.MULTILINE)
    if "docker compose" in script:
        check_compose(script)
        return
    code, out, said = await shell(script, demo_serving.environment)
    assert code == 0, said
    assert out.strip()
    assert '"error"' not in out


def check_compose(script: str) -> None:
    """No container engine can be assumed: the variables that the command sets are those the file asks for."""
    wanted = set(re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text()))
    assert set(re.findall(r"(\w+)=", script)) == wanted


@pytest.mark.parametrize("block", blocks("python"), ids=named)
def test_the_code_in_the_documents_runs(block: Block) -> None:
    names: dict[str, object] = {"__name__": "tools.documented"}
    exec(compile(block.text, block.name, "exec"), names)


@pytest.mark.parametrize("block", blocks("text"), ids=named)
def test_what_is_drawn_in_the_documents_is_there(block: Block) -> None:
    for line in block.text.splitlines():
        first, *rest = line.split()
        if first == "ghar":
            assert command(rest) is not None, line
        else:
            assert (ROOT / first).exists(), line


def command(words: list[str]) -> click.Command | None:
    """The command that these words call."""
    found: click.Command | None = main
    context = click.Context(main)
    for word in words:
        if isinstance(found, click.Group) and re.fullmatch(r"[a-z-]+", word):
            found = found.get_command(context, word)
    return found


def headings(document: Path) -> set[str]:
    """What links can name after a `#`."""
    found = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.strip().lower()).replace(" ", "-") for each in found}


def leads_somewhere(document: Path, target: str) -> bool:
    path, _, heading = target.partition("#")
    found = document.parent / path if path else document
    return found.exists() and (not heading or heading in headings(found))


def test_every_link_between_documents_leads_somewhere() -> None:
    dead = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents()
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text())
        if "://" not in target and not leads_somewhere(document, target)
    ]
    assert dead == []


def test_the_readme_leads_to_every_document() -> None:
    readme = (ROOT / "README.md").read_text()
    pages = [each.relative_to(ROOT) for each in documents() if each.parent.name == "docs"]
    assert [str(each) for each in pages if f"]({each}): " not in readme] == []


def test_every_widget_and_every_job_is_explained(catalog: Catalog) -> None:
    widgets, work = ((ROOT / "docs" / name).read_text() for name in ("widgets.md", "work.md"))
    assert [name for name in MANIFEST if f"`{name}`" not in widgets] == []
    assert [tool.name for tool in catalog if tool.work is not None and f"| `{tool.name}` |" not in work] == []


def test_every_tool_is_in_the_readme(catalog: Catalog) -> None:
    readme = (ROOT / "README.md").read_text()
    assert [tool.name for tool in catalog if tool.surfaces and f"`{tool.name}`" not in readme] == []


def test_every_command_is_named_in_the_documents() -> None:
    text = " ".join(document.read_text() for document in documents())
    context = click.Context(main)
    assert [
        name
        for name in main.list_commands(context)
        if not re.search(rf"`(ghar )?{name}\b|ghar {name}\b", text)
    ] == []


def test_every_target_of_the_makefile_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text()
    inner = {"lint", "typing", "imports", "architecture", "generated", "tests"}
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - inner
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert targets == explained
