"""The hub: looks up what people were told, once for all who listen in this process, and hands it to them."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from contextlib import asynccontextmanager, contextmanager
from random import SystemRandom
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from servers.streams.watching import Watching
from storage import bus, events, standing
from tools.faults import DATABASE_ERRORS
from tools.refusals import TooMany, Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterable, Mapping, Sequence

    from storage.bus import Bus
    from storage.engine import Database
    from storage.events import Event

log = logging.getLogger(__name__)

_CHANCE = SystemRandom()

Why = Literal["signed_out", "too_many", "stopping", "renew"]
"""Why a stream ended: its sign-in did; the person opened more than may be; the server stops; it is old."""

LOOK_SECONDS: Final = 15.0
"""How often everybody's events are looked for without a hint, and how soon an ended sign-in ends streams."""

ALONE_SECONDS: Final = 3.0
"""The same while no hints of other processes are heard."""

AGAIN_SECONDS: Final = 1.0
"""When to look again where the database did not answer."""

AT_ONCE: Final = 500
"""People whose events one question asks for."""

BATCH: Final = 100
"""Events that a stream holds at most. It is given more when it has passed them on."""

EACH: Final = 10
"""Streams that one person may have open in a process. The oldest makes room for one more."""

MOST: Final = 5_000
"""Streams of a process."""

RENEWED: Final = (50 * 60.0, 60 * 60.0)
"""Seconds after which a stream ends, so that whoever listens shows a sign-in again."""


class Crowded(Unavailable):
    """Too many people listen here. Try again in a moment."""


class TooManyStreams(TooMany):
    """You listen from too many places at once. Close some of them."""

    def __init__(self) -> None:
        super().__init__(retry_after=60)


class Told(NamedTuple):
    """An event as it goes out: made once for all streams of a person."""

    id: int
    name: str
    json: str


class Stream:
    """One open stream: what it was given and has not passed on, and how far it has come."""

    __slots__ = ("_hub", "_ready", "behind", "ended", "last", "news", "session", "until", "whose")

    def __init__(self, hub: Hub, whose: int, session: int | None, last: int) -> None:
        self.whose, self.session, self.last = whose, session, last
        self.until = time.monotonic() + _CHANCE.uniform(*RENEWED)
        self.ended: Why | None = None
        self.behind = False
        self._hub = hub
        self._ready: list[Told] = []
        self.news = asyncio.Event()

    @property
    def hungry(self) -> bool:
        """Whether all that it was given has been passed on."""
        return not self._ready

    def give(self, told: Told) -> None:
        """Hand it the next event, unless it had that already."""
        if told.id > self.last:
            self._ready.append(told)
            self.last = told.id
            self.news.set()

    def end(self, why: Why) -> None:
        """End it, once what it was given has been passed on."""
        self.ended = self.ended or why
        self.news.set()

    async def next(self) -> Sequence[Told]:
        """The next events, once there are some; none when it has ended."""
        while not self._ready and self.ended is None:
            self.news.clear()
            await self.news.wait()
        ready, self._ready = self._ready, []
        if self.behind:
            self.behind = False
            self._hub.look(self.whose)
        return ready


