"""What kind of machine this is: its distribution, and which PostgreSQL it already has."""

import platform
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LEAST = {"postgis": (3,), "vector": (0, 8)}
"""The extensions we need, and the oldest version of each that our queries were written for."""

VERSION = re.compile(r"default_version\s*=\s*'(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Binaries:
    """PostgreSQL's programs. In a private prefix they also need its libraries and its map projections."""

    bin: Path
    prefix: Path | None = None

    @property
    def major(self) -> int:
        """The major version, which Debian keeps in the path."""
        return int(self.bin.parent.name)

    def environment(self) -> dict[str, str]:
        """What the programs need to be told, and nothing of our own environment."""
        plain = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        if self.prefix is None:
            return plain
        folders = sorted({str(library.parent) for library in self.prefix.glob("usr/lib/*-linux-gnu*/*.so.*")})
        projections = str(self.prefix / "usr/share/proj")
        return plain | {"LD_LIBRARY_PATH": ":".join(folders), "PROJ_DATA": projections}


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine as seen below `root`; tests describe another one by a folder."""

    root: Path = Path("/")
    architecture: str = platform.machine()

    def release(self) -> Mapping[str, str]:
        """The fields of os-release, such as `ID` and `VERSION_CODENAME`; empty when there is none."""
        file = self.root / "etc/os-release"
        if not file.is_file():
            return {}
        lines = (line.partition("=") for line in file.read_text().splitlines() if "=" in line)
        return {name.strip(): "".join(shlex.split(value)) for name, _, value in lines}

    def postgres(self) -> list[Binaries]:
        """Installed PostgreSQL versions that have every extension we need, newest first."""
        return complete(self.root)


def complete(root: Path, prefix: Path | None = None) -> list[Binaries]:
    """PostgreSQL versions below `root` that have a server and every extension we need, newest first."""
    versions = [entry for entry in (root / "usr/lib/postgresql").glob("*") if entry.name.isdigit()]
    versions.sort(key=lambda entry: int(entry.name), reverse=True)
    return [Binaries(entry / "bin", prefix) for entry in versions if _is_complete(root, entry)]


def _is_complete(root: Path, version: Path) -> bool:
    share = root / "usr/share/postgresql" / version.name / "extension"
    extensions = all(_version(share / f"{name}.control") >= least for name, least in LEAST.items())
    return extensions and all((version / "bin" / name).exists() for name in ("initdb", "pg_ctl", "postgres"))


def _version(control: Path) -> tuple[int, ...]:
    found = VERSION.search(control.read_text()) if control.is_file() else None
    return tuple(int(number) for number in found[1].split(".")) if found else ()
