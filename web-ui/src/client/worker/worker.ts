// The dedicated worker: connection, codec and jitter buffers, away from the page's thread. One per room page.

import { Publisher } from '../media/capture/publisher';
import { type Level, readBundle } from '../media/frame';
import { createDecoder } from '../media/playout/decoder';
import { NO_SOUND, Playout } from '../media/playout/playout';
import { Reception } from '../media/playout/reception';
import { connect } from '../session/connect';
import { findEdges, type Join } from '../session/edge-api';
import { HeadStart } from '../session/head-start';
import { Session } from '../session/session';
import { CallFigures } from './call-figures';
import type { Order, Report } from './port';
import { SpeakingLevels } from './speaking';

const SPEAKING_EVERY_MS = 100;
const FIGURES_EVERY_MS = 1_000;
const RECEIVER_REPORT_EVERY_MS = 1_000;

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
const figures = new CallFigures();
const headStart = new HeadStart({ connect, findEdges });

function obey(order: Order): void {
  switch (order.kind) {
    case 'warm-up':
      return warmUp(order.join);
    case 'about-to-join':
      return headStart.prepareLink(order.join, order.only);
    case 'join':
      return join(order);
    case 'microphone':
      return listenTo(order.source, order.music);
    case 'playout': {
      shared = order.memory !== null;
      playout = new Playout(order.port, order.memory);
      return;
    }
    case 'mute':
      return session?.mute(order.muted);
    case 'deafen':
      return session?.deafen(order.deafened);
    case 'rename':
      return session?.rename(order.name);
    case 'raise-hand':
      return session?.raiseHand(order.raised);
    case 'say':
      if (!session?.say(order.text)) report({ kind: 'refused', error: 'unreachable', message: '' });
      return;
    case 'react':
      return session?.react(order.reaction);
    case 'volume':
      return playout?.setVolume(order.number, order.volume);
    case 'suspend':
      return session?.suspend();
    case 'leave':
      return session?.leave();
  }
}

function warmUp(join: Join): void {
  createDecoder().then(
    (decoder) => decoder.free(),
    () => {},
  );
  if (join.name !== '') headStart.prepareEdges(join);
}

function join(order: Extract<Order, { kind: 'join' }>): void {
  session?.leave();
  const mine = new Session(order, headStart, {
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
    said: (who, text) => report({ kind: 'said', name: who.name, own: who.number === you, text }),
    reacted: (who, reaction) => report({ kind: 'reacted', number: who.number, name: who.name, reaction }),
    published: ({ received, lost, listenersLoss }) =>
      publisher?.report({
        uplinkLoss: received + lost === 0 ? 0 : lost / (received + lost),
        listenersLoss: listenersLoss / 1000,
        unsent: figures.takeUnsent(),
      }),
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

function listenTo(source: ReadableStream<AudioData> | MessagePort, music: boolean): void {
  publisher ??= new Publisher({
    bundle: (bundle) => {
      const left = session?.publish(bundle) ?? null;
      if (left !== null) figures.noteSent(bundle.length, left);
    },
    level: noteOwn,
    speakingWhileMuted: () => report({ kind: 'speaking-while-muted' }),
    wrongRate: () => report({ kind: 'microphone', trouble: 'rate' }),
    broken: () => report({ kind: 'microphone', trouble: 'encoder' }),
  });
  publisher.muted = muted;
  publisher.music = music;
  publisher.listenTo(source);
}

function noteOwn(level: Level | null): void {
  if (level) levels.note(you, level);
  else levels.forget(you);
}

function hear(bundle: Uint8Array): void {
  figures.noteReceived(bundle.length);
  for (const frame of readBundle(bundle).frames) {
    levels.note(frame.participant, frame.level);
    reception.note(frame.participant, frame.sequence);
    figures.noteFrame(frame.participant, frame.timestamp);
    playout?.put(frame);
  }
}

function forget(participant?: number): void {
  levels.forget(participant);
  reception.forget(participant);
  figures.forget(participant);
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
  if (session) report({ kind: 'figures', figures: figures.take(playout?.stats() ?? NO_SOUND, shared) });
}, FIGURES_EVERY_MS);
