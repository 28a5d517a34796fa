"""Debian packages without root: private lists and cache, from the mirrors this machine already trusts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from storage.embedded.processes import run

ONE_LINE = re.compile(r"deb\s+(?:\[(?P<options>.*?)]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<components>.+)")
DEPENDENCY = re.compile(r"\s*([a-z0-9][a-z0-9+.-]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One archive that the machine's own apt reads."""

    uri: str
    suites: Sequence[str]
    components: Sequence[str]
    signed_by: str = ""

    def is_archive(self, codename: str, keyring: str) -> bool:
        """Whether this is the distribution's own archive, and not a third party's or a CD."""
        ours = not self.signed_by or Path(self.signed_by).name == Path(keyring).name
        named = codename in self.suites and "main" in self.components
        return ours and named and not self.uri.startswith("cdrom:")


def mirrors(root: Path, codename: str, keyring: str) -> list[str]:
    """The machine's own mirrors of its distribution, the ones with the customary path first."""
    entries = [entry for entry in _entries(root / "etc/apt") if entry.is_archive(codename, keyring)]
    found = [entry.uri.rstrip("/") for entry in entries]
    customary = Path(keyring).name.partition("-")[0]
    return sorted(dict.fromkeys(found), key=lambda uri: not urlsplit(uri).path.endswith(f"/{customary}"))


def _entries(etc: Path) -> Iterator[Entry]:
    parts = etc / "sources.list.d"
    for file in [etc / "sources.list", *sorted(parts.glob("*.list"))]:
        if file.is_file():
            yield from _one_line_entries(file.read_text())
    for file in sorted(parts.glob("*.sources")):
        yield from _deb822_entries(file.read_text())


def _one_line_entries(text: str) -> Iterator[Entry]:
    for line in text.splitlines():
        if found := ONE_LINE.match(line.partition("#")[0].strip()):
            options = dict(pair.split("=", 1) for pair in (found["options"] or "").split() if "=" in pair)
            signed_by = options.get("signed-by", "")
            yield Entry(found["uri"], [found["suite"]], found["components"].split(), signed_by)


def _deb822_entries(text: str) -> Iterator[Entry]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for stanza in re.split(r"\n\s*\n", "\n".join(lines)):
        joined = re.sub(r"\n[ \t]+", " ", stanza)
        pairs = (line.partition(":") for line in joined.splitlines())
        fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
        if "deb" not in fields.get("types", "").split() or fields.get("enabled", "yes").lower() == "no":
            continue
        suites, components = fields.get("suites", "").split(), fields.get("components", "").split()
        for uri in fields.get("uris", "").split():
            yield Entry(uri, suites, components, fields.get("signed-by", ""))


@dataclass(frozen=True, slots=True)
class Apt:
    """apt with its own lists and cache below `home`, reading only the given source lines."""

    home: Path
    sources: Sequence[str]
    options: list[str] = field(init=False, default_factory=list[str])

    def __post_init__(self) -> None:
        for folder in ("lists/partial", "cache/archives/partial"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / "sources.list").write_text("".join(f"{line}\n" for line in self.sources))
        (self.home / "apt.conf").write_text(
            f'Dir::Etc::sourcelist "{self.home}/sources.list";\n'
            'Dir::Etc::sourceparts "-";\n'
            f'Dir::State::lists "{self.home}/lists";\n'
            f'Dir::Cache "{self.home}/cache";\n'
            'Acquire::Languages "none";\n'
            'Acquire::Retries "3";\n'
            'APT::Sandbox::User "";\n'
            'APT::Update::Error-Mode "any";\n'
            "#clear APT::Update::Post-Invoke;\n"
            "#clear APT::Update::Post-Invoke-Success;\n"
        )
        self.options.extend(("-c", str(self.home / "apt.conf"), "-qq"))

    def update(self) -> None:
        """Fetch the package lists; a mirror that does not answer is an error, not a warning."""
        run(["apt-get", *self.options, "update"])

    def with_libraries(self, packages: Iterable[str], unwanted: tuple[str, ...]) -> list[str]:
        """`packages`, and the libraries they need which this machine does not have."""
        present = _installed()
        found: dict[str, list[str]] = {}
        frontier = list(packages)
        while frontier:
            found |= self._needs(frontier)
            named = dict.fromkeys(name for name in frontier if name in found for name in found[name])
            frontier = [
                name
                for name in named
                if name.startswith(("lib", "proj-data"))
                and not name.startswith(unwanted)
                and name not in found
                and name not in present
            ]
        return list(found)

    def download(self, packages: Iterable[str], folder: Path) -> list[Path]:
        """Fetch packages, whose signatures and checksums apt verifies."""
        folder.mkdir()
        run(["apt-get", *self.options, "download", *packages], cwd=folder)
        return sorted(folder.glob("*.deb"))

    def download_source(self, package: str, folder: Path) -> Path:
        """Fetch the upstream tarball of a source package."""
        folder.mkdir()
        run(["apt-get", *self.options, "source", "--download-only", package], cwd=folder)
        return next(folder.glob("*.orig.tar.*"))

    def _needs(self, packages: Iterable[str]) -> dict[str, list[str]]:
        shown = run(["apt-cache", *self.options, "show", "--no-all-versions", *packages])
        needs: dict[str, list[str]] = {}
        for stanza in shown.split("\n\n"):
            lines = (line.partition(": ") for line in stanza.splitlines())
            fields = {name: value for name, _, value in lines}
            if "Package" in fields:
                wanted = f"{fields.get('Pre-Depends', '')},{fields.get('Depends', '')}".split(",")
                needs[fields["Package"]] = [name[1] for part in wanted if (name := DEPENDENCY.match(part))]
        return needs


def _installed() -> set[str]:
    listed = run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"]).splitlines()
    return {line.split()[1] for line in listed if line.startswith("installed ")}
