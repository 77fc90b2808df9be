"""What a link is, and the one over WebSocket: sections 2.2 and 2.4 of PROTOCOL.md."""

from __future__ import annotations

from contextlib import suppress
from enum import IntEnum
from typing import Protocol, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from confab.v1.control_pb2 import Event, Request

MAX_EVENT_BYTES = 1 << 20
DIAL_SECONDS = 5
CLOSE_SECONDS = 2


class Reason(IntEnum):
    """Why a connection ends, by its code; its name on the wire is in small letters."""

    LEFT = 0
    PROTOCOL_VIOLATION = 1
    SLOW_CONSUMER = 2
    RATE_LIMITED = 3
    IDLE_TIMEOUT = 4
    SHUTDOWN = 5
    KICKED = 6
    EXPIRED = 7
    INTERNAL_ERROR = 8
    SUPERSEDED = 9
    CONNECTION_LOST = 10
    UNLOADED = 11
    UNAUTHORIZED = 12
    TOO_MANY_SESSIONS = 13

    @property
    def wire_name(self) -> str:
        return self.name.lower()

    @property
    def is_final(self) -> bool:
        """Whether there is no coming back."""
        return self in {
            Reason.LEFT,
            Reason.PROTOCOL_VIOLATION,
            Reason.KICKED,
            Reason.EXPIRED,
            Reason.SUPERSEDED,
            Reason.TOO_MANY_SESSIONS,
        }

    @classmethod
    def of(cls, code: int) -> Reason:
        try:
            return cls(code)
        except ValueError:
            return cls.CONNECTION_LOST


class DialError(Exception):
    """An edge did not take the connection."""


class LinkClosed(Exception):
    """The link has ended, by whichever side."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.wire_name)
        self.reason = reason


class Link(Protocol):
    """One wire to an edge. What is sent on a link that has ended goes nowhere: receive tells."""

    transport: str

    async def send_request(self, request: Request) -> None: ...

    async def send_bundle(self, bundle: bytes) -> None: ...

    async def receive(self) -> Event | bytes:
        """The next event or bundle; raises LinkClosed after the last one."""
        ...

    async def close(self, reason: Reason) -> None: ...

    def cut(self) -> None:
        """Breaks the wire without a word, for tests."""
        ...


class WebSocketLink:
    """Control messages behind a zero byte, bundles as they are."""

    transport = "websocket"

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    @classmethod
    async def dial(cls, url: str) -> Self:
        try:
            socket = await connect(
                url,
                max_size=MAX_EVENT_BYTES + 1,
                compression=None,
                ping_interval=None,  # the session has a heartbeat of its own
                open_timeout=DIAL_SECONDS,
                close_timeout=CLOSE_SECONDS,
            )
        except InvalidStatus as error:
            body = (error.response.body or b"").decode(errors="replace")
            raise DialError(f"{error.response.status_code} {body}") from error
        except (OSError, TimeoutError, InvalidHandshake) as error:
            raise DialError(str(error)) from error
        return cls(socket)

    async def send_request(self, request: Request) -> None:
        await self._send(b"\0" + request.SerializeToString())

    async def send_bundle(self, bundle: bytes) -> None:
        await self._send(bundle)

    async def _send(self, message: bytes) -> None:
        with suppress(ConnectionClosed):
            await self._socket.send(message)

    async def receive(self) -> Event | bytes:
        try:
            message = await self._socket.recv(decode=False)
        except ConnectionClosed as closed:
            first = closed.rcvd if closed.rcvd_then_sent else closed.sent or closed.rcvd
            reason = Reason.of(first.code - 4000) if first else Reason.CONNECTION_LOST
            raise LinkClosed(reason) from closed
        return Event.FromString(message[1:]) if message[:1] == b"\0" else message

    async def close(self, reason: Reason) -> None:
        await self._socket.close(4000 + reason, reason.wire_name)

    def cut(self) -> None:
        self._socket.transport.abort()
