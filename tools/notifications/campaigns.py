"""Campaigns: one text for many who asked for such, drafted, looked at, confirmed, and sent by a job."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from storage import campaigns
from tools.consent import Foreseen
from tools.contract import Call, Model, Page, Round, tool
from tools.flags import Flag
from tools.jobs import job, later
from tools.notice_types import TYPES
from tools.notices import notify
from tools.notifications.examples import Example, examples
from tools.notifications.segments import Whom, segment, told
from tools.refusals import Conflict, NotFound

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Title = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Body = Annotated[str, Field(min_length=1, max_length=400, pattern=r"\S")]
SaidPage = Annotated[str, Field(max_length=200, pattern=r"^([A-Za-z0-9][A-Za-z0-9/?=&.%_-]*)?$")]
CAMPAIGNS: Final = Flag("campaigns", ("sending campaigns", "अभियान भेजना"))
_EXACT: Final = 100
"""Up to so many people a count is told exactly, and above it rounded up, so that a confirmation is not void
for one more."""


class NoSuchCampaign(NotFound):
    """There is no such campaign."""


class NotADraft(Conflict):
    """This campaign has been sent or cancelled already."""


class NobodyAsked(Conflict):
    """Nobody in this segment has asked for offers, so there is nobody to send it to."""


class AlreadyOver(Conflict):
    """This campaign has gone to everybody. What people were told cannot be taken back."""


class DraftCampaign(Whom):
    title_en: Title
    """In English."""

    title_hi: Title
    """The same in Hindi; each person gets their own language."""

    text_en: Body
    """In English."""

    text_hi: Body
    """The same in Hindi."""

    page: SaidPage = ""
    """The page of ours that it opens, without the first slash."""


class Campaign(Model):
    id: int
    state: Literal["draft", "sending", "sent", "cancelled"]
    title_en: str
    title_hi: str
    text_en: str
    text_hi: str
    page: str
    whom: str
    """The segment in words."""

    most: int | None
    """How many people are told at most, as whoever confirmed it was told."""

    told: int
    """For how many people it has been put into the queue."""

    job_id: int | None
    """The job that sends it."""

    made_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None

    def summary(self) -> str:
        sent = f", told {self.told} of at most {self.most}" if self.most is not None else ""
        return f"Campaign {self.id} ({self.state}{sent}): “{self.title_en}”, for {self.whom}."


class CampaignId(Model):
    id: Id
    """Of the campaign."""


class ListCampaigns(Model):
    state: Literal["draft", "sending", "sent", "cancelled"] | None = None
    """Only those."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class CampaignPreview(Model):
    people: int
    """All who fit the segment."""

    asked: int
    """Those of them who asked for offers: nobody else is told."""

    capped: int
    """Those of these who were told as much as they may be, and are left out."""

    in_app: int
    """Who of the rest would find it in their inbox."""

    push: int
    email: int
    sms: int
    hindi: int
    """Who of the rest would read it in Hindi."""

    examples: list[Example]
    """How it would look."""

    def summary(self) -> str:
        reach = f"in-app {self.in_app}, push {self.push}, e-mail {self.email}, SMS {self.sms}"
        return (
            f"{self.people} people fit, {self.asked} of them asked for offers, and {self.capped} of these "
            f"were told enough of late. It would go to: {reach}. Nothing has been sent."
        )


class RunCampaign(Model):
    campaign_id: Id
    """Which."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 200
    """How many people in one round."""


@tool("admin", "write", scope="campaigns:write", http="POST /admin/campaigns")
async def draft_campaign(call: Call, ask: DraftCampaign) -> Campaign:
    """Draft an offer for a segment of the people who asked for offers. Nothing is sent; preview it next."""
    words = campaigns.Words(ask.title_en, ask.title_hi, ask.text_en, ask.text_hi, ask.page)
    made = await campaigns.add(call.db, call.member.id, call.now(), words, segment(ask))
    call.changed("campaign", made.id, after={"state": made.state})
    return _shown(made)


@tool("admin", "read", scope="campaigns:read", http="GET /admin/campaigns/{id}/preview", fresh=True)
async def preview_campaign(call: Call, ask: CampaignId) -> CampaignPreview:
    """How many people a draft would get to on each channel, and how it would look. Nothing is sent."""
    campaign = await _found(call, ask.id)
    return CampaignPreview(
        **(await _counted(call, campaign))._asdict(), examples=examples(call, campaign.id, campaign.words)
    )


async def _foretell(call: Call, ask: CampaignId) -> Foreseen:
    campaign = await _found(call, ask.id)
    most, words = await _most(call, campaign), campaign.words
    return Foreseen(
        what=(
            f"Up to {most} people who asked for offers are told: “{words.title_en}”. {words.text_en} "
            f"In Hindi: “{words.title_hi}”. {words.text_hi}",
            f"ऑफ़र माँगने वाले ज़्यादा से ज़्यादा {most} लोगों को बताया जाएगा: “{words.title_hi}”। {words.text_hi} "
            f"अंग्रेज़ी में: “{words.title_en}”. {words.text_en}",
        ),
        whom=told(campaign.segment),
        state={"words": words, "segment": campaign.segment, "most": most},
    )


@tool(
    "admin",
    "write",
    scope="campaigns:write",
    http="POST /admin/campaigns/{id}/send",
    flag=CAMPAIGNS,
    consent="page",
    foretell=_foretell,
)
async def send_campaign(call: Call, ask: CampaignId) -> Campaign:
    """Send a draft to its segment, once the admin has confirmed the text and how many people it goes to."""
    campaign = await _found(call, ask.id, hold=True)
    most = await _most(call, campaign)
    given = {"campaign_id": campaign.id}
    job_id = await later(call, "run_campaign", given, key=str(campaign.id), owner=call.member.id)
    await campaigns.begin(call.db, campaign.id, most, call.now(), job_id)
    call.changed("campaign", campaign.id, before={"state": "draft"}, after={"state": "sending", "most": most})
    return _shown(await _found(call, ask.id))


@tool("admin", "write", scope="campaigns:write", http="POST /admin/campaigns/{id}/cancel", idempotent=True)
async def cancel_campaign(call: Call, ask: CampaignId) -> Campaign:
    """Stop a campaign: whoever has not been told yet is not. What is in people's inboxes stays there."""
    campaign = await _found(call, ask.id, hold=True)
    if campaign.state != "cancelled":
        withdrawn = await campaigns.withdraw(call.db, campaign.id, call.now())
        if campaign.state == "sent" and not withdrawn:
            raise AlreadyOver
        await campaigns.end(call.db, campaign.id, "cancelled", call.now())
    call.changed("campaign", campaign.id, before={"state": campaign.state}, after={"state": "cancelled"})
    return _shown(await _found(call, ask.id))


