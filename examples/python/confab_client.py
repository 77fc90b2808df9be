#!/usr/bin/env python3
"""Takes part in a Confab room. Prints what happens as lines of JSON; what is typed is said.

/leave asks the edge to end the session, /close just ends the link, /cut breaks it to come back.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from edges import TRANSPORTS, Who
from frames import FRAME_SECONDS, OPUS_SILENCE
from links import DialError, Reason
from session import Session


def report(event: str, **fields: Any) -> None:
    print(json.dumps({"event": event} | fields), flush=True)


async def speak(session: Session) -> None:
    """Frame by frame, by the clock: what a sleep takes too long the next one makes up for."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        await session.speak(OPUS_SILENCE)
        due = max(due + FRAME_SECONDS, loop.time() - 10 * FRAME_SECONDS)
        await asyncio.sleep(due - loop.time())


async def obey(session: Session, lines: asyncio.Queue[str]) -> None:
    while True:
        match await lines.get():
            case "":
                pass
            case "/leave":
                await session.leave()
            case "/close":
                await session.hang_up()
            case "/cut":
                session.cut()
            case text:
                await session.say(text)


def read_lines(take: Callable[[str], None]) -> None:
    """Standard input, as it comes."""
    loop = asyncio.get_running_loop()
    pending = b""

    def readable() -> None:
        nonlocal pending
        data = os.read(sys.stdin.fileno(), 4096)
        if not data:
            loop.remove_reader(sys.stdin)
        *lines, pending = (pending + data).split(b"\n")
        for line in lines:
            take(line.decode(errors="replace"))

    with suppress(PermissionError):  # a file or /dev/null cannot be waited for
        loop.add_reader(sys.stdin, readable)


async def run(arguments: argparse.Namespace) -> int:
    who = Who(arguments.room, arguments.user, arguments.name or arguments.user)
    session = Session(arguments.url.rstrip("/"), who, arguments.transport, report)
    lines: asyncio.Queue[str] = asyncio.Queue()
    read_lines(lines.put_nowait)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, lines.put_nowait, "/leave")
    helpers = [asyncio.create_task(obey(session, lines))]
    if arguments.speak:
        helpers.append(asyncio.create_task(speak(session)))
    try:
        reason = await session.run()
    except DialError as error:
        print(f"confab_client: {error}", file=sys.stderr)
        return 1
    finally:
        for helper in helpers:
            helper.cancel()
    report("left", reason=reason.wire_name)
    return 0 if reason is Reason.LEFT else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080", help="the deployment's address")
    parser.add_argument("--room", required=True, help="the room's id")
    parser.add_argument("--user", required=True, help="your user id")
    parser.add_argument("--name", help="what others see of you (default: the user id)")
    parser.add_argument("--transport", choices=TRANSPORTS, default=TRANSPORTS[0])
    parser.add_argument("--speak", action="store_true", help="send silence as Opus frames")
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
