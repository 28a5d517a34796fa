"""Every kind of caller: those who have signed in as one should, and those whose sign-in is worth nothing."""

import base64
import json
from datetime import UTC, datetime, timedelta

from storage import people
from tests.access.surfaces import Surface, server_of
from tests.access.world import PATHS, URL, Who, World
from tools.contract import READ_SCOPE, WRITE_SCOPE, Audience

DOOR = frozenset({READ_SCOPE, WRITE_SCOPE})
ROLES: tuple[Audience, ...] = ("member", "staff", "admin")


async def sound(world: World, surface: Surface) -> list[Who]:
    """Callers whose sign-in stands: what they may do depends on their role and their scopes."""
    return [
        Who("guest"),
        *await _full(world, surface),
        *await _narrow(world, surface),
        *await _changed(world, surface),
    ]


async def _full(world: World, surface: Surface) -> list[Who]:
    names: dict[str, Audience] = {
        "member": "member",
        "other member": "member",
        "staff": "staff",
        "staff of another portfolio": "staff",
        "admin": "admin",
    }
    return [await fresh(world, surface, kind, role) for kind, role in names.items()]


async def fresh(world: World, surface: Surface, kind: str, role: Audience) -> Who:
    """Somebody new with every scope that the role can have there."""
    server = server_of(surface, role)
    reach = world.reach("member" if server == "user" else role)
    return await world.signed_in(kind, role, server, reach)


async def _narrow(world: World, surface: Surface) -> list[Who]:
    found: list[Who] = []
    for role in ROLES:
        server = server_of(surface, role)
        found.append(await world.signed_in(f"{role} without scope", role, server, DOOR))
        found.append(await world.signed_in(f"{role} without any scope", role, server, ()))
        own = world.reach(role) - DOOR
        found.append(await world.signed_in(f"{role} who came by another door", role, server, own))
    return found


async def _changed(world: World, surface: Surface) -> list[Who]:
    """Somebody who was an admin when they signed in, and is a member by now."""
    admin = await fresh(world, surface, "admin no longer", "admin")
    async with world.runtime.database.writing() as db:
        assert await people.change(db, admin.id, role="member")
    return [Who(admin.kind, "member", admin.scopes & world.reach("member"), admin.token)]


async def unsound(world: World, surface: Surface) -> list[Who]:
    """Callers whose token must be refused, whatever they ask for. All of them were admins once."""
    found = {
        "expired": await _expired(world, surface),
        "wrong audience": await _foreign(world, surface),
        "tampered": await _tampered(world, surface),
        "without a signature": await _unsigned(world, surface),
        "revoked session": await _revoked(world, surface),
        "erased person": await _erased(world, surface),
        "somebody else's session": await _borrowed(world, surface),
        "no token at all": "nonsense",
    }
    return [Who(kind, token=token, bad=True) for kind, token in found.items()]


async def _admin(world: World, surface: Surface) -> Who:
    return await fresh(world, surface, "admin", "admin")


def _audience(surface: Surface) -> str:
    return URL + PATHS[server_of(surface, "admin")]


async def _expired(world: World, surface: Surface) -> str:
    admin = await _admin(world, surface)
    ended = int((datetime.now(UTC) - timedelta(minutes=1)).timestamp())
    told = {"aud": _audience(surface), "scope": " ".join(admin.scopes), "exp": ended}
    return await world.token(admin.id, admin.session, **told)


async def _foreign(world: World, surface: Surface) -> str:
    """A token of the other MCP server; where those of both are taken, one of another installation's."""
    elsewhere = {"mcp": f"{URL}/mcp-admin", "mcp 2025": f"{URL}/mcp-admin"}
    elsewhere |= {"mcp admin": f"{URL}/mcp", "mcp admin 2025": f"{URL}/mcp"}
    admin = await _admin(world, surface)
    audience = elsewhere.get(surface, "https://other.example/mcp-admin")
    return await world.token(admin.id, admin.session, aud=audience, scope=" ".join(world.reach("admin")))


async def _tampered(world: World, surface: Surface) -> str:
    """A member's token that says it is an admin's."""
    member, admin = await fresh(world, surface, "member", "member"), await _admin(world, surface)
    header, payload, signature = str(member.token).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims |= {"sub": str(admin.id), "sid": admin.session, "aud": _audience(surface)}
    return ".".join((header, _encoded(claims), signature))


async def _unsigned(world: World, surface: Surface) -> str:
    admin = await _admin(world, surface)
    _, payload, _ = str(admin.token).split(".")
    return f"{_encoded({'alg': 'none', 'typ': 'at+jwt'})}.{payload}."


async def _revoked(world: World, surface: Surface) -> str:
    admin = await _admin(world, surface)
    await world.end(admin.session)
    return str(admin.token)


async def _erased(world: World, surface: Surface) -> str:
    admin = await _admin(world, surface)
    async with world.runtime.database.writing() as db:
        assert await people.change(db, admin.id, role="member", erased_at=datetime.now(UTC), email=None)
    return str(admin.token)


async def _borrowed(world: World, surface: Surface) -> str:
    """A token of one person that names the session of another."""
    one, other = await _admin(world, surface), await _admin(world, surface)
    scope = " ".join(one.scopes)
    return await world.token(one.id, other.session, aud=_audience(surface), scope=scope)


def _encoded(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
