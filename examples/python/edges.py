"""Finding an edge and dialling it: sections 2.1 and 2.2 of PROTOCOL.md."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from links import DIAL_SECONDS, DialError, Link, WebSocketLink
from webtransport import WebTransportLink

TRANSPORTS = ("webtransport", "websocket")


@dataclass(frozen=True)
class Who:
    """Who joins which room."""

    room: str
    user: str
    name: str

    def query(self) -> str:
        return urlencode({"room": self.room, "user": self.user, "name": self.name})


@dataclass(frozen=True)
class Edge:
    """One that takes connections, as the session API tells it."""

    name: str
    websocket: str
    webtransport: str | None
    certificate_hashes: tuple[str, ...]

    @classmethod
    def parse(cls, entry: dict[str, Any]) -> Edge:
        webtransport = entry.get("webtransport", {})
        return cls(
            entry["name"],
            entry["websocket"]["url"],
            webtransport.get("url"),
            tuple(webtransport.get("certificateHashes", ())),
        )

    async def dial(self, transport: str, who: Who) -> Link:
        """A link that stands; nobody is in the room by it yet."""
        if transport == "websocket":
            return await WebSocketLink.dial(_add_query(self.websocket, who))
        if self.webtransport is None:
            raise DialError("the edge has no WebTransport")
        return await WebTransportLink.dial(
            _add_query(self.webtransport, who), self.certificate_hashes
        )


def _add_query(url: str, who: Who) -> str:
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, who.query()]))
    return parts._replace(query=query).geturl()


class EdgeList:
    """Where one may connect, the edge to prefer first."""

    def __init__(self, api: str, who: Who, transport: str) -> None:
        self._url = f"{api}/api/v1/session?{who.query()}"
        self._who = who
        self._transport = transport
        self._edges: list[Edge] = []

    async def renew(self) -> None:
        """A fresh list; the old one has to do when nobody answers."""
        try:
            self._edges = await asyncio.to_thread(_ask, self._url) or self._edges
        except DialError:
            if not self._edges:
                raise

    async def dial(self) -> tuple[str, Link]:
        """The name of an edge that takes the connection, and the link to it."""
        return await self._dial(self._edges)

    async def dial_others_first(self, name: str) -> tuple[str, Link]:
        return await self._dial(sorted(self._edges, key=lambda edge: edge.name == name))

    async def dial_others(self, name: str) -> tuple[str, Link]:
        return await self._dial([edge for edge in self._edges if edge.name != name])

    async def _dial(self, edges: list[Edge]) -> tuple[str, Link]:
        error = DialError("there is no edge")
        for edge in edges:
            try:
                return edge.name, await edge.dial(self._transport, self._who)
            except DialError as failed:
                error = failed
        raise error


def _ask(url: str) -> list[Edge]:
    try:
        with urlopen(url, timeout=DIAL_SECONDS) as answer:
            edges = json.load(answer)["edges"]
    except HTTPError as error:
        with error:
            raise DialError(f"{error.code} {error.read().decode(errors='replace')}") from error
    except OSError as error:
        raise DialError(str(error)) from error
    return [Edge.parse(entry) for entry in edges]
