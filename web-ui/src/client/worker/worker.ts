// The dedicated worker: sessions, codec and jitter buffers, away from the page's thread. One for each Room.
import { Publisher } from '../media/capture/publisher';
import { createDecoder } from '../media/playout/decoder';
import { Playout } from '../media/playout/playout';
import { Connector } from '../session/connect';
import { fetchToken, findEdges } from '../session/edge-api';
import { Call, type CallMedia, type Clock } from './call';
import type { Order, Report } from './port';

interface WorkerScope {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(report: Report): void;
  addEventListener(type: 'online', listener: () => void): void;
}

const { connect } = new Connector();
const clock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  every: (milliseconds, step) => void setInterval(step, milliseconds),
};
const media: CallMedia = {
  warmUp: () =>
    void createDecoder()
      .then((decoder) => decoder.free())
      .catch(() => {}),
  playout: (port, memory) => new Playout(port, memory),
  publisher: (sink) => new Publisher(sink),
};
const scope = self as unknown as WorkerScope;
const call = new Call({ connect, findEdges, fetchToken }, clock, media, (report) =>
  scope.postMessage(report),
);
scope.onmessage = (event) => call.obey(event.data);
scope.addEventListener('online', () => call.hurry());
