"""What whoever runs the system does on the command line: run jobs, and name the first admin."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from click.testing import CliRunner, Result
from inline_snapshot import snapshot

from servers.cli import main

Environment = Mapping[str, str]


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> Environment:
    return {"GHAR_DATABASE_URL": database_url, "GHAR_HOME": str(tmp_path), "GHAR_EMBEDDER": "hashing"}


def ghar(*words: str, env: Environment) -> Result:
    """The outcome of a command, run in this process; commands bring a loop of their own."""
    return CliRunner().invoke(main, words, env=env)


def test_the_first_admin_is_named_before_having_signed_in(env: Environment) -> None:
    result = ghar("grant-role", "098765 43210", "admin", env=env)
    assert (result.exit_code, result.stdout) == (0, snapshot("Person 1 is now admin, and was member.\n"))
    again = ghar("grant-role", "+919876543210", "staff", env=env)
    assert (again.exit_code, again.stderr.splitlines()[-1]) == (
        1,
        snapshot("last_admin: This is the last admin. Make somebody else an admin first."),
    )


@pytest.mark.parametrize("words", [("Asha", "admin"), ("9876543210", "guest")])
def test_a_role_needs_a_contact_and_must_be_one(env: Environment, words: tuple[str, str]) -> None:
    result = ghar("grant-role", *words, env=env)
    assert result.exit_code != 0
    assert ghar("grant-role", "9876543210", "admin", env=env).stdout.startswith("Person 1 is")


async def _due(url: str, count: int) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(
        "insert into people (email, deletes_at) "
        "select n || '@example.com', now() - interval '1 day' from generate_series(1, $1) n",
        count,
    )
    await connection.close()


@pytest.fixture
async def due(database_url: str) -> None:
    await _due(database_url, 5)


def test_a_job_runs_once_or_until_nothing_remains(env: Environment, due: None) -> None:
    once = ghar("job", "erase_due_accounts", "--limit", "2", env=env)
    assert json.loads(once.stdout) == {"done": 2, "remaining": 3}
    rest = ghar("job", "erase-due-accounts", "--limit", "2", "--all", env=env)
    assert [json.loads(line) for line in rest.stdout.splitlines()] == [
        {"done": 2, "remaining": 1},
        {"done": 1, "remaining": 0},
    ]


def test_a_job_that_has_no_rounds_runs_once_all_the_same(env: Environment) -> None:
    result = ghar("job", "clean_up_sign_ins", "--all", env=env)
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"removed": 0})


def test_only_jobs_are_jobs(env: Environment) -> None:
    listed = ghar("job", "--help", env={}).output
    assert "erase_due_accounts" in listed
    assert "search_properties" not in listed
    for name in ("search_properties", "delete_my_account", "no_such_job"):
        assert ghar("job", name, env=env).exit_code == 2


def test_a_person_uses_their_account_on_the_command_line(env: Environment) -> None:
    token = ghar("token", "--as", "member", env=env).stdout.strip()

    def call(*words: str) -> dict[str, Any]:
        return json.loads(ghar("call", *words, "--token", token, env=env).stdout)

    assert call("update_preferences", "--budget-max", "45000", "--bedrooms", "2")["bedrooms"] == [2]
    assert call("update-profile", "--name", "Asha Rao")["name"] == "Asha Rao"
    assert call("get_preferences")["budget_max"] == 45_000
    (profile, *_) = call("export_my_data")["tables"]
    assert profile["rows"][0]["email"] == "member@360ghar.example"
    (here,) = call("list_sessions")["items"]
    assert here["current"]
    assert call("revoke_session", "--id", str(here["id"]))["current"]
    after = ghar("call", "list_sessions", "--token", token, env=env)
    assert (after.exit_code, after.stdout) == (1, "")
