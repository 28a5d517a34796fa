"""Devices: where push messages reach a person."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from storage import devices
from tools.contract import Call, Model, tool
from tools.notifications.inbox import Id
from tools.refusals import Contradiction, NotFound

MOST: Final = 20
"""Devices of one person."""

Token = Annotated[str, Field(min_length=16, max_length=4096, pattern=r"^[\x21-\x7e]+$")]


class NoSuchDevice(NotFound):
    """You have no such device."""


class RegisterDevice(Model):
    token: Token
    """What the push service (FCM) gave the app."""

    platform: Literal["android", "ios", "web"]
    """What it runs on."""


class Device(Model):
    id: int


class ForgetDevice(Model):
    token: Token | None = None
    """What it was registered with; give this or `id`."""

    id: Id | None = None


@tool(
    "member",
    "write",
    scope="notifications:write",
    http="POST /me/devices",
    idempotent=True,
    surfaces=frozenset({"rest"}),
    per_minute=20,
)
async def register_device(call: Call, ask: RegisterDevice) -> Device:
    """Send push messages to this device from now on, and nobody else's; it ends with the sign-in."""
    id_ = await devices.register(
        call.db, call.member.id, ask.token, ask.platform, session=call.viewer.session, most=MOST
    )
    call.changed("device", id_, after={"platform": ask.platform})
    return Device(id=id_)


@tool(
    "member",
    "destroy",
    scope="notifications:write",
    http="POST /me/devices/forget",
    surfaces=frozenset({"rest"}),
)
async def forget_device(call: Call, ask: ForgetDevice) -> Device:
    """Send no more push messages to a device of the person."""
    if (ask.token is None) == (ask.id is None):
        raise Contradiction("Give either token or id.")
    id_ = await devices.forget(call.db, call.member.id, token=ask.token, id_=ask.id)
    if id_ is None:
        raise NoSuchDevice
    call.changed("device", id_, after={"forgotten": True})
    return Device(id=id_)
