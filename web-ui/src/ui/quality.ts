import { inTheRoom, type RoomView } from './room-view';

/** How well one is connected, in a word for people. */
export type Quality = 'good' | 'fair' | 'weak' | 'lost';

/** So many seconds are looked at: one bad moment is no bad connection. */
const SECONDS = 5;

/** From these on a conversation is disturbed, and from the others it hardly works (ITU-T G.114 for delay). */
const FAIR = { roundTrip: 250, lossPercent: 2, concealedPercent: 2 };
const WEAK = { roundTrip: 500, lossPercent: 8, concealedPercent: 8 };

/** How the connection has been lately; `lost` while there is none. */
export function qualityOf(view: RoomView): Quality {
  if (!inTheRoom(view)) return 'lost';
  const { moments, roundTrip } = view;
  const recent = moments.slice(-SECONDS).map(({ figures }) => figures);
  const now = {
    roundTrip: roundTrip ?? 0,
    lossPercent: mean(recent.map(({ lossPercent }) => lossPercent)),
    concealedPercent: mean(recent.map(({ concealedPercent }) => concealedPercent)),
  };
  if (reaches(now, WEAK)) return 'weak';
  return reaches(now, FAIR) ? 'fair' : 'good';
}

function reaches(now: typeof FAIR, limit: typeof FAIR): boolean {
  return (
    now.roundTrip >= limit.roundTrip ||
    now.lossPercent >= limit.lossPercent ||
    now.concealedPercent >= limit.concealedPercent
  );
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}
