"""Frames, bundles, and what of them came in: sections 1.1, 1.2 and 3.3 of PROTOCOL.md."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

FRAME_SECONDS = 0.02
FRAME_TICKS = 960  # 20 ms at 48 kHz
MAX_PAYLOAD = 1184
QUIET = 127  # the level of a frame of silence, which holds no voice

# Opus for 20 ms of nothing, so that this client needs no codec.
OPUS_SILENCE = bytes.fromhex("f8fffe")

_HEADER = struct.Struct("!BBHIII")
_VERSION = 1
_AUDIO = 0
_ENCRYPTED = 0x01
_WRAP = 1 << 32


@dataclass(frozen=True)
class Frame:
    """One Opus packet and its header."""

    payload: bytes
    sequence: int
    timestamp: int
    level: int = QUIET
    encrypted: bool = False
    participant: int = 0  # the edge writes the sender's number here

    def pack(self) -> bytes:
        first = _VERSION << 6 | _AUDIO << 4 | (_ENCRYPTED if self.encrypted else 0)
        header = _HEADER.pack(
            first,
            self.level,
            len(self.payload),
            self.participant,
            self.sequence % _WRAP,
            self.timestamp % _WRAP,
        )
        return header + self.payload


def unpack(bundle: bytes) -> Iterator[Frame]:
    """The audio frames of a bundle, up to the first that is malformed."""
    at = 0
    while len(bundle) - at >= _HEADER.size:
        first, level, size, participant, sequence, timestamp = _HEADER.unpack_from(bundle, at)
        at += _HEADER.size
        if first >> 6 != _VERSION or not 0 < size <= MAX_PAYLOAD or size > len(bundle) - at:
            return
        payload = bundle[at : at + size]
        at += size
        if first >> 4 & 0x03 == _AUDIO:
            yield Frame(payload, sequence, timestamp, level, bool(first & _ENCRYPTED), participant)


@dataclass
class _Voice:
    """Where one participant's sequence is."""

    highest: int
    missing: set[int] = field(default_factory=set)


class Reception:
    """Tells new frames from repeated ones, and counts for the receiver report."""

    # A jump this wide says nothing about the way: somebody was muted or began anew.
    _JUMP = 64

    def __init__(self) -> None:
        self._voices: dict[int, _Voice] = {}
        self._received = 0
        self._lost = 0

    def take(self, frame: Frame) -> bool:
        """Whether this frame is new; after a move each comes by both edges for a while."""
        voice = self._voices.get(frame.participant)
        ahead = _distance(voice.highest, frame.sequence) if voice else self._JUMP
        if voice is None or abs(ahead) >= self._JUMP:
            self._voices[frame.participant] = _Voice(frame.sequence)
        elif ahead > 0:
            skipped = {(voice.highest + each) % _WRAP for each in range(1, ahead)}
            voice.highest = frame.sequence
            voice.missing = {
                each
                for each in voice.missing | skipped
                if _distance(each, frame.sequence) < self._JUMP
            }
            self._lost += len(skipped)
        elif frame.sequence in voice.missing:
            voice.missing.remove(frame.sequence)
            self._lost -= 1
        else:
            return False
        self._received += 1
        return True

    def forget(self, participant: int) -> None:
        """Somebody went or came back: the next frame counts no losses."""
        self._voices.pop(participant, None)

    def report(self) -> tuple[int, int] | None:
        """Received and lost since the last report; nothing when nothing happened."""
        if self._received == 0 and self._lost <= 0:
            return None
        report = self._received, max(self._lost, 0)
        self._received = 0
        # What was reported as lost and came after all is taken off the next losses.
        self._lost = min(self._lost, 0)
        return report


def _distance(start: int, end: int) -> int:
    """How far the end is ahead of the start, negative when it is behind."""
    return (end - start + _WRAP // 2) % _WRAP - _WRAP // 2
