// The dedicated worker: connection, codec and jitter buffers, away from the page's thread. One per room page.
import { loadCodec } from '../media/decoder';
import { type Level, readBundle } from '../media/frame';
import { Playout } from '../media/playout';
import { Publisher } from '../media/publisher';
import { Reception } from '../media/reception';
import { connect } from '../session/connect';
import { findEdges } from '../session/edge-api';
import { Session } from '../session/session';
import type { Order, Report } from './port';
import { SpeakingLevels } from './speaking';

const SPEAKING_EVERY_MS = 100;
const FIGURES_EVERY_MS = 1_000;
const RECEIVER_REPORT_EVERY_MS = 1_000;
const NO_SOUND = { received: 0, lost: 0, recovered: 0, late: 0, duplicates: 0, underruns: 0, delayMs: 0 };

interface WorkerScope {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(report: Report): void;
  addEventListener(type: 'online', listener: () => void): void;
}

const scope = self as unknown as WorkerScope;
const report = (what: Report): void => scope.postMessage(what);
const levels = new SpeakingLevels();
const reception = new Reception();
let session: Session | null = null;
let playout: Playout | null = null;
let publisher: Publisher | null = null;
let shared = false;
let muted = false;
let you = 0;
let sent = 0;
let unsent = 0;

function obey(order: Order): void {
  switch (order.kind) {
    case 'warm-up': return void loadCodec().catch(() => {});
    case 'join': return join(order);
    case 'microphone': return listenTo(order.source);
    case 'playout': {
      shared = order.memory !== null;
      playout = new Playout(order.port, order.memory);
      return;
    }
    case 'mute': return session?.mute(order.muted);
    case 'deafen': return session?.deafen(order.deafened);
    case 'rename': return session?.rename(order.name);
    case 'suspend': return session?.suspend();
    case 'leave': return session?.leave();
  }
}

function join(order: Extract<Order, { kind: 'join' }>): void {
  session?.leave();
  const mine = new Session(order, { connect, findEdges }, {
    state: (state) => report({ kind: 'state', state }),
    roster: (present, number) => {
      you = number;
      report({ kind: 'roster', present, you });
    },
    speakers: (numbers) => report({ kind: 'speakers', numbers }),
    wishes: (nowMuted, deafened) => {
      muted = nowMuted;
      if (publisher) publisher.muted = muted;
      if (deafened) forget();
      report({ kind: 'wishes', muted, deafened });
    },
    resume: (join, resume) => report({ kind: 'resume', join, resume }),
    notice: (notice) => report({ kind: 'notice', notice }),
    refused: (error, message) => report({ kind: 'refused', error, message }),
    roundTrip: (milliseconds) => report({ kind: 'round-trip', milliseconds }),
    bundle: hear,
    forget,
  });
  session = mine;
  mine.mute(order.muted);
  mine.deafen(order.deafened);
  mine.start();
}

function listenTo(source: ReadableStream<AudioData> | MessagePort): void {
  publisher ??= new Publisher({
    bundle: (bundle) => {
      const left = session?.publish(bundle) ?? null;
      if (left === true) sent++;
      if (left === false) unsent++;
    },
    level: noteOwn,
    wrongRate: () => report({ kind: 'microphone', trouble: 'rate' }),
    broken: () => report({ kind: 'microphone', trouble: 'encoder' }),
  });
  publisher.muted = muted;
  publisher.listenTo(source);
}

function noteOwn(level: Level | null): void {
  if (level) levels.note(you, level);
  else levels.forget(you);
}

function hear(bundle: Uint8Array): void {
  for (const frame of readBundle(bundle).frames) {
    levels.note(frame.participant, frame.level);
    reception.note(frame.participant, frame.sequence);
    playout?.put(frame);
  }
}

function forget(participant?: number): void {
  levels.forget(participant);
  reception.forget(participant);
  playout?.forget(participant);
}

scope.onmessage = (event) => obey(event.data);
scope.addEventListener('online', () => session?.hurry());
setInterval(() => {
  const speaking = levels.step();
  if (speaking) report({ kind: 'speaking', speaking });
}, SPEAKING_EVERY_MS);
setInterval(() => {
  const came = reception.take();
  if (came) session?.report(came.received, came.lost);
}, RECEIVER_REPORT_EVERY_MS);
setInterval(() => {
  if (session) report({ kind: 'figures', figures: { ...(playout?.stats() ?? NO_SOUND), sent, unsent, shared } });
}, FIGURES_EVERY_MS);
