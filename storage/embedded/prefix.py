"""A private PostgreSQL with PostGIS and pgvector, unpacked from Debian packages, without root."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from storage.embedded import locks
from storage.embedded.apt import Apt, mirrors
from storage.embedded.errors import EmbeddedError, Interrupted, NoPostgres
from storage.embedded.machine import Binaries, Machine, complete
from storage.embedded.processes import run

Progress = Callable[[str, float], None]

UNWANTED = ("libgdal", "libsfcgal", "libllvm")
"""Needed only by PostGIS's raster and 3D extensions and by the JIT, and larger than all the rest together."""

UNUSED = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian", "usr/include")

COMPILE = ("gcc", "-O2", "-fPIC", "-D_GNU_SOURCE")
VECTORIZE = ("-ftree-vectorize", "-fassociative-math", "-fno-signed-zeros", "-fno-trapping-math")


@dataclass(frozen=True, slots=True)
class VectorSource:
    """pgvector from a later release's source package, for a release that does not carry it."""

    suite: str
    sha256: str
    headers: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one release needs for a private PostgreSQL."""

    codename: str
    keyring: str
    major: int
    packages: tuple[str, ...]
    vector: VectorSource | None = None

    def fingerprint(self, machine: Machine) -> str:
        """Names the folder, so that a changed recipe builds anew beside the old one."""
        return hashlib.sha256(f"{self!r} {machine.architecture}".encode()).hexdigest()[:12]


DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

LIBRARIES = (
    "libpq5",
    "libgeos-c1v5",
    "libgeos3.11.1",
    "libproj25",
    "proj-data",
    "libprotobuf-c1",
    "libjson-c5",
)
"""Of Debian 12; others that may be missing are found by following what the packages depend on."""

RECIPES = {
    ("debian", "12"): Recipe(
        codename="bookworm",
        keyring=DEBIAN_KEYRING,
        major=15,
        packages=("postgresql-15", "postgresql-15-postgis-3", "postgresql-15-postgis-3-scripts", *LIBRARIES),
        vector=VectorSource(
            suite="trixie",
            sha256="867a2c328d4928a5a9d6f052cd3bc78c7d60228a9b914ad32aa3db88e9de27b0",
            headers="postgresql-server-dev-15",
        ),
    ),
    ("debian", "13"): Recipe(
        codename="trixie",
        keyring=DEBIAN_KEYRING,
        major=17,
        packages=(
            "postgresql-17",
            "postgresql-17-postgis-3",
            "postgresql-17-postgis-3-scripts",
            "postgresql-17-pgvector",
            "libpq5",
        ),
    ),
}


def recipe_for(machine: Machine) -> Recipe:
    """The recipe for this machine's release, or `NoPostgres` naming the other ways."""
    release = machine.release()
    recipe = RECIPES.get((release.get("ID", ""), release.get("VERSION_ID", "")))
    if recipe is None:
        name = release.get("PRETTY_NAME", "this system")
        raise NoPostgres(f"{name} has no PostgreSQL with PostGIS and pgvector. {OTHER_WAYS}")
    return recipe


OTHER_WAYS = (
    "Start one with `docker compose up -d db` (see compose.yaml) and set GHAR_DATABASE_URL, or install the "
    "PostgreSQL, PostGIS and pgvector packages of this system."
)


def ready(recipe: Recipe, machine: Machine, cache: Path, progress: Progress) -> Binaries:
    """The private PostgreSQL of this recipe, made now if it does not exist yet."""
    target = cache / f"postgres-{recipe.fingerprint(machine)}"
    if not target.exists():
        with locks.exclusive(cache / f".{target.name}.lock"):
            if not target.exists():
                _make(recipe, machine, target, progress)
    binaries = complete(target, prefix=target)
    if not binaries:
        raise EmbeddedError(f"{target} is damaged; remove it, and it is made again.")
    return binaries[0]


def _make(recipe: Recipe, machine: Machine, target: Path, progress: Progress) -> None:
    sources = mirrors(machine.root, recipe.codename, recipe.keyring)
    if not sources:
        raise NoPostgres(f"The apt sources name no mirror of {recipe.codename}. {OTHER_WAYS}")
    if recipe.vector:
        _require_compiler()
    for number, mirror in enumerate(sources, start=1):
        try:
            _build(recipe, mirror, target, progress)
        except Interrupted:
            raise
        except EmbeddedError as error:
            if number == len(sources):
                raise NoPostgres(f"PostgreSQL cannot be fetched: {error}\n{OTHER_WAYS}") from error
        else:
            return


