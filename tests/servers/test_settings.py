"""Settings: read once, refused with a sentence, and documented by themselves."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from servers.keys import keys
from servers.settings import PREFIX, BadSettings, Settings, load, table

SECRET = "0123456789abcdef0123456789abcdef"
PRODUCTION = {
    "environment": "production",
    "secret": SECRET,
    "database_url": "postgresql://ghar@db/ghar",
    "public_url": "https://ghar.example",
}


def test_a_newcomer_needs_to_set_nothing() -> None:
    settings = load()
    assert (settings.environment, settings.port, settings.database_url) == ("development", 3600, None)
    assert settings.migrates
    assert settings.url == "http://localhost:3600"


def test_a_value_of_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GHAR_ALLOWED_HOSTS", "one.example, two.example")
    assert load(port=80).every_host == ["localhost:80", "one.example", "two.example"]


def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GHAR_SECRET", "")
    assert load().secret is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "many", "GHAR_PORT: Input should be a valid integer, unable to parse string as an integer."),
        ("DATABASE_URL", "mysql://x", "GHAR_DATABASE_URL: must start with postgresql://."),
        (
            "PUBLIC_URL",
            "ghar.example/path",
            "GHAR_PUBLIC_URL: must be a scheme and a host, such as https://ghar.example.",
        ),
        ("ENVIRONMENT", "staging", "GHAR_ENVIRONMENT: Input should be 'development' or 'production'."),
        ("EMBEDDER", "gemini", "the gemini embedder needs GHAR_GEMINI_API_KEY."),
    ],
)
def test_a_bad_value_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(BadSettings) as refused:
        load()
    assert str(refused.value) == said


@pytest.mark.parametrize(
    "address",
    [
        "tiles.example/{z}/{x}/{y}",
        "https://tiles.example/{z}/{x}",
        "https://tiles.example/{x}/{y}.png",
        "javascript:{z}{x}{y}",
        "https://tiles.example/{z}/{x}/{y}.png; script-src *",
        "https://user:secret@tiles.example/{z}/{x}/{y}.png",
    ],
)
def test_a_server_of_tiles_is_an_address_and_nothing_that_widens_what_widgets_may_do(address: str) -> None:
    with pytest.raises(BadSettings, match=r"GHAR_MAP_TILES: must be an address with \{z\}, \{x\} and \{y\}"):
        load(map_tiles=address)


def test_the_domain_of_the_tiles_is_told_to_hosts() -> None:
    settings = load(map_tiles="https://tiles.example:8443/v1/{z}/{x}/{y}@2x.png?key=k1")
    assert settings.site.domains == ("http://localhost:3600", "https://tiles.example:8443")


def test_a_secret_never_shows_in_what_is_said_about_it() -> None:
    with pytest.raises(BadSettings) as refused:
        load(secret="short")
    assert "short" not in str(refused.value).replace("shorter", "")
    assert SECRET not in repr(load(secret=SECRET))


@pytest.mark.parametrize("missing", ["secret", "database_url", "public_url"])
def test_production_makes_nothing_up(missing: str) -> None:
    with pytest.raises(BadSettings, match=f"production needs GHAR_{missing.upper()} to be set"):
        load(**{name: value for name, value in PRODUCTION.items() if name != missing})


def test_production_migrates_only_when_told() -> None:
    assert not load(**PRODUCTION).migrates
    assert load(**PRODUCTION, migrate=True).migrates


def test_settings_do_not_change_once_read() -> None:
    settings = load()
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1  # pyright: ignore[reportAttributeAccessIssue] -- that is what is tested


def test_the_table_has_a_sentence_for_every_setting() -> None:
    rows = table().splitlines()[2:]
    assert len(rows) == len(Settings.model_fields)
    assert all(row.startswith("| `GHAR_") and row.count("|") == 4 for row in rows)
    assert all(row.split("|")[3].strip().endswith((".", "`")) for row in rows)


def test_the_development_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = load(home=tmp_path / "new")
    first = keys(settings).of("cursors")
    assert keys(settings).of("cursors") == first
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret"]


def test_keys_differ_by_purpose_and_by_secret(tmp_path: Path) -> None:
    given = keys(load(home=tmp_path, secret=SECRET))
    other = keys(load(home=tmp_path, secret=SECRET[::-1]))
    assert len({given.of("cursors"), given.of("tokens"), other.of("cursors")}) == 3
    assert list(tmp_path.iterdir()) == []
