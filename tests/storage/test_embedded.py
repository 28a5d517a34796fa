"""The embedded PostgreSQL: made, joined, killed, recovered and refused, with real servers."""

import asyncio
import os
import pwd
import shutil
import signal
import stat
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import asyncpg
import pytest
from inline_snapshot import snapshot

from storage import embedded
from storage.embedded import EmbeddedOptions, EmbeddedServer, Machine, ServerSettings
from storage.embedded.account import Account
from storage.embedded.apt import mirrors
from storage.embedded.prefix import recipe_for

# The first test on a machine may have to download and compile PostgreSQL.
pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).parents[2]
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
RELAXED = ServerSettings(durable=False, shared_buffers="16MB", max_connections=20)
EXTENSIONS = ("postgis", "vector", "pg_trgm", "btree_gist", "unaccent", "citext")

HOLD = """
    import asyncio, sys
    from pathlib import Path
    import asyncpg
    from storage import embedded

    async def hold(home: str, cache: str) -> None:
        settings = embedded.ServerSettings(shared_buffers="16MB", max_connections=20)
        options = embedded.EmbeddedOptions(home=Path(home), cache=Path(cache), settings=settings)
        async with embedded.server(options) as server:
            print(server.pid, server.url, flush=True)
            await asyncio.to_thread(sys.stdin.readline)

    {before}
    asyncio.run(hold(*sys.argv[1:]))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account can reach, as pytest's own is not."""
    made = Path(tempfile.mkdtemp(prefix="ghar-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def options(folder: Path) -> EmbeddedOptions:
    return EmbeddedOptions(home=folder / "home", settings=RELAXED)


@pytest.fixture
async def binaries(options: EmbeddedOptions) -> Path:
    """The cache folder of PostgreSQL's programs, filled."""
    async with embedded.server(options):
        return embedded.default_cache()


async def holder(home: Path, cache: Path, before: str = "") -> asyncio.subprocess.Process:
    """Another process that holds the server of `home` until it reads a line or is killed."""
    program = dedent(HOLD).format(before=before)
    command = [sys.executable, "-c", program, str(home), str(cache)]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)


async def announced(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """The process id of PostgreSQL and its URL, as a holder prints them."""
    assert process.stdout
    pid, url = (await process.stdout.readline()).decode().split()
    return int(pid), url


async def ask(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def ask_until_answered(url: str, query: str) -> object:
    async with asyncio.timeout(30):
        while True:
            try:
                return await ask(url, query)
            except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
                # A refused connection answers at once: without this nobody else would get a turn.
                await asyncio.sleep(0)


def alive(pid: int | None) -> bool:
    return pid is not None and Path(f"/proc/{pid}/cwd").exists()


def owner_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


async def test_a_new_folder_gets_a_server_with_every_extension_we_use(options: EmbeddedOptions):
    steps: list[tuple[str, float]] = []
    async with embedded.server(options, lambda step, done: steps.append((step, done))) as server:
        for extension in EXTENSIONS:
            await ask(server.url, f"CREATE EXTENSION {extension}")
        assert await ask(server.url, "SELECT ST_Distance('POINT(0 0)', 'POINT(3 4)')") == 5
        assert await ask(server.url, "SELECT '[1,2]'::halfvec(2) <-> '[1,4]'") == 2
        assert await ask(server.url, "SELECT ST_Transform('SRID=4326;POINT(77 28)', 32643) IS NOT NULL")
        assert await ask(server.url, "SHOW jit") == "off"
        assert await ask(server.url, "SHOW listen_addresses") == ""
        assert await ask(server.url, "SELECT upper('गुड़गाँव é')") == "गुड़गाँव É"
    fractions = [fraction for _, fraction in steps]
    assert fractions == sorted(fractions)
    assert steps[-1] == ("The database is ready", 1.0)


async def test_whoever_joins_shares_the_server_and_the_last_to_leave_stops_it(options: EmbeddedOptions):
    first = await embedded.provide(options)
    second = await embedded.provide(options)
    assert isinstance(first, EmbeddedServer)
    assert isinstance(second, EmbeddedServer)
    pid = first.pid
    assert second.pid == pid
    await first.close()
    assert await ask(second.url, "SELECT 1") == 1
    await second.close()
    assert not alive(pid)
    await second.close()


async def test_processes_that_start_at_once_share_one_server(folder: Path, binaries: Path):
    holders = [await holder(folder / "shared", binaries) for _ in range(4)]
    announcements = {await announced(process) for process in holders}
    assert len(announcements) == 1
    for process in holders:
        await process.communicate(b"\n")
    assert [process.returncode for process in holders] == [0, 0, 0, 0]
    assert not alive(announcements.pop()[0])


async def test_killing_postgres_loses_nothing_and_it_comes_back_by_itself(folder: Path):
    options = EmbeddedOptions(home=folder / "home", settings=ServerSettings(shared_buffers="16MB"))
    async with embedded.server(options) as server:
        assert isinstance(server, EmbeddedServer)
        await ask(server.url, "CREATE TABLE kept AS SELECT 42 AS answer")
        former = server.pid
        assert former
        os.kill(former, signal.SIGKILL)
        assert await ask_until_answered(server.url, "SELECT answer FROM kept") == 42
        assert server.pid not in (None, former)


async def test_a_start_after_killing_everything_waits_for_busy_backends_and_recovers(
    folder: Path, binaries: Path, options: EmbeddedOptions
):
    process = await holder(options.home, binaries)
    pid, url = await announced(process)
    await ask(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    busy = await asyncpg.connect(url)
    backend = busy.get_server_pid()
    counting = asyncio.create_task(busy.fetchval("SELECT count(*) FROM generate_series(1, 3000000)"))
    async with asyncio.timeout(30):
        while await ask(url, f"SELECT state FROM pg_stat_activity WHERE pid = {backend}") != "active":
            continue
    process.kill()
    os.kill(pid, signal.SIGKILL)
    await process.wait()
    async with embedded.server(options) as server:
        assert not alive(backend)
        assert await ask(server.url, "SELECT answer FROM kept") == 42
    await asyncio.gather(counting, return_exceptions=True)
    busy.terminate()


async def test_a_server_whose_starter_was_killed_is_joined_and_then_stopped(
    binaries: Path, options: EmbeddedOptions
):
    process = await holder(options.home, binaries)
    pid, _ = await announced(process)
    process.kill()
    await process.wait()
    async with embedded.server(options) as server:
        assert isinstance(server, EmbeddedServer)
        assert server.pid == pid
    assert not alive(pid)


async def test_a_stale_pid_file_that_names_another_living_process_is_no_obstacle(options: EmbeddedOptions):
    async with embedded.server(options):
        lines = (options.home / "data/postmaster.pid").read_text().splitlines()
    lines[0] = str(os.getppid())
    (options.home / "data/postmaster.pid").write_text("\n".join(lines))
    async with embedded.server(options) as server:
        assert await ask(server.url, "SELECT 1") == 1


async def test_an_ordinary_user_runs_it_as_itself(folder: Path, binaries: Path):
    unprivileged = folder / "user"
    unprivileged.mkdir()
    drop = ""
    if os.geteuid() == 0:
        someone = pwd.getpwnam("daemon")
        os.chown(unprivileged, someone.pw_uid, someone.pw_gid)
        drop = f"import os; os.setgroups([]); os.setgid({someone.pw_gid}); os.setuid({someone.pw_uid})"
    process = await holder(unprivileged / "home", binaries, before=drop)
    pid, url = await announced(process)
    assert owner_of(pid) == unprivileged.stat().st_uid
    assert await ask(url, "SELECT 1") == 1
    await process.communicate(b"\n")
    assert process.returncode == 0
    assert not alive(pid)


async def test_nobody_else_on_the_machine_can_get_in(options: EmbeddedOptions):
    settings = ServerSettings(port=0, durable=False, shared_buffers="16MB")
    async with embedded.server(EmbeddedOptions(home=options.home, settings=settings)) as server:
        assert isinstance(server, EmbeddedServer)
        assert server.tcp_url
        assert server.pid
        owner = owner_of(server.pid)
        assert owner != 0
        for name in ("run", "data"):
            entry = (options.home / name).stat()
            assert (stat.S_IMODE(entry.st_mode), entry.st_uid) == (0o700, owner)
        assert stat.S_IMODE((options.home / "password").stat().st_mode) == 0o600
        assert await ask(server.tcp_url, "SELECT 1") == 1
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(server.tcp_url.replace("ghar:", "ghar:x"), "SELECT 1")
        assert await ask(server.url, "SHOW listen_addresses") == "127.0.0.1"


async def test_a_template_is_filled_once_and_cloned_often(options: EmbeddedOptions):
    filled: list[str] = []

    async def fill(url: str) -> None:
        filled.append(url)
        await ask(url, "CREATE TABLE place AS SELECT 'Sector 57' AS name")

    async with embedded.server(options) as server:
        await asyncio.gather(*(server.ensure_template("ghar_template", fill) for _ in range(3)))
        assert len(filled) == 1
        urls = await asyncio.gather(*(server.create_database(f"t{n}", "ghar_template") for n in range(3)))
        assert [await ask(url, "SELECT name FROM place") for url in urls] == ["Sector 57"] * 3
        await server.drop_database("t0")
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await ask(urls[0], "SELECT 1")


async def test_a_path_too_long_for_a_socket_is_no_obstacle(folder: Path):
    home = folder / ("long" * 20) / ("path" * 20)
    async with embedded.server(EmbeddedOptions(home=home, settings=RELAXED)) as server:
        assert await ask(server.url, "SELECT 1") == 1
        sockets = Path(str(await ask(server.url, "SHOW unix_socket_directories")).strip('"'))
    sockets.rmdir()


async def test_a_server_of_the_callers_is_used_as_it_is(folder: Path):
    url = "postgresql+asyncpg://someone@db.example/ghar?ssl=require"
    async with embedded.server(EmbeddedOptions(url=url, home=folder / "home")) as server:
        assert server.url == "postgresql://someone@db.example/ghar?ssl=require"
        assert server.sqlalchemy_url == url
        assert server.database_url("other") == "postgresql://someone@db.example/other?ssl=require"
    assert not (folder / "home").exists()


def machine(root: Path, release: str, **files: str) -> Machine:
    for name, text in {"etc/os-release": release, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return Machine(root=root)


DEBIAN_12 = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'


async def refusal(options: EmbeddedOptions) -> str:
    with pytest.raises(embedded.EmbeddedError) as caught:
        await embedded.provide(options)
    return str(caught.value)


async def test_a_system_we_know_no_packages_of_is_told_the_other_ways(folder: Path):
    elsewhere = machine(folder, 'ID=fedora\nVERSION_ID=42\nPRETTY_NAME="Fedora Linux 42"\n')
    options = EmbeddedOptions(home=folder / "home", cache=folder / "cache", machine=elsewhere)
    assert await refusal(options) == snapshot(
        "Fedora Linux 42 has no PostgreSQL with PostGIS and pgvector. Start one with `docker compose up -d "
        "db` (see compose.yaml) and set GHAR_DATABASE_URL, or install the PostgreSQL, PostGIS and pgvector "
        "packages of this system."
    )


async def test_apt_sources_without_a_mirror_are_named_as_the_reason(folder: Path):
    bare = machine(folder, DEBIAN_12)
    options = EmbeddedOptions(home=folder / "home", cache=folder / "cache", machine=bare)
    assert await refusal(options) == snapshot(
        "The apt sources name no mirror of bookworm. Start one with `docker compose up -d db` (see "
        "compose.yaml) and set GHAR_DATABASE_URL, or install the PostgreSQL, PostGIS and pgvector packages "
        "of this system."
    )


async def test_a_mirror_that_has_nothing_leaves_nothing_half_made(folder: Path):
    sources = {"etc/apt/sources.list": f"deb file:{folder}/debian bookworm main\n"}
    cut_off = machine(folder, DEBIAN_12, **sources)
    options = EmbeddedOptions(home=folder / "home", cache=folder / "cache", machine=cut_off)
    said = await refusal(options)
    assert "PostgreSQL cannot be fetched: apt-get failed" in said
    assert "compose.yaml" in said
    assert not list((folder / "cache").glob("postgres-*"))


async def test_data_of_another_version_is_not_touched(folder: Path):
    (folder / "home/data").mkdir(parents=True)
    (folder / "home/data/PG_VERSION").write_text("9\n")
    bare = machine(folder, DEBIAN_12)
    options = EmbeddedOptions(home=folder / "home", cache=folder / "cache", machine=bare)
    assert await refusal(options) == snapshot(
        "The data was made by PostgreSQL 9, and this machine has 15. Install PostgreSQL 9 with PostGIS and "
        "pgvector, or move the data folder away to start anew."
    )


async def test_a_folder_that_cannot_be_made_is_named(folder: Path):
    (folder / "file").touch()
    said = await refusal(EmbeddedOptions(home=folder / "file/home"))
    assert said.startswith(f"{folder}/file/home cannot be used:")


async def test_a_port_in_use_is_told_from_the_servers_log(options: EmbeddedOptions):
    taken = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with taken:
        said = await refusal(EmbeddedOptions(home=options.home, settings=ServerSettings(port=port)))
    assert "PostgreSQL does not start" in said
    assert 'could not bind IPv4 address "127.0.0.1": Address already in use' in said


TOOL = "deb [signed-by=/etc/keys/tool.gpg] http://tool.example/debian bookworm main"


def test_only_the_distributions_own_mirrors_are_used(folder: Path):
    files = {
        "etc/apt/sources.list": """
            # deb http://commented.example/debian bookworm main
            deb [arch=amd64] http://near.example/mirror bookworm main contrib
            deb-src http://source.example/debian bookworm main
            deb cdrom:[Debian]/ bookworm main
            deb http://security.example/debian-security bookworm-security main
        """.replace("            ", ""),
        "etc/apt/sources.list.d/tool.list": TOOL,
        "etc/apt/sources.list.d/debian.sources": dedent(f"""
            Types: deb
            # a comment
            URIs: http://one.example/debian/
              http://two.example/debian
            Suites: bookworm bookworm-updates
            Components: main
            Signed-By: {KEYRING}

            Types: deb
            URIs: http://disabled.example/debian
            Suites: bookworm
            Components: main
            Enabled: no
        """),
    }
    found = mirrors(machine(folder, DEBIAN_12, **files).root, "bookworm", KEYRING)
    assert found == snapshot(
        ["http://one.example/debian", "http://two.example/debian", "http://near.example/mirror"]
    )


def test_both_supported_releases_have_a_recipe(folder: Path):
    twelve = recipe_for(machine(folder, DEBIAN_12))
    thirteen = recipe_for(machine(folder, DEBIAN_12.replace("12", "13")))
    assert (twelve.codename, twelve.major) == ("bookworm", 15)
    assert (thirteen.codename, thirteen.major) == ("trixie", 17)
    assert twelve.fingerprint(Machine()) != thirteen.fingerprint(Machine())


def postgres(major: int, vector: str) -> dict[str, str]:
    share = f"usr/share/postgresql/{major}/extension"
    programs = {f"usr/lib/postgresql/{major}/bin/{name}": "" for name in ("initdb", "pg_ctl", "postgres")}
    controls = {"postgis": "3.3.2", "vector": vector}
    return programs | {
        f"{share}/{name}.control": f"default_version = '{version}'\n" for name, version in controls.items()
    }


def test_installed_postgres_counts_when_it_has_both_extensions_newest_first(folder: Path):
    files = postgres(15, "0.8.0") | postgres(16, "0.6.2") | postgres(17, "0.8.1") | postgres(18, "0.8.1")
    del files["usr/share/postgresql/18/extension/postgis.control"]
    found = machine(folder, DEBIAN_12, **files).postgres()
    assert [binaries.major for binaries in found] == [17, 15]


@pytest.mark.parametrize(("mode", "reached"), [(0o755, True), (0o700, False)])
def test_root_knows_what_its_server_cannot_reach(folder: Path, mode: int, reached: bool):
    (folder / "inner").mkdir(mode=0o755)
    folder.chmod(mode)
    assert Account.of_server(folder / "inner/data").reaches(folder / "inner") == (
        reached or os.geteuid() != 0
    )
