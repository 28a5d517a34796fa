"""The containers: linted, without root, secrets or moving versions, and each with a check of its health."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCKERFILES = ["Dockerfile", "deploy/postgres.Dockerfile"]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY|DSN")


def instructions(name: str) -> list[tuple[str, str]]:
    """A Dockerfile's instructions and what each says, its lines joined."""
    whole = re.sub(r"\\\n|^#.*\n", "", (ROOT / name).read_text(), flags=re.MULTILINE)
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in whole.splitlines() if line)]


def stages(name: str) -> list[str]:
    """The names that stages of a Dockerfile give themselves."""
    return re.findall(r"^FROM \S+ AS (\S+)$", (ROOT / name).read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", DOCKERFILES)
def test_hadolint_finds_nothing(name: str):
    hadolint = Path(sys.executable).parent / "hadolint"
    said = subprocess.run(
        [hadolint, "-c", ROOT / ".hadolint.yaml", ROOT / name], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_runs_as_nobody_special_and_tells_its_health(name: str):
    said = instructions(name)
    last = max(number for number, (word, _) in enumerate(said) if word == "FROM")
    final = dict(said[last:])
    assert final["USER"] not in ("root", "0")
    assert "CMD" in final["HEALTHCHECK"]
    assert final["CMD"].startswith("["), "a shell in between keeps signals from the server"


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_is_made_from_named_versions_and_holds_no_secret(name: str):
    made_here = stages(name)
    for word, rest in instructions(name):
        if word == "FROM" and rest.split()[0] not in made_here:
            assert re.fullmatch(r"\S+:(?!latest)\S+", rest.split()[0])
        if word in ("ENV", "ARG"):
            assert not SECRET.search(rest)
        assert word != "ADD", "ADD fetches and unpacks; COPY does what it says"


def test_what_is_copied_into_an_image_exists():
    for name in DOCKERFILES:
        for word, rest in instructions(name):
            if word == "COPY" and "--from" not in rest:
                assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest


def test_every_package_of_the_product_is_in_its_image():
    copied = {rest.split()[0] for word, rest in instructions("Dockerfile") if word == "COPY"}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench", "scripts"}
    assert packages <= copied


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name: str):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid"}
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    assert "docker.sock" not in str(service)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_of_a_named_version_or_built_here(name: str):
    service = SERVICES[name]
    if "image" in service:
        assert re.fullmatch(r"\S+:(?!latest)\S+", service["image"])
        return
    build = service["build"]
    wanted = "Dockerfile" if isinstance(build, str) else build["dockerfile"]
    assert wanted in DOCKERFILES


@pytest.mark.parametrize("name", SERVICES)
def test_a_secret_comes_from_outside_and_has_no_default(name: str):
    for variable, value in SERVICES[name].get("environment", {}).items():
        # An address is a secret where it names a user, as that of a database does.
        if SECRET.search(variable) or "@" in value:
            given_outside = re.findall(r"\$\{[A-Z_]+:(?:\?[^}]+|-)\}", value)
            assert given_outside, f"{variable} is written down"


def test_services_and_volumes_that_are_referred_to_are_there():
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= SERVICES.keys()
        for mount in service.get("volumes", ()):
            source = mount.partition(":")[0]
            assert source in COMPOSE["volumes"] or source.startswith(("./", "/"))
