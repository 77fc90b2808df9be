import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_WAITING_BYTES } from './control-queue';
import type { Link, LinkSink } from './link';
import { openWebSocket } from './websocket-link';
import { openWebTransport } from './webtransport-link';

const SINK: LinkSink = { event: () => {}, bundle: () => {}, closed: () => {} };
const REQUEST = new Uint8Array(1000);

/** How many requests a link takes before it takes no more. */
function takes(link: Link): number {
  let count = 0;
  while (count < 1000 && link.request(REQUEST)) count++;
  return count;
}

describe('a link whose edge reads no requests', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('takesNoMoreThanTheQueueHoldsOverWebTransport', async () => {
    let read: (() => void) | null = null;
    const stuck = new WritableStream<Uint8Array>({
      write: () =>
        new Promise((resolve) => {
          read = resolve;
        }),
    });
    const wire = {
      ready: Promise.resolve(),
      closed: new Promise(() => {}),
      datagrams: { readable: new ReadableStream(), writable: new WritableStream() },
      createBidirectionalStream: async () => ({ readable: new ReadableStream(), writable: stuck }),
      close: () => {},
    };
    vi.stubGlobal('WebTransport', function open() {
      return wire;
    });
    const link = await openWebTransport('https://edge/wt', [], SINK, 3_000);
    // Each stands behind its length, of two bytes.
    expect(takes(link)).toBe(Math.floor(MAX_WAITING_BYTES / (REQUEST.byteLength + 2)));
    await vi.waitFor(() => expect(read).not.toBeNull());
    (read as (() => void) | null)?.();
    await vi.waitFor(() => expect(link.request(REQUEST)).toBe(true));
    expect(link.request(REQUEST)).toBe(false);
  });

  it('takesNoMoreThanTheQueueHoldsOverWebSocket', async () => {
    const socket = {
      readyState: 1,
      bufferedAmount: 0,
      onopen: () => {},
      send(bytes: Uint8Array) {
        this.bufferedAmount += bytes.byteLength;
      },
    };
    vi.stubGlobal(
      'WebSocket',
      Object.assign(
        function open() {
          return socket;
        },
        { OPEN: 1 },
      ),
    );
    const opening = openWebSocket('ws://edge/ws', SINK);
    socket.onopen();
    const link = await opening;
    // Each stands behind a byte that says that it is a request.
    expect(takes(link)).toBe(Math.floor(MAX_WAITING_BYTES / (REQUEST.byteLength + 1)));
    socket.bufferedAmount = 0;
    expect(link.request(REQUEST)).toBe(true);
    // What is asked on a socket that has closed goes nowhere, and `closed` says so.
    socket.readyState = 3;
    expect(takes(link)).toBe(1000);
  });
});
