"""A connection that is in the room, and its heartbeat: section 2.3 of PROTOCOL.md."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from confab.v1.control_pb2 import Event, Ping, Request, Welcome
from links import Link, LinkClosed, Reason

WELCOME_SECONDS = 5
TICK_SECONDS = 0.1
QUIET_SECONDS = 0.3
PING_SECONDS = 2.0
DEAD_SECONDS = 0.8
DEAD_ROUND_TRIPS = 3


class Seat:
    """What an edge and we know of each other by one link."""

    def __init__(self, edge: str, link: Link, attempt: int) -> None:
        self.edge = edge
        self.attempt = attempt
        self.link = link
        self.ending: Reason | None = None
        self.move_asked = asyncio.Event()
        self._silent = asyncio.Event()
        self._speaks = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._pinged_at = self._loop.time()
        self._round_trip = 0.0
        self._listening: asyncio.Task[None] | None = None
        self._beating: asyncio.Task[None] | None = None

    async def await_welcome(self) -> Welcome:
        """The answer to Enter, which builds the room; what comes before it says nothing yet."""
        try:
            async with asyncio.timeout(WELCOME_SECONDS):
                while True:
                    message = await self.link.receive()
                    if isinstance(message, Event) and message.HasField("welcome"):
                        return message.welcome
        except TimeoutError as error:
            raise LinkClosed(Reason.CONNECTION_LOST) from error

    def start(
        self,
        take_event: Callable[[Seat, Event], Awaitable[None]],
        take_bundle: Callable[[bytes], None],
    ) -> None:
        self._heard_at = self._loop.time()
        self._listening = asyncio.create_task(self._listen(take_event, take_bundle))
        self._beating = asyncio.create_task(self._beat())

    async def _listen(
        self,
        take_event: Callable[[Seat, Event], Awaitable[None]],
        take_bundle: Callable[[bytes], None],
    ) -> None:
        while True:
            try:
                message = await self.link.receive()
            except LinkClosed as closed:
                self.ending = closed.reason
                return
            self._heard_at = self._loop.time()
            self._silent.clear()
            self._speaks.set()
            if isinstance(message, bytes):
                take_bundle(message)
            else:
                if message.HasField("pong"):
                    self._round_trip = self._heard_at - message.pong.time / 1e6
                await take_event(self, message)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = self._loop.time()
            silence = now - self._heard_at
            due = QUIET_SECONDS if silence >= QUIET_SECONDS else PING_SECONDS
            if now - self._pinged_at >= due:
                self._pinged_at = now
                await self.link.send_request(Request(ping=Ping(time=round(now * 1e6))))
            patience = max(DEAD_SECONDS, QUIET_SECONDS + DEAD_ROUND_TRIPS * self._round_trip)
            if silence > patience:
                self._speaks.clear()
                self._silent.set()

    @property
    def silence(self) -> float:
        return self._loop.time() - self._heard_at

    async def trouble(self) -> None:
        """Returns when the link has ended, the edge asks us to move, or nothing comes from it."""
        assert self._listening is not None, "not started"
        asked = asyncio.create_task(self.move_asked.wait())
        silent = asyncio.create_task(self._silent.wait())
        await asyncio.wait((self._listening, asked, silent), return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        silent.cancel()
        if self._listening.done():
            self._listening.result()  # a fault of our own does not pass for the end of the link

    async def speaks_again(self) -> None:
        await self._speaks.wait()

    async def leave(self, reason: Reason) -> None:
        """The end of the link, if it has not ended yet, and of all that belongs to it."""
        for task in (self._listening, self._beating):
            if task is not None:
                task.cancel()
        if self.ending is None:
            self.ending = reason
        await self.link.close(reason)