class Hub:
    """The streams of one process.

    They hold no connection: one question goes to the database for all whose events a hint was heard of, and
    one every few seconds for everybody, because hints may be lost. A stream that does not pass on what it was
    given is given no more, so that it holds up nobody.
    """

    def __init__(
        self, database: Database, hints: Bus, *, every: float = LOOK_SECONDS, most: int = MOST
    ) -> None:
        self._database = database
        self._hints = hints
        self._every = every
        self._most = most
        self._line = database.new_line()
        self._streams: dict[int, list[Stream]] = {}
        self._count = 0
        self._due: set[int] = set()
        self._news = asyncio.Event()
        self._away = False
        self._stopped = False
        self.topics = Watching()

    def __len__(self) -> int:
        return self._count

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Hand out events for the length of the block, and then end every stream."""
        with self._hints.listen(self._heard):
            self._begin()
            try:
                yield
            finally:
                self.stop()
                self._looking.cancel()
                await asyncio.gather(self._looking, return_exceptions=True)
                await self._line.close()

    def stop(self) -> None:
        """End every stream, and open no more."""
        self._stopped = True
        for stream in self._every_stream():
            stream.end("stopping")

    async def place(self, whose: int, asked: int | None) -> events.Place:
        """How far a person's events go, and whether all after the one that was asked for are still there."""
        try:
            return await events.place(self._line, whose, asked)
        except DATABASE_ERRORS as error:
            raise Unavailable from error

    @contextmanager
    def opened(self, whose: int, session: int | None, last: int) -> Generator[Stream]:
        """A stream of what a person is told after the event `last`, for the length of the block."""
        self.room_for(whose)
        stream = Stream(self, whose, session, last)
        self._streams.setdefault(whose, []).append(stream)
        self._count += 1
        self.look(whose)
        try:
            yield stream
        finally:
            self._count -= 1
            beside = self._streams[whose]
            beside.remove(stream)
            if not beside:
                del self._streams[whose]

    def room_for(self, whose: int) -> None:
        """Make room for one more stream of a person, or refuse where the process has no more."""
        if self._stopped or self._count >= self._most:
            raise Crowded
        open_ = self._streams.get(whose, [])
        if len(open_) >= 2 * EACH:
            raise TooManyStreams
        living = [each for each in open_ if each.ended is None]
        if len(living) >= EACH:
            living[0].end("too_many")

    def look(self, whose: int) -> None:
        """Look for a person's events soon."""
        self._due.add(whose)
        self._news.set()

    def _every_stream(self) -> list[Stream]:
        return [stream for streams in self._streams.values() for stream in streams]

    def _heard(self, topic: str) -> None:
        if topic == bus.EVERYTHING:
            self._due.update(self._streams)
            self.topics.tell_all()
            self._news.set()
        elif (whose := bus.person_of(topic)) is None:
            self.topics.tell(topic)
        elif whose in self._streams:
            self.look(whose)

    def _begin(self) -> None:
        self._looking = asyncio.create_task(self._run(), name="looks for events")
        self._looking.add_done_callback(self._fell)

    def _fell(self, looking: asyncio.Task[None]) -> None:
        """A defect must not leave everybody waiting for ever: say it, and go on a moment later."""
        if not looking.cancelled() and not self._stopped:
            log.error("looking for events failed", exc_info=looking.exception())
            looking.get_loop().call_later(AGAIN_SECONDS, self._again)

    def _again(self) -> None:
        if not self._stopped:
            self._due.update(self._streams)
            self._news.set()
            self._begin()

    async def _run(self) -> None:
        swept = time.monotonic()
        while True:
            sweep = swept + (self._every if self._hints.carries else min(ALONE_SECONDS, self._every))
            await self._until(sweep)
            try:
                if time.monotonic() >= sweep:
                    self._due.update(self._streams)
                    await self._end_what_should()
                    swept = time.monotonic()
                await self._hand_out()
            except DATABASE_ERRORS as error:
                self._lost(error)
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                self._found()

    async def _until(self, when: float) -> None:
        """Wait for news, or for a time (of the monotonic clock)."""
        try:
            async with asyncio.timeout(when - time.monotonic()):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def _hand_out(self) -> None:
        while self._due:
            asked = self._hungry()
            if not asked:
                return
            try:
                found = await events.after(self._line, asked, BATCH)
            except DATABASE_ERRORS:
                self._due.update(asked)
                raise
            self._give(found, asked)

    def _hungry(self) -> dict[int, int]:
        """Some people who are due, and the event that all of their streams have had which wait for more."""
        asked: dict[int, int] = {}
        while self._due and len(asked) < AT_ONCE:
            whose = self._due.pop()
            streams = self._streams.get(whose, ())
            waiting = [stream.last for stream in streams if stream.hungry]
            for stream in streams:
                stream.behind = not stream.hungry
            if waiting:
                asked[whose] = min(waiting)
        return asked

    def _give(self, found: Iterable[Event], asked: Mapping[int, int]) -> None:
        """Hand out what came after the events `asked`, to streams that have had all before it."""
        count = Counter[int]()
        for event in found:
            count[event.person_id] += 1
            told = _told(event)
            for stream in self._streams.get(event.person_id, ()):
                if not stream.behind and stream.last >= asked[event.person_id]:
                    stream.give(told)
        self._due.update(whose for whose, many in count.items() if many == BATCH)

    async def _end_what_should(self) -> None:
        """End the streams whose sign-in has ended, and those that are old."""
        every = self._every_stream()
        if not every:
            return
        sessions = {stream.session for stream in every if stream.session is not None}
        stand, there = await standing.still(self._line, sessions, {stream.whose for stream in every})
        now = time.monotonic()
        for stream in every:
            if stream.whose not in there or (stream.session is not None and stream.session not in stand):
                stream.end("signed_out")
            elif now >= stream.until:
                stream.end("renew")

    def _lost(self, error: Exception) -> None:
        if not self._away:
            log.warning("streams wait for the database: %s", type(error).__name__)
            self._away = True

    def _found(self) -> None:
        if self._away:
            log.info("streams go on")
            self._away = False


def _told(event: Event) -> Told:
    about = {"id": event.id, "name": event.name, "at": event.at.isoformat(), "about": event.about}
    return Told(event.id, event.name, json.dumps(about, ensure_ascii=False, separators=(",", ":")))
