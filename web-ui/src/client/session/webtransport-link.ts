import { type CloseReason, codeOf, reasonOf } from './close-reason';
import { ControlQueue, type ControlWay } from './control-queue';
import { LengthDelimitedReader, TooLong, writeLengthDelimited } from './length-delimited';
import { type Link, type LinkSink, NoLink } from './link';

/** For the control stream of a session that stands. */
const STREAM_TIMEOUT_MS = 3_000;
/** Bundles handed over and not yet sent (100 ms of sound); the next one is dropped. */
const MAX_UNSENT = 5;
/** Room for a burst of a large room while the worker is busy; Chromium keeps a single datagram by default. */
const INCOMING_DATAGRAMS = 512;
const MAX_AGE_MS = 200;

/**
 * @param patience milliseconds that the session may take to stand
 * @throws NoLink when the edge does not answer in time, or does not admit us
 */
export async function openWebTransport(
  url: string,
  certificateHashes: readonly string[],
  sink: LinkSink,
  patience: number,
): Promise<Link> {
  const wire = dial(url, certificateHashes);
  // Each of these also fails when the other does; only one failure is told.
  wire.closed.catch(() => {});
  try {
    await withTimeout(wire.ready, patience);
    const stream = await withTimeout(wire.createBidirectionalStream(), STREAM_TIMEOUT_MS);
    return new WebTransportLink(wire, stream, sink);
  } catch (cause) {
    close(wire, 'connection_lost');
    throw cause instanceof NoLink ? cause : new NoLink('refused');
  }
}

function dial(url: string, certificateHashes: readonly string[]): WebTransport {
  const options: WebTransportOptions =
    certificateHashes.length === 0
      ? {}
      : {
          serverCertificateHashes: certificateHashes.map((hash) => ({
            algorithm: 'sha-256',
            value: fromBase64(hash),
          })),
        };
  try {
    return new WebTransport(url, options);
  } catch {
    throw new NoLink('refused');
  }
}

async function withTimeout<T>(step: Promise<T>, limit: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoLink('timeout')), limit);
  });
  // A step that fails after its time is up has nobody left to tell.
  step.catch(() => {});
  try {
    return await Promise.race([step, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** The control stream; the browser says of every write when it is done with it. */
class StreamWay implements ControlWay {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #waiting = 0;

  constructor(stream: WritableStream<Uint8Array>) {
    this.#writer = stream.getWriter();
    this.#writer.closed.catch(() => {});
  }

  get waiting(): number {
    return this.#waiting;
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting += bytes.byteLength;
    const done = (): void => {
      this.#waiting -= bytes.byteLength;
    };
    this.#writer.write(bytes).then(done, done);
  }
}

class WebTransportLink implements Link {
  readonly transport = 'webtransport';
  readonly #datagrams: WritableStreamDefaultWriter<Uint8Array>;
  readonly #control: ControlQueue;
  readonly #sink: LinkSink;
  #unsent = 0;
  #ended = false;

  constructor(
    private readonly wire: WebTransport,
    stream: WebTransportBidirectionalStream,
    sink: LinkSink,
  ) {
    this.#sink = sink;
    tune(wire.datagrams);
    const writable = wire.datagrams.createWritable?.() ?? wire.datagrams.writable;
    this.#datagrams = (writable as WritableStream<Uint8Array>).getWriter();
    this.#control = new ControlQueue(new StreamWay(stream.writable as WritableStream<Uint8Array>));
    this.#datagrams.closed.catch(() => {});
    void this.#readDatagrams(wire.datagrams.readable as ReadableStream<Uint8Array>);
    void this.#readControl(stream.readable as ReadableStream<Uint8Array>);
    wire.closed.then(
      (info) => this.#end(info.reason || info.closeCode ? reasonOf(info.closeCode ?? 0) : 'connection_lost'),
      () => this.#end('connection_lost'),
    );
  }

  request(bytes: Uint8Array<ArrayBuffer>): boolean {
    return this.#control.put(writeLengthDelimited(bytes));
  }

  bundle(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.#ended || this.#unsent >= MAX_UNSENT) return false;
    this.#unsent++;
    const sent = (): void => {
      this.#unsent--;
    };
    this.#datagrams.write(bytes).then(sent, sent);
    return true;
  }

  close(reason: CloseReason): void {
    close(this.wire, reason);
  }

  async #readDatagrams(readable: ReadableStream<Uint8Array>): Promise<void> {
    const reader = readable.getReader();
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        this.#sink.bundle(value);
      }
    } catch {
      // The link has ended; `closed` says why.
    }
  }

  async #readControl(readable: ReadableStream<Uint8Array>): Promise<void> {
    const reader = readable.getReader();
    const messages = new LengthDelimitedReader();
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        for (const bytes of messages.take(value)) this.#sink.event(bytes);
      }
    } catch (cause) {
      // Any other failure is the end of the link, and `closed` says why.
      if (cause instanceof TooLong) this.close('protocol_violation');
    }
  }

  #end(reason: CloseReason): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sink.closed(reason);
  }
}

function tune(datagrams: WebTransportDatagramDuplexStream): void {
  try {
    datagrams.incomingHighWaterMark = INCOMING_DATAGRAMS;
    datagrams.outgoingHighWaterMark = MAX_UNSENT;
    datagrams.incomingMaxAge = MAX_AGE_MS;
    datagrams.outgoingMaxAge = MAX_AGE_MS;
  } catch {
    // Browsers differ in what may be set; the defaults lose more under load, but work.
  }
}

function close(wire: WebTransport, reason: CloseReason): void {
  try {
    wire.close({ closeCode: codeOf(reason), reason });
  } catch {
    // Already closed.
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
