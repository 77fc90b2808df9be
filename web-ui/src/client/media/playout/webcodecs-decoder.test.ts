import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onTime, play, steepest, TONE_STEP, toneOf, tonePayload } from '../../testing/tone';
import { WebCodecsDecoder } from './webcodecs-decoder';

/**
 * WebCodecs' decoder as Chromium has it: done a moment later, in order; closed for good by the first bad
 * payload.
 */
class FakeAudioDecoder {
  static opened = 0;
  static stuck = false;
  static inside = 0;
  state = 'unconfigured';

  constructor(private readonly init: AudioDecoderInit) {
    FakeAudioDecoder.opened++;
  }

  configure(): void {
    this.state = 'configured';
  }

  decode(chunk: FakeChunk): void {
    if (this.state !== 'configured') throw new Error('InvalidStateError');
    FakeAudioDecoder.inside++;
    if (!FakeAudioDecoder.stuck) queueMicrotask(() => this.#finish(chunk));
  }

  close(): void {
    this.state = 'closed';
  }

  #finish({ init }: FakeChunk): void {
    if (this.state === 'closed') return;
    let sound: Float32Array;
    try {
      sound = toneOf(init.data);
    } catch (cause) {
      this.state = 'closed';
      this.init.error(cause as DOMException);
      return;
    }
    this.init.output(new FakeAudioData(sound) as unknown as AudioData);
  }
}

class FakeAudioData {
  readonly numberOfChannels = 1;
  readonly numberOfFrames: number;

  constructor(private readonly samples: Float32Array) {
    this.numberOfFrames = samples.length;
  }

  copyTo(into: Float32Array): void {
    into.set(this.samples);
  }

  close(): void {}
}

class FakeChunk {
  constructor(readonly init: { data: Uint8Array }) {}
}

/** The least that is heard in any 10 ms, once the stream has begun and before it ends. */
function faintest(out: readonly number[]): number {
  const peaks: number[] = [];
  for (let at = 9600; at < out.length - 9600; at += 480) peaks.push(Math.max(...out.slice(at, at + 480)));
  return Math.min(...peaks);
}

describe('a speaker decoded by WebCodecs', () => {
  beforeEach(() => {
    Object.assign(FakeAudioDecoder, { opened: 0, stuck: false, inside: 0 });
    vi.stubGlobal('AudioDecoder', FakeAudioDecoder);
    vi.stubGlobal('EncodedAudioChunk', FakeChunk);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('isHeardInOrder', async () => {
    const { out, speaker } = await play(new WebCodecsDecoder(), 1000, onTime);
    expect(steepest(out)).toBeLessThan(TONE_STEP);
    expect(faintest(out)).toBeGreaterThan(0.49);
    expect(speaker.stats()).toMatchObject({ lost: 0, expanded: 0 });
  });

  it('isHeardInOrderAlsoWhenFramesAreNot', async () => {
    // Every fifth comes after the one that follows it.
    const { out, speaker } = await play(new WebCodecsDecoder(), 1000, (tick) =>
      onTime(tick).flatMap((n) => {
        if (n % 5 === 0) return [];
        return n % 5 === 1 ? [n, n - 1] : [n];
      }),
    );
    expect(steepest(out.slice(48_000))).toBeLessThan(TONE_STEP);
    // Within the first second, until the delay has grown to hold the order.
    expect(speaker.stats().late).toBeLessThan(10);
  });

  it('concealsLostFramesWithoutAClick', async () => {
    const { out } = await play(new WebCodecsDecoder(), 1000, (tick) =>
      onTime(tick).filter((n) => n % 25 !== 24),
    );
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.3);
    expect(faintest(out)).toBeGreaterThan(0.25);
  });

  it('outlivesWhatTheCodecRefuses', async () => {
    const { out, speaker } = await play(new WebCodecsDecoder(), 1000, onTime, (n) => n % 50 === 49);
    expect(speaker.broken).toBe(5);
    expect(FakeAudioDecoder.opened).toBe(6);
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.3);
    expect(faintest(out)).toBeGreaterThan(0.25);
    expect(speaker.stats()).toMatchObject({ received: 267, lost: 0 });
  });

  it('hasFramesThatCameBeforeItsDecoderConcealed', async () => {
    const decoder = new WebCodecsDecoder();
    expect(decoder.decode(tonePayload(0))).toEqual(new Float32Array(960));
    const { out } = await play(decoder, 500, onTime);
    expect(faintest(out)).toBeGreaterThan(0.49);
  });

  it('losesWhatACodecThatIsStuckCannotTake', async () => {
    FakeAudioDecoder.stuck = true;
    const { out, speaker } = await play(new WebCodecsDecoder(), 1000, onTime);
    expect(FakeAudioDecoder.inside).toBe(50);
    expect(out.every((sample) => sample === 0)).toBe(true);
    expect(speaker.playing).toBe(false);
  });
});
