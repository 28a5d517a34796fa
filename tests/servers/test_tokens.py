"""Development tokens, and who is behind a request."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from servers.identity import Identity
from servers.keys import Keys, keys
from servers.settings import load
from servers.tokens import ALGORITHM, AUDIENCE, ISSUER, DevelopmentTokens, development_tokens
from tools.contract import GUEST, Viewer
from tools.identity import InvalidToken

KEY = Keys(b"a secret").of("tests") * 2
TOKENS = DevelopmentTokens(KEY)
HOUR = timedelta(hours=1)


def signed(key: bytes = KEY, algorithm: str = ALGORITHM, **changed: Any) -> str:
    now = datetime.now(UTC)
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "7",
        "role": "member",
        "scope": "",
        "iat": now,
    }
    claims |= {"exp": now + HOUR, **changed}
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, algorithm)


async def test_a_request_without_a_header_is_a_guest() -> None:
    assert await Identity(TOKENS).bearer(None) == GUEST


async def test_a_token_names_its_person_role_and_scopes() -> None:
    token = TOKENS.issue("staff", ["mcp:read", "visits:write"], person=7, lifetime=HOUR)
    viewer = await Identity(TOKENS).bearer(f"bearer {token}")
    assert viewer == Viewer(7, "staff", frozenset({"mcp:read", "visits:write"}))


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("nonsense", id="not a token"),
        pytest.param(signed(exp=datetime.now(UTC) - HOUR), id="expired"),
        pytest.param(signed(exp=None), id="without an end"),
        pytest.param(signed(key=b"another key, just as long as it must be"), id="of another key"),
        pytest.param(signed(algorithm="HS384"), id="of another algorithm"),
        pytest.param(signed(iss="somebody"), id="of another issuer"),
        pytest.param(signed(aud="another"), id="for another audience"),
        pytest.param(signed(role="king"), id="with an unknown role"),
        pytest.param(signed(role="guest"), id="with the role of a guest"),
        pytest.param(signed(sub="me"), id="of nobody"),
        pytest.param(jwt.encode({"sub": "7"}, "", "none"), id="unsigned"),
    ],
)
async def test_a_token_that_is_not_ours_is_refused(token: str) -> None:
    with pytest.raises(InvalidToken):
        await Identity(TOKENS).bearer(f"Bearer {token}")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Basic dTpw"])
async def test_another_way_of_signing_in_is_refused(header: str) -> None:
    with pytest.raises(InvalidToken, match="must be: Bearer"):
        await Identity(TOKENS).bearer(header)


async def test_production_knows_no_development_token(tmp_path: Path) -> None:
    production = load(
        environment="production",
        secret="0123456789abcdef0123456789abcdef",
        database_url="postgresql://db/ghar",
        public_url="https://ghar.example",
        home=tmp_path,
    )
    assert development_tokens(production, keys(production)) is None
    with pytest.raises(InvalidToken):
        await Identity(None).bearer(f"Bearer {signed()}")
