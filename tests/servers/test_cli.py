"""The command line: what it prints, what it refuses, and with which code it ends."""

import gzip
import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from inline_snapshot import snapshot

from servers.cli import COMMANDS, main
from servers.commands.fields import CALLING, RUNNING
from servers.jobs import jobs
from tools.catalog import Catalog

Environment = Mapping[str, str]
COLUMNS = (
    "source_id,listing_for,property_type,title,description,price_inr,area_sqft,bhk,furnishing,facing,locality,"
    "lat,lng"
)
ROWS = (
    "s1,rent,apartment,2 BHK flat,A quiet flat,30000,900,2,Furnished,East,Sector 57,28.42,77.08",
    "s2,sale,apartment,3 BHK flat,A bright flat,,1500,3,Unfurnished,West,Sector 57,28.42,77.08",
)


def ghar(*words: str, env: Environment, stdin: str | None = None) -> Result:
    """The outcome of a command, run in this process; commands bring a loop of their own."""
    return CliRunner().invoke(main, words, env=env, input=stdin)


@pytest.fixture
def env(demo_url: str, tmp_path: Path) -> Environment:
    return {"GHAR_DATABASE_URL": demo_url, "GHAR_HOME": str(tmp_path), "GHAR_EMBEDDER": "hashing"}


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> Environment:
    return {"GHAR_DATABASE_URL": database_url, "GHAR_HOME": str(tmp_path), "GHAR_EMBEDDER": "hashing"}


def token(env: Environment) -> str:
    return ghar("token", "--as", "staff", env=env).stdout.strip()


def test_help_lists_every_command_without_loading_one() -> None:
    program = "import sys; from servers.cli import main; main(['--help'], standalone_mode=False); "
    program += "print(*[name for name in sys.modules if name.split('.')[0] in ('tools', 'storage')])"
    out = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert all(f"  {name} " in out for name in COMMANDS)
    assert out.splitlines()[-1] == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = ghar(name, "--help", env={})
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")


def test_a_tool_is_called_by_its_fields(env: Environment) -> None:
    result = ghar(
        "call", "search_properties", "--purpose", "rent", "--bedrooms", "2", "--limit", "2", env=env
    )
    assert result.exit_code == 0
    assert result.stderr == ""
    answer = json.loads(result.stdout)
    assert [each["purpose"] for each in answer["items"]] == ["rent", "rent"]
    assert {each["bedrooms"] for each in answer["items"]} == {2}


def test_fields_can_be_given_as_json_too(env: Environment) -> None:
    by_options = ghar(
        "call", "search-properties", "--kinds", "plot", "--kinds", "shop", "--limit", "2", env=env
    )
    fields = {"kinds": ["plot", "shop"], "limit": 2}
    as_text = ghar("call", "search_properties", "--json", json.dumps(fields), env=env)
    as_input = ghar("call", "search_properties", "--json", "-", env=env, stdin=json.dumps(fields))
    as_list = ghar("call", "search_properties", "--kinds", '["plot", "shop"]', "--limit", "2", env=env)
    assert by_options.exit_code == 0
    assert by_options.stdout == as_text.stdout == as_input.stdout == as_list.stdout


def test_an_answer_can_be_read_by_a_person(env: Environment) -> None:
    result = ghar("call", "search_properties", "--limit", "2", "--output", "text", env=env)
    assert "title" in result.stdout
    assert "has more" in result.stdout
    assert "{" not in result.stdout


def test_a_refusal_is_a_code_and_a_sentence_on_standard_error(env: Environment) -> None:
    result = ghar("call", "get_property", "--id", "999999999", env=env)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == snapshot(
        "no_such_property: There is no property 999999999, or it is no longer offered.\n"
    )


def test_a_wrong_value_is_refused_in_the_words_of_every_surface(env: Environment) -> None:
    result = ghar("call", "search_properties", "--limit", "many", env=env)
    assert result.exit_code == 1
    assert result.stderr == snapshot("invalid: limit: should be a whole number.\n")


