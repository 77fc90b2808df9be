"""One participant's presence in a room, over all its connections: section 2.3 of PROTOCOL.md."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from contextlib import suppress

from chat import Chat
from confab.v1.control_pb2 import Enter, Event, Leave, ReceiverReport, Refused, Request
from edges import EdgeList, Who
from frames import FRAME_TICKS, Frame
from links import DialError, Link, LinkClosed, Reason
from room import Report, Room
from seat import Seat

LIST_SECONDS = 30
REPORT_SECONDS = 1
BOTH_SECONDS = 0.5
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 2
RATE_LIMITED_SECONDS = 2
IDLE_SECONDS = 8
GIVE_UP_SECONDS = 60


class Session:
    """Joins, stays by whatever edge there is, and tells what happens by report(event, **fields)."""

    def __init__(self, api: str, who: Who, transport: str, report: Report) -> None:
        self._edges = EdgeList(api, who, transport)
        self._report = report
        self._room = Room(report)
        self._chat = Chat()
        self._seats: list[Seat] = []  # the last one is where we are, one before it is being left
        self._token = ""
        self._attempt = 0
        self._sequence = random.getrandbits(32)
        self._leaving = False
        self._errands: set[asyncio.Task[None]] = set()

    async def run(self) -> Reason:
        """Returns when the session has ended; raises DialError when it cannot begin or go on."""
        habits = [asyncio.create_task(each) for each in (self._keep_list(), self._tell_losses())]
        try:
            await self._edges.renew()
            await self._enter(*await self._edges.dial())
            while (ending := await self._stay(self._seats[-1])) is None:
                pass
            return ending
        finally:
            for habit in habits:
                habit.cancel()
            for seat in list(self._seats):
                self._retire(seat, Reason.LEFT)
            await asyncio.gather(*self._errands, return_exceptions=True)

    async def speak(self, payload: bytes) -> None:
        """20 ms of sound, by both edges while we move from one to the other."""
        self._sequence += 1
        frame = Frame(payload, self._sequence, self._sequence * FRAME_TICKS)
        for seat in list(self._seats):
            await seat.link.send_bundle(frame.pack())

    async def say(self, text: str) -> None:
        if self._chat.write(text):
            await self._send_line()

    async def leave(self) -> None:
        """Asks the edge to end the session."""
        self._leaving = True
        await self._request(Request(leave=Leave()))

    async def hang_up(self) -> None:
        """Ends the session by the end of its link."""
        self._leaving = True
        for seat in list(self._seats):
            await seat.link.close(Reason.LEFT)

    def cut(self) -> None:
        """Breaks the wire without a word, for tests."""
        for seat in self._seats:
            seat.link.cut()

    # Where we are

    async def _stay(self, seat: Seat) -> Reason | None:
        """Until something is wrong with this place; the reason when that is the end of it all."""
        await seat.trouble()
        if seat.ending is not None:
            if self._leaving:
                return Reason.LEFT
            # A later attempt of our own, even one that failed, supersedes: that is not the end.
            by_ourselves = seat.ending is Reason.SUPERSEDED and seat.attempt < self._attempt
            if seat.ending.is_final and not by_ourselves:
                return seat.ending
            await self._come_back(seat, seat.ending)
        elif seat.move_asked.is_set():
            await self._move(seat)
        else:
            await self._replace(seat)
        return None

    async def _come_back(self, seat: Seat, reason: Reason) -> None:
        self._report("lost", reason=reason.wire_name)
        self._retire(seat, reason)
        if reason is Reason.RATE_LIMITED:
            await asyncio.sleep(RATE_LIMITED_SECONDS)
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + GIVE_UP_SECONDS
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                return await self._enter(*await self._edges.dial_others_first(seat.edge))
            except DialError:
                if self._leaving or loop.time() > give_up_at:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            await self._edges.renew()

    async def _replace(self, seat: Seat) -> None:
        """The edge is silent: we go on with it or with another one, whichever is there first."""
        dialling = asyncio.create_task(self._edges.dial_others_first(seat.edge))
        hearing = asyncio.create_task(seat.speaks_again())
        await asyncio.wait((dialling, hearing), return_when=asyncio.FIRST_COMPLETED)
        if hearing.done():
            dialling.cancel()
            with suppress(asyncio.CancelledError, DialError):
                _, link = await dialling
                await link.close(Reason.LEFT)
            return
        hearing.cancel()
        try:
            await self._enter(*dialling.result())
            self._retire(seat, Reason.SUPERSEDED)
        except DialError:
            if seat.silence > IDLE_SECONDS:
                await self._come_back(seat, Reason.CONNECTION_LOST)
            else:
                await asyncio.sleep(FIRST_PAUSE_SECONDS)

    async def _move(self, seat: Seat) -> None:
        """The edge is about to end. For a while both edges have us, so that nothing is lost."""
        await self._edges.renew()
        try:
            await self._enter(*await self._edges.dial_others(seat.edge), moving=True)
        except DialError:
            # There is no other edge: we stay until there is.
            await asyncio.sleep(LONGEST_PAUSE_SECONDS)
        else:
            await asyncio.sleep(BOTH_SECONDS)
            self._retire(seat, Reason.SUPERSEDED)

    def _retire(self, seat: Seat, reason: Reason) -> None:
        """Ends a link beside what goes on: one that is dead takes its time."""
        if seat in self._seats:
            self._seats.remove(seat)
        self._run_errand(seat.leave(reason))

    async def _enter(self, edge: str, link: Link, moving: bool = False) -> None:
        self._attempt += 1
        seat = Seat(edge, link, self._attempt)
        await link.send_request(Request(enter=Enter(resume=self._token, attempt=self._attempt)))
        try:
            welcome = await seat.await_welcome()
        except LinkClosed as closed:
            self._retire(seat, closed.reason)
            raise DialError(closed.reason.wire_name) from closed
        self._token = welcome.resume
        self._room.take_welcome(welcome)
        self._seats.append(seat)
        seat.start(self._take_event, self._room.take_bundle)
        number, others = self._room.number, self._room.others
        event = "joined" if not welcome.resumed else "moved" if moving else "resumed"
        self._report(
            event, number=number, transport=link.transport, edge=welcome.edge, others=others
        )
        await self._send_line()

    # What is said

    async def _take_event(self, seat: Seat, event: Event) -> None:
        if seat is not self._seats[-1]:
            return  # of the edge that we are leaving; the new one knows better
        match event.WhichOneof("kind"):
            case "batch":
                for each in event.batch.events:
                    await self._take_event(seat, each)
            case "move":
                seat.move_asked.set()
            case "pong":
                self._token = event.pong.resume or self._token
            case "you":
                self._token = event.you.resume or self._token
            case "refused":
                await self._take_refused(event.refused)
            case _:
                self._room.take_event(event)
        if event.HasField("said") and self._chat.is_under_way(event.said.id):
            self._chat.done()
            await self._send_line()

    async def _take_refused(self, refused: Refused) -> None:
        self._report("refused", error=refused.error, message=refused.message)
        if refused.error == "bad_text":
            self._chat.done()
            await self._send_line()
        elif refused.error == "rate_limited":
            self._run_errand(self._send_line_after(refused.retry_after_ms / 1000))

    async def _send_line_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._send_line()

    async def _send_line(self) -> None:
        if self._seats and (say := self._chat.next()):
            await self._request(Request(say=say))

    async def _request(self, request: Request) -> None:
        if self._seats:
            await self._seats[-1].link.send_request(request)

    # What is done meanwhile

    async def _keep_list(self) -> None:
        while True:
            await asyncio.sleep(LIST_SECONDS)
            await self._edges.renew()

    async def _tell_losses(self) -> None:
        while True:
            await asyncio.sleep(REPORT_SECONDS)
            if report := self._room.reception.report():
                received, lost = report
                await self._request(
                    Request(receiver_report=ReceiverReport(received=received, lost=lost))
                )

    def _run_errand(self, errand: Coroutine[None, None, None]) -> None:
        """Keeps hold of a task until it is done, as asyncio itself does not."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)
