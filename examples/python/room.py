"""Who is in the room, and what is heard and read of them: section 3.2 of PROTOCOL.md."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from confab.v1.control_pb2 import Event, Participant, Said, Welcome
from frames import Reception, unpack
from links import Reason

HEARD_EVERY = 50
KEEP_SECONDS = 3
REMEMBERED_LINES = 1000

Report = Callable[..., None]


class Room:
    """The room as the edge tells it; changes go to report(event, **fields)."""

    def __init__(self, report: Report) -> None:
        self.number = 0  # our own
        self.reception = Reception()
        self._report = report
        self._roster: dict[int, Participant] = {}
        self._heard: dict[int, int] = {}
        self._lines: deque[tuple[str, int]] = deque(maxlen=REMEMBERED_LINES)

    @property
    def others(self) -> list[str]:
        return [each.user for each in self._roster.values() if each.number != self.number]

    def take_welcome(self, welcome: Welcome) -> None:
        known = self._roster
        self.number = welcome.you.number
        self._roster = {each.number: each for each in welcome.participants}
        missing = {number: known[number] for number in known if number not in self._roster}
        if welcome.resumed:
            # They sit on other edges, of which this one hears moments later.
            self._roster.update(missing)
            asyncio.get_running_loop().call_later(KEEP_SECONDS, self._forget, missing)

    def _forget(self, unconfirmed: dict[int, Participant]) -> None:
        for number, participant in unconfirmed.items():
            if self._roster.get(number) is participant:
                self._take_left(number, Reason.CONNECTION_LOST.wire_name)

    def take_event(self, event: Event) -> None:
        match event.WhichOneof("kind"):
            case "joined":
                self._take_joined(event.joined.participant)
            case "left":
                self._take_left(event.left.number, event.left.reason)
            case "updated":
                self._take_updated(event.updated.participant)
            case "said":
                self._take_said(event.said)

    def take_bundle(self, bundle: bytes) -> None:
        for frame in unpack(bundle):
            if not self.reception.take(frame):
                continue
            number = frame.participant
            self._heard[number] = heard = self._heard.get(number, 0) + 1
            if heard % HEARD_EVERY == 0:
                user = self._user(number)
                self._report("heard", participant=number, user=user, frames=heard)

    def _take_joined(self, participant: Participant) -> None:
        is_new = participant.number not in self._roster
        self._roster[participant.number] = participant
        if is_new:
            self._report("came", participant=participant.number, user=participant.user)

    def _take_left(self, number: int, reason: str) -> None:
        gone = self._roster.pop(number, None)
        self.reception.forget(number)
        if gone is not None:
            self._report("gone", participant=number, user=gone.user, reason=reason)

    def _take_updated(self, participant: Participant) -> None:
        before = self._roster.get(participant.number)
        self._roster[participant.number] = participant
        if before is not None and before.away != participant.away:
            self.reception.forget(participant.number)
            event = "away" if participant.away else "back"
            self._report(event, participant=participant.number, user=participant.user)

    def _take_said(self, said: Said) -> None:
        if said.number not in self._roster:
            return  # told once more after we came back, by somebody who has left since
        # The user counts: whoever was away for too long says it again under another number.
        user = self._user(said.number)
        key = user, said.id
        if said.id != 0:
            if key in self._lines:
                return
            self._lines.append(key)
        self._report("said", participant=said.number, user=user, text=said.text)

    def _user(self, number: int) -> str:
        participant = self._roster.get(number)
        return participant.user if participant else ""
