import { type CloseReason, websocketCodeOf, websocketReasonOf } from './close-reason';
import { ControlQueue } from './control-queue';
import { MAX_EVENT_BYTES } from './length-delimited';
import { type Link, type LinkSink, NoLink } from './link';

const CONTROL = 0x00;
/** Some 100 ms of sound at 32 kbit/s with headers; media beyond it is dropped. */
const MAX_BUFFERED_BYTES = 1200;
const OPEN_TIMEOUT_MS = 8_000;

/** @throws NoLink when the edge does not answer or does not admit us */
export function openWebSocket(url: string, sink: LinkSink): Promise<Link> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    let opened = false;
    const giveUp = setTimeout(() => {
      reject(new NoLink('timeout'));
      socket.close();
    }, OPEN_TIMEOUT_MS);
    socket.onopen = () => {
      opened = true;
      clearTimeout(giveUp);
      resolve(new WebSocketLink(socket, sink));
    };
    socket.onclose = (event) => {
      clearTimeout(giveUp);
      if (opened) sink.closed(websocketReasonOf(event.code));
      else reject(new NoLink('refused'));
    };
  });
}

class WebSocketLink implements Link {
  readonly transport = 'websocket';

  readonly #control: ControlQueue;

  constructor(
    private readonly socket: WebSocket,
    sink: LinkSink,
  ) {
    this.#control = new ControlQueue({
      // With what waits of media, which is no more than MAX_BUFFERED_BYTES and a bundle.
      get waiting() {
        return socket.bufferedAmount;
      },
      write: (bytes) => socket.send(bytes),
    });
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      if (typeof event.data === 'string' || event.data.byteLength > MAX_EVENT_BYTES + 1) {
        this.close('protocol_violation');
        return;
      }
      const bytes = new Uint8Array(event.data);
      if (bytes[0] === CONTROL) sink.event(bytes.subarray(1));
      else if (bytes.byteLength > 0) sink.bundle(bytes);
    };
  }

  request(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.socket.readyState !== WebSocket.OPEN) return true;
    const tagged = new Uint8Array(bytes.byteLength + 1);
    tagged[0] = CONTROL;
    tagged.set(bytes, 1);
    return this.#control.put(tagged);
  }

  bundle(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.socket.readyState !== WebSocket.OPEN || this.socket.bufferedAmount > MAX_BUFFERED_BYTES)
      return false;
    this.socket.send(bytes);
    return true;
  }

  close(reason: CloseReason): void {
    this.socket.close(websocketCodeOf(reason), reason);
  }
}
