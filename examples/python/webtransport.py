"""The link over WebTransport: section 2.2 of PROTOCOL.md, by aioquic's HTTP/3."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import ssl
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from typing import Any, Self, cast
from urllib.parse import urlsplit

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.buffer import Buffer, BufferReadError, encode_uint_var
from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import DatagramReceived, DataReceived, H3Event, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ConnectionTerminated, QuicEvent, StreamDataReceived, StreamReset
from cryptography.hazmat.primitives.serialization import Encoding

from confab.v1.control_pb2 import Event, Request
from links import CLOSE_SECONDS, DIAL_SECONDS, DialError, LinkClosed, Reason
from varint import prefixed, split

CLOSE_WEBTRANSPORT_SESSION = 0x2843
MAX_DATAGRAM_FRAME = 65536


class _PulledCable:
    """Stands in for a UDP socket from which nothing goes out."""

    def sendto(self, *_: Any) -> None:
        pass


class _Wire(QuicConnectionProtocol):
    """One QUIC connection with one session on it; what comes lands in a queue."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.http = H3Connection(self._quic, enable_webtransport=True)
        self.settings_came = asyncio.Event()
        self.status: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.incoming: asyncio.Queue[Event | bytes | Reason] = asyncio.Queue()
        self.over = asyncio.Event()
        self.session = -1
        self.control = -1
        self._control_bytes = b""
        self._capsule_bytes = b""
        self._is_cut = False

    def certificate_hash(self) -> str:
        # aioquic tells nobody else who the other side is.
        certificate = self._quic.tls._peer_certificate
        assert certificate is not None, "not connected"
        digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
        return base64.b64encode(digest).decode()

    def request_session(self, authority: str, path: str) -> None:
        self.session = self._quic.get_next_available_stream_id()
        headers = {
            ":method": "CONNECT",
            ":protocol": "webtransport",
            ":scheme": "https",
            ":authority": authority,
            ":path": path,
        }
        self.http.send_headers(
            self.session, [(key.encode(), value.encode()) for key, value in headers.items()]
        )
        self.transmit()

    def open_control_stream(self) -> None:
        self.control = self.http.create_webtransport_stream(self.session)

    def send_control(self, message: bytes) -> None:
        self._quic.send_stream_data(self.control, prefixed(message))
        self.transmit()

    def send_datagram(self, bundle: bytes) -> None:
        self.http.send_datagram(self.session, bundle)
        self.transmit()

    def send_close(self, reason: Reason) -> None:
        value = reason.to_bytes(4) + reason.wire_name.encode()
        capsule = encode_uint_var(CLOSE_WEBTRANSPORT_SESSION) + encode_uint_var(len(value)) + value
        self.http.send_data(self.session, capsule, end_stream=True)
        self.transmit()

    def cut(self) -> None:
        self._is_cut = True
        self._transport = cast(asyncio.DatagramTransport, _PulledCable())

    def datagram_received(self, data: bytes | str, addr: Any) -> None:
        if not self._is_cut:
            super().datagram_received(data, addr)

    def quic_event_received(self, event: QuicEvent) -> None:
        if isinstance(event, ConnectionTerminated):
            self._end(Reason.CONNECTION_LOST)
        elif isinstance(event, StreamDataReceived) and event.stream_id == self.control:
            # Not for aioquic's HTTP/3, which takes a stream of ours for a request and its answer.
            messages, self._control_bytes = split(self._control_bytes + event.data)
            for message in messages:
                self.incoming.put_nowait(Event.FromString(message))
        else:
            if isinstance(event, StreamReset) and event.stream_id == self.session:
                self._end(Reason.CONNECTION_LOST)
            for each in self.http.handle_event(event):
                self._http_event_received(each)
            if self.http.received_settings is not None:
                self.settings_came.set()

    def _http_event_received(self, event: H3Event) -> None:
        if not isinstance(event, HeadersReceived | DatagramReceived | DataReceived):
            return
        if event.stream_id != self.session:
            return
        if isinstance(event, HeadersReceived):
            if not self.status.done():
                self.status.set_result(int(dict(event.headers)[b":status"]))
        elif isinstance(event, DatagramReceived):
            self.incoming.put_nowait(event.data)
        elif isinstance(event, DataReceived):
            self._take_capsules(event.data)
        if not isinstance(event, DatagramReceived) and event.stream_ended:
            self._end(Reason.CONNECTION_LOST)

    def _take_capsules(self, data: bytes) -> None:
        self._capsule_bytes += data
        with suppress(BufferReadError):  # the rest of the last one is still to come
            while self._capsule_bytes:
                buffer = Buffer(data=self._capsule_bytes)
                kind = buffer.pull_uint_var()
                value = buffer.pull_bytes(buffer.pull_uint_var())
                self._capsule_bytes = self._capsule_bytes[buffer.tell() :]
                if kind == CLOSE_WEBTRANSPORT_SESSION:
                    self._end(Reason.of(int.from_bytes(value[:4])))

    def _end(self, reason: Reason) -> None:
        """The first reason counts."""
        if not self.over.is_set():
            self.over.set()
            self.settings_came.set()
            if not self.status.done():
                self.status.set_result(0)
            self.incoming.put_nowait(reason)


class WebTransportLink:
    """Control messages on one stream, each behind its length; bundles as datagrams."""

    transport = "webtransport"

    def __init__(self, wire: _Wire, resources: AsyncExitStack) -> None:
        self._wire = wire
        self._resources = resources

    @classmethod
    async def dial(cls, url: str, certificate_hashes: Sequence[str]) -> Self:
        parts = urlsplit(url)
        configuration = QuicConfiguration(
            alpn_protocols=H3_ALPN,
            max_datagram_frame_size=MAX_DATAGRAM_FRAME,
            # A certificate that is known by its hash needs no authority to vouch for it.
            verify_mode=ssl.CERT_NONE if certificate_hashes else ssl.CERT_REQUIRED,
        )
        connecting = connect(
            parts.hostname or "",
            parts.port or 443,
            configuration=configuration,
            create_protocol=_Wire,
        )
        async with AsyncExitStack() as resources:
            try:
                async with asyncio.timeout(DIAL_SECONDS):
                    wire = cast(_Wire, await resources.enter_async_context(connecting))
                    if certificate_hashes and wire.certificate_hash() not in certificate_hashes:
                        raise DialError("another certificate than the edge's")
                    await wire.settings_came.wait()
                    wire.request_session(parts.netloc, f"{parts.path}?{parts.query}")
                    status = await wire.status
            except (OSError, TimeoutError) as error:
                raise DialError(f"no answer: {error}") from error
            if status != 200:
                raise DialError(str(status))
            wire.open_control_stream()
            return cls(wire, resources.pop_all())

    async def send_request(self, request: Request) -> None:
        if not self._wire.over.is_set():
            self._wire.send_control(request.SerializeToString())

    async def send_bundle(self, bundle: bytes) -> None:
        if not self._wire.over.is_set():
            self._wire.send_datagram(bundle)

    async def receive(self) -> Event | bytes:
        message = await self._wire.incoming.get()
        if isinstance(message, Reason):
            self._wire.incoming.put_nowait(message)  # for whoever asks again
            raise LinkClosed(message)
        return message

    async def close(self, reason: Reason) -> None:
        if not self._wire.over.is_set():
            self._wire.send_close(reason)
            # The connection stays until the edge has the capsule, which it tells by ending, too.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wire.over.wait(), CLOSE_SECONDS)
        await self._resources.aclose()

    def cut(self) -> None:
        self._wire.cut()