@tool("admin", "read", scope="campaigns:read", http="GET /admin/campaigns", fresh=True)
async def list_campaigns(call: Call, ask: ListCampaigns) -> Page[Campaign]:
    """Campaigns, the newest first: what they say, to whom, and how far each has come."""
    purpose = f"list_campaigns:{ask.state}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    found = await campaigns.of(call.db, before=before, state=ask.state, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [_shown(each) for each in found[: ask.limit]]
    after = call.ports.cursors.write(purpose, {"before": items[-1].id}) if has_more else None
    return Page[Campaign](items=items, next_cursor=after, has_more=has_more)


@job(attempts=10, at_once=2, priority=-10)
async def run_campaign(call: Call, ask: RunCampaign) -> Round:
    """Tell the next people of a campaign, by id, until all have been told or it is cancelled."""
    campaign = await campaigns.to_go_on(call.db, ask.campaign_id)
    if campaign is None:
        raise NoSuchCampaign
    if campaign.state != "sending" or campaign.most is None or campaign.begun_at is None:
        return Round(done=0, remaining=0)
    room = min(ask.limit, campaign.most - campaign.told)
    since, after = campaign.begun_at, campaign.reached
    found = await campaigns.people(call.db, campaign.segment, since, after, room)
    for each in found:
        # In one transaction with how far it has come, so that nobody is left out and nobody told twice.
        await notify(call, each, "campaign", campaign_id=campaign.id, **campaign.words._asdict())
    await campaigns.go_on(call.db, campaign.id, len(found), found[-1] if found else after)
    remaining = campaign.most - campaign.told - len(found) if len(found) == ask.limit else 0
    if not remaining:
        await campaigns.end(call.db, campaign.id, "sent", call.now())
    call.changed("campaign", campaign.id, after={"told": campaign.told + len(found)})
    return Round(done=len(found), remaining=remaining)


async def _found(call: Call, id_: int, *, hold: bool = False) -> campaigns.Campaign:
    campaign = await campaigns.get(call.db, id_, hold=hold)
    if campaign is None:
        raise NoSuchCampaign
    return campaign


async def _counted(call: Call, campaign: campaigns.Campaign) -> campaigns.Counts:
    notice = TYPES["campaign"]
    assert notice.per_day is not None
    assert notice.per_week is not None
    return await campaigns.count(
        call.db, campaign.segment, call.now(), per_day=notice.per_day, per_week=notice.per_week
    )


async def _most(call: Call, campaign: campaigns.Campaign) -> int:
    """How many people a draft goes to at most."""
    if campaign.state != "draft":
        raise NotADraft
    asked = (await _counted(call, campaign)).asked
    if not asked:
        raise NobodyAsked
    return upwards(asked)


def upwards(count: int) -> int:
    """A count as it is confirmed: 57, 130 for 123, and 13,000 for 12,345."""
    step = 1 if count <= _EXACT else 10 ** (len(str(count - 1)) - 2)
    return -(-count // step) * step


def _shown(campaign: campaigns.Campaign) -> Campaign:
    return Campaign(
        id=campaign.id,
        state=campaign.state,
        **campaign.words._asdict(),
        whom=told(campaign.segment)[0],
        most=campaign.most,
        told=campaign.told,
        job_id=campaign.job_id,
        made_at=campaign.made_at,
        begun_at=campaign.begun_at,
        ended_at=campaign.ended_at,
    )
