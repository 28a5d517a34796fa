"""Cleaning up: what remains of sign-ins that have ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from storage import grants, oauth, signins
from tools.account.profile import NoFields
from tools.contract import Call, Model
from tools.jobs import job

KEPT: Final = timedelta(days=7)
"""How long a sign-in is remembered after its end, for whoever looks into something odd."""


class CleanedUp(Model):
    removed: int
    """Codes and sign-ins that had ended."""


@job("destroy", cron="5 * * * *")
async def clean_up_sign_ins(call: Call, ask: NoFields) -> CleanedUp:
    """Forget codes, sign-ins and OAuth leftovers that ended some time ago."""
    await oauth.forget(call.db)
    await grants.forget(call.db)
    return CleanedUp(removed=await signins.clean_up(call.db, KEPT))