def _require_compiler() -> None:
    """Before anything is downloaded. Debian's gcc comes without the C library's headers where no recommended
    packages are installed.
    """
    try:
        run(["gcc", "-E", "-include", "stdio.h", "-x", "c", "/dev/null", "-o", "/dev/null"])
    except EmbeddedError as error:
        raise NoPostgres(
            "pgvector has to be compiled here. Install what that needs, and repeat: "
            f"apt-get install -y gcc libc6-dev\n{OTHER_WAYS}"
        ) from error


def _build(recipe: Recipe, mirror: str, target: Path, progress: Progress) -> None:
    for leftover in target.parent.glob(f".{target.name}.partial-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    # A killed build may leave apt or gcc running: a new name each time keeps them out of this one.
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent))
    partial = work / "root"
    partial.mkdir()
    progress("Reading package lists", 0.05)
    apt = Apt(work / "apt", _source_lines(recipe, mirror))
    apt.update()
    progress("Downloading PostgreSQL and PostGIS", 0.2)
    headers = (recipe.vector.headers,) if recipe.vector else ()
    packages = apt.download(apt.with_libraries(recipe.packages, UNWANTED) + list(headers), work / "debs")
    for number, package in enumerate(packages):
        progress("Unpacking PostgreSQL and PostGIS", 0.4 + 0.2 * number / len(packages))
        run(["dpkg", "-x", package, partial])
    if recipe.vector:
        progress("Compiling pgvector", 0.6)
        _compile_vector(recipe, recipe.vector, apt, partial, work)
    _finish(recipe, partial)
    for used in ("apt", "debs", "src"):
        shutil.rmtree(work / used, ignore_errors=True)
    partial.rename(target)
    work.rmdir()
    progress("PostgreSQL is unpacked", 0.9)


def _source_lines(recipe: Recipe, mirror: str) -> list[str]:
    lines = [f"deb [signed-by={recipe.keyring}] {mirror} {recipe.codename} main"]
    if recipe.vector:
        lines.append(f"deb-src [signed-by={recipe.keyring}] {mirror} {recipe.vector.suite} main")
    return lines


def _compile_vector(recipe: Recipe, source: VectorSource, apt: Apt, prefix: Path, work: Path) -> None:
    tarball = apt.download_source("pgvector", work / "src")
    digest = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise EmbeddedError(f"{tarball.name} is not the pgvector that was tried out (sha256 {digest})")
    run(["tar", "-xf", tarball, "-C", work / "src"])
    tree = next(entry for entry in (work / "src").iterdir() if entry.is_dir())
    headers = f"-I{prefix}/usr/include/postgresql/{recipe.major}/server"
    files = sorted((tree / "src").glob("*.c"))

    def compiled(file: Path) -> str:
        return run([*COMPILE, *VECTORIZE, headers, "-c", file, "-o", file.with_suffix(".o")])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compiled, files))
    library = prefix / f"usr/lib/postgresql/{recipe.major}/lib/vector.so"
    run(["gcc", "-shared", "-o", library, *(file.with_suffix(".o") for file in files), "-lm"])
    extension = prefix / f"usr/share/postgresql/{recipe.major}/extension"
    control = (tree / "vector.control").read_text()
    version = control.partition("default_version = '")[2].partition("'")[0]
    shutil.copy(tree / "vector.control", extension)
    shutil.copy(tree / "sql/vector.sql", extension / f"vector--{version}.sql")


def _finish(recipe: Recipe, prefix: Path) -> None:
    extension = prefix / f"usr/share/postgresql/{recipe.major}/extension"
    # Debian makes postgis.control by update-alternatives, in a script that unpacking does not run.
    shutil.copy(extension / "postgis-3.control", extension / "postgis.control")
    for folder in UNUSED:
        shutil.rmtree(prefix / folder, ignore_errors=True)
    shutil.rmtree(prefix / f"usr/lib/postgresql/{recipe.major}/lib/bitcode", ignore_errors=True)
    prefix.chmod(0o755)
    binaries = complete(prefix, prefix=prefix)
    if not binaries:
        raise EmbeddedError("the unpacked packages hold no complete PostgreSQL")
    _check_libraries(binaries[0])


def _check_libraries(binaries: Binaries) -> None:
    """Loading an extension would fail much later, and not say which package is missing."""
    libraries = binaries.bin.parent / "lib"
    needed = [binaries.bin / "postgres", binaries.bin / "initdb"]
    needed += [libraries / f"{name}.so" for name in ("postgis-3", "vector", "pg_trgm", "btree_gist")]
    lacking = {
        line.split()[0]
        for file in needed
        for line in run(["ldd", file], env=binaries.environment()).splitlines()
        if "not found" in line
    }
    if lacking:
        raise EmbeddedError(f"libraries are missing: {', '.join(sorted(lacking))}")