@pytest.mark.parametrize(
    "words",
    [
        ("call", "no_such_tool"),
        ("call", "search_properties", "--no-such-field", "1"),
        ("call", "search_properties", "--json", "{"),
        ("call", "search_properties", "--json", "[]"),
        ("token",),
        ("token", "--as", "staff", "--id", "1"),
        ("token", "--as", "guest"),
        ("no-such-command",),
        ("import", "listings", "no-such-file.csv"),
    ],
)
def test_a_command_that_makes_no_sense_ends_with_two(env: Environment, words: tuple[str, ...]) -> None:
    result = ghar(*words, env=env)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_a_bad_setting_ends_with_two_and_its_name(env: Environment) -> None:
    result = ghar("db", "info", env={**env, "GHAR_PORT": "high"})
    assert result.exit_code == 2
    assert result.stderr.startswith("GHAR_PORT: ")


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    nowhere = {"GHAR_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "GHAR_HOME": str(tmp_path)}
    result = ghar("call", "search_properties", env=nowhere)
    assert result.exit_code == 1
    assert result.stderr.startswith("The database could not be used: ")
    assert len(result.stderr.splitlines()) == 1


def test_tools_of_staff_need_a_token_of_staff(env: Environment) -> None:
    refused = ghar("call", "catalog_status", env=env)
    assert (refused.exit_code, refused.stderr) == snapshot(
        (
            1,
            "sign_in_required: Sign in to do this. "
            "Say who is calling with --token TOKEN; `ghar token` prints one.\n",
        )
    )
    assert ghar("call", "catalog_status", "--token", token(env), env=env).exit_code == 0
    assert ghar("call", "catalog_status", "--token", "nonsense", env=env).exit_code == 1


def test_the_token_that_is_given_out_is_accepted(env: Environment) -> None:
    given = ghar("token", "--as", "staff", "--port", "3700", env=env).stdout.strip()
    assert ghar("call", "database_status", "--token", given, env={**env, "GHAR_PORT": "3700"}).exit_code == 0
    assert ghar("call", "database_status", "--token", given, env=env).stderr.startswith("invalid_token: ")


def test_production_gives_out_no_token(env: Environment) -> None:
    production = {
        "GHAR_ENVIRONMENT": "production",
        "GHAR_SECRET": "0123456789abcdef0123456789abcdef",
        "GHAR_PUBLIC_URL": "https://ghar.example",
    }
    result = ghar("token", "--as", "admin", env={**env, **production})
    assert (result.exit_code, result.stdout) == (2, "")


def test_tools_are_listed_as_json_where_no_terminal_listens(env: Environment, catalog: Catalog) -> None:
    listed = json.loads(ghar("tools", env=env).stdout)
    assert {each["name"] for each in listed} == set(catalog.tools)


def test_no_input_field_hides_behind_an_option_of_the_command(catalog: Catalog) -> None:
    commands = [
        *((tool, CALLING) for tool in catalog.on("cli")),
        *((tool, RUNNING) for tool in jobs(catalog)),
    ]
    clashes = [(tool.name, set(own) & tool.takes.model_fields.keys()) for tool, own in commands]
    assert [clash for clash in clashes if clash[1]] == []


def test_database_info_names_no_password(env: Environment) -> None:
    result = ghar("db", "info", env=env)
    info = json.loads(result.stdout)
    assert info["pending_migrations"] == []
    assert info["live_properties"] == 2_000
    assert "***" not in result.stdout


def test_a_database_is_filled_emptied_and_filled_again(empty: Environment, tmp_path: Path) -> None:
    file = tmp_path / "homes.csv.gz"
    file.write_bytes(gzip.compress("\n".join([COLUMNS, *ROWS]).encode()))
    first = json.loads(ghar("import", "listings", str(file), env=empty).stdout)
    again = json.loads(ghar("import", "listings", str(file), env=empty).stdout)
    assert (first["source"], first["added"], first["refused"]) == ("homes", 1, 1)
    assert (again["added"], again["unchanged"]) == (0, 1)
    assert ghar("vectors", env=empty).exit_code == 0
    assert ghar("demo", "--count", "20", env=empty).exit_code == 0
    assert json.loads(ghar("db", "info", env=empty).stdout)["live_properties"] == 21
    declined = ghar("db", "reset", env=empty, stdin="n\n")
    assert declined.exit_code == 1
    assert ghar("db", "reset", "--yes", env=empty).exit_code == 0
    info = json.loads(ghar("db", "info", env=empty).stdout)
    assert (info["live_properties"], info["pending_migrations"]) == (0, [])


def test_the_openapi_document_is_json(env: Environment) -> None:
    assert json.loads(ghar("openapi", env=env).stdout)["openapi"].startswith("3.1")


def test_a_taken_port_is_a_sentence_before_anything_is_started(env: Environment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        result = ghar("serve", "--port", str(port), env=env)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Cannot listen on 127.0.0.1 port {port}: Address already in use.")
