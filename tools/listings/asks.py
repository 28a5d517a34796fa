"""Asks: what the tools of listings are told."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tools.contract import Model
from tools.forms import Form
from tools.offers import Id, Limit, Status

Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Reason = Annotated[str, Field(min_length=3, max_length=1000)]


class DraftListing(Form):
    words: Annotated[str, Field(max_length=2000)] | None = None
    """In plain words, such as "3 bhk in sector 57 for rent 45k"; fields beside it count more."""


class UpdateListing(Form):
    id: Id
    version: Version | None = None
    """As it was read: refused where it was changed since."""


class DuplicateListing(Model):
    id: Id


class RenewListing(Model):
    id: Id


class GetListing(Model):
    id: Id


class ChangeListingStatus(Model):
    id: Id
    status: Status
    """What it becomes; a listing says what is `possible`. `review` hands it in."""

    reason: Reason | None = None
    """Why, for its history."""

    version: Version | None = None
    """As it was read: refused where it was changed since."""


class MyListings(Model):
    status: Status | None = None
    """Only those; by default all but archived ones."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class ListReviewQueue(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class ReviewListing(Model):
    id: Id
    submission: Annotated[int, Field(ge=1, le=2**31 - 1)]
    """Which submission, as the queue told it: refused where there is a later one, or somebody decided."""

    decision: Literal["approve", "ask_for_changes", "reject"]
    """`approve` puts it live, `ask_for_changes` gives it back as a draft, `reject` archives it."""

    reason: Reason | None = None
    """For its owner; needed unless it is approved."""
