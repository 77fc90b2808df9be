"""What we write, each line of which arrives once: section 3.5 of PROTOCOL.md."""

from __future__ import annotations

import secrets
from collections import deque

from confab.v1.control_pb2 import Say

TRIES = 5


class Chat:
    """Lines that wait to be said, one at a time: that keeps their order."""

    def __init__(self) -> None:
        self._lines: deque[Say] = deque()
        self._tries = 0

    def write(self, text: str) -> bool:
        """Whether the line is to be sent now, since no other is on its way."""
        self._lines.append(Say(text=text, id=1 + secrets.randbelow(0xFFFF_FFFF)))
        return len(self._lines) == 1

    def next(self) -> Say | None:
        """The line to send now, for the first time or again."""
        if self._tries >= TRIES:
            self.done()
        if not self._lines:
            return None
        self._tries += 1
        return self._lines[0]

    def is_under_way(self, line_id: int) -> bool:
        return bool(self._lines) and self._lines[0].id == line_id

    def done(self) -> None:
        """Everybody has the line on its way, or nobody is to have it."""
        self._tries = 0
        if self._lines:
            self._lines.popleft()
