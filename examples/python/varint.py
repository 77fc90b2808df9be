"""Messages one after another on a stream, each behind its length as a Protobuf varint."""

from __future__ import annotations


def prefixed(message: bytes) -> bytes:
    size, prefix = len(message), bytearray()
    while size > 0x7F:
        prefix.append(size & 0x7F | 0x80)
        size >>= 7
    prefix.append(size)
    return bytes(prefix) + message


def split(data: bytes) -> tuple[list[bytes], bytes]:
    """The whole messages in what has come, and the rest."""
    messages: list[bytes] = []
    at = 0
    while (span := _next(data, at)) is not None:
        start, at = span
        messages.append(data[start:at])
    return messages, data[at:]


def _next(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the message at this place begins and ends, if all of it is there."""
    size = shift = 0
    for start in range(at, len(data)):
        size |= (data[start] & 0x7F) << shift
        shift += 7
        if data[start] < 0x80:
            end = start + 1 + size
            return (start + 1, end) if end <= len(data) else None
    return None
