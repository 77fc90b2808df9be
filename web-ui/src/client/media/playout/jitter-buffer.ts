import type { Frame } from '../frame';
import { FRAME_SAMPLES, payloadSamples } from '../opus';
import { DelayControl } from './delay-control';
import { RecentSequences } from './recent-sequences';

/** Bound of the queue: 5 s of 20 ms frames. Beyond it the buffer begins anew at the newest frame. */
const MAX_WAITING = 250;
/** A sequence this far off is a new stream, not jitter. */
const MAX_JUMP = 500;
/** A new stream starts with this much at hand (40 ms), or after this much time with less. */
const START_SAMPLES = 1920;
/** One that goes on after a pause waits for its time for no longer than this: 120 ms. */
const MAX_HOLD = 5760;
/**
 * A backlog above 400 ms is cut down to 60 ms at once: it comes from a stall, and nobody wants to hear it
 * late.
 */
const BACKLOG_SAMPLES = 19_200;
const BACKLOG_KEEP = 2880;
/** Frames of sound made up for a stream that fell silent before it counts as ended. */
const MAX_EXPAND = 4;
/** 2 %: too little to be heard as a change of pitch in speech. */
const STRETCH = 0.02;

/** What of a frame the buffer looks at. */
type Arrival = Pick<Frame, 'sequence' | 'timestamp' | 'payload'>;

interface Waiting {
  readonly payload: Uint8Array;
  readonly quiet: boolean;
}

/** What the speaker does next. `samples` is how long the sound of it shall be. */
export type Step =
  /** Decode and play. */
  | { readonly kind: 'decode'; readonly payload: Uint8Array; readonly samples: number }
  /** Decode for the decoder's sake, but leave the sound out. */
  | { readonly kind: 'leave-out'; readonly payload: Uint8Array }
  /** A lost frame whose copy (in-band FEC) is in `payload`, the frame after it. */
  | { readonly kind: 'recover'; readonly payload: Uint8Array; readonly samples: number }
  /** Sound made up by the decoder. `last`: nothing follows, fade out. */
  | { readonly kind: 'conceal'; readonly samples: number; readonly last: boolean };

export interface JitterStats {
  /** Each frame once, however often it came. */
  readonly received: number;
  /** Came again, as over two connections during a move. */
  readonly duplicates: number;
  readonly late: number;
  readonly lost: number;
  readonly recovered: number;
  /**
   * Made up for no frame in particular, since none was there; the fade at the end of speech is not among
   * them.
   */
  readonly expanded: number;
  readonly leftOut: number;
}

/**
 * The frames of one speaker between the network and the decoder. Frames wait by sequence, are handed out just
 * in time, and are given up only at the deadline. Pull-driven: holds no clock and no timer. Owned by its
 * speaker.
 */
export class JitterBuffer {
  readonly #waiting = new Map<number, Waiting>();
  readonly #delay: DelayControl;
  readonly #recent = new RecentSequences();
  #next = 0;
  #newest = 0;
  // Where the newest frame ends on the speaker's clock.
  #end = 0;
  #duration = FRAME_SAMPLES;
  // Holding: the stream has not begun, or ended; frames gather until there is enough to begin.
  #holding = true;
  #begun = false;
  #heldFor = 0;
  #expanding = 0;
  // Frames made up at the end of the stream: whether anything was missing shows when it goes on.
  #faded = 0;
  #cutting = false;
  #received = 0;
  #duplicates = 0;
  #late = 0;
  #lost = 0;
  #recovered = 0;
  #expanded = 0;
  #leftOut = 0;

  /** @param lookEvery samples played between two calls of `look` */
  constructor(private readonly lookEvery: number) {
    this.#delay = new DelayControl(lookEvery);
  }

  /** True while sound is owed: between the first frame handed out and the end of the stream. */
  get playing(): boolean {
    return !this.#holding;
  }

  /** Samples that wait here, gaps included. */
  get waitingSamples(): number {
    return this.#waiting.size === 0 ? 0 : (distance(this.#newest, this.#next) + 1) * this.#duration;
  }

  stats(): JitterStats {
    return {
      received: this.#received,
      duplicates: this.#duplicates,
      late: this.#late,
      lost: this.#lost,
      recovered: this.#recovered,
      expanded: this.#expanded,
      leftOut: this.#leftOut,
    };
  }

  /**
   * Takes a frame from the network. The payload is kept, not copied.
   * @param timestamp of its first sample, on the speaker's clock
   * @param ready samples the ring holds
   */
  put({ sequence, timestamp, payload }: Arrival, quiet: boolean, ready: number): void {
    const ahead = distance(sequence, this.#next);
    const jump = !this.#begun || Math.abs(ahead) > MAX_JUMP;
    if (jump) this.#recent.clear();
    if (!this.#recent.add(sequence)) {
      this.#duplicates++;
      return;
    }
    this.#received++;
    const silence = jump ? 0 : this.#silenceBefore(sequence, timestamp);
    if (silence > 0 && !this.#holding) {
      if (this.#waiting.size === 0) this.#stop(ready);
      else this.#delay.shifted(-silence);
    }
    if (!this.#holding && !jump && ahead >= 0) this.#delay.came(ready + this.#waitBefore(ahead));
    if (jump || this.#waiting.size >= MAX_WAITING) {
      this.#beginAt(sequence);
    } else if (this.#holding && (this.#waiting.size === 0 || ahead < 0) && !this.#alreadyPlayed(ahead)) {
      // The stream pauses: what was lost in the pause needs no making up, and order is not settled yet.
      if (this.#waiting.size === 0) this.#goOn(sequence, silence);
      this.#next = sequence;
    } else if (ahead < 0) {
      this.#late++;
      return;
    } else if (this.#expanding > 0 && this.#waiting.size === 0) {
      this.#stoodFor(Math.min(ahead, this.#expanding));
    }
    const first = this.#waiting.size === 0;
    this.#duration = payloadSamples(payload);
    this.#waiting.set(sequence, { payload, quiet });
    if (first || distance(sequence, this.#newest) > 0) {
      this.#newest = sequence;
      this.#end = timestamp + this.#duration;
    }
    if (this.waitingSamples > BACKLOG_SAMPLES) this.#cutting = true;
  }

  /** To be called after every `lookEvery` samples played. */
  look(): void {
    if (this.#holding) {
      this.#delay.idle();
      if (this.#waiting.size > 0) this.#heldFor += this.lookEvery;
    } else {
      this.#delay.look();
    }
  }

  /**
   * The next step, or null when there is none for now.
   * @param ready samples the ring holds
   * @param deadline with less than this ready, a missing frame is given up
   */
  pull(ready: number, deadline: number): Step | null {
    if (this.#holding && !this.#release(ready, deadline)) return null;
    if (this.#cutting) this.#skipGap();
    const frame = this.#waiting.get(this.#next);
    if (frame) return this.#handOut(frame, deadline);
    if (ready >= deadline) return null;
    return this.#waiting.size > 0 ? this.#giveUp() : this.#expand(ready);
  }

  #handOut(frame: Waiting, deadline: number): Step {
    this.#waiting.delete(this.#next);
    this.#next = (this.#next + 1) >>> 0;
    this.#expanding = 0;
    const samples = payloadSamples(frame.payload);
    if (this.#cutting && this.waitingSamples <= BACKLOG_KEEP) this.#cutting = false;
    const advice = this.#cutting ? 'leave-out' : this.#delay.advise(deadline, frame.quiet);
    if (advice === 'leave-out') {
      this.#leftOut++;
      this.#delay.shifted(-samples);
      return { kind: 'leave-out', payload: frame.payload };
    }
    const change = advice === 'faster' ? -STRETCH : advice === 'slower' ? STRETCH : 0;
    const stretched = Math.round(samples * (1 + change));
    this.#delay.shifted(stretched - samples);
    return { kind: 'decode', payload: frame.payload, samples: stretched };
  }

  #giveUp(): Step {
    this.#next = (this.#next + 1) >>> 0;
    this.#lost++;
    const following = this.#waiting.get(this.#next);
    if (!following) return { kind: 'conceal', samples: this.#duration, last: false };
    this.#recovered++;
    return { kind: 'recover', payload: following.payload, samples: this.#duration };
  }

  #expand(ready: number): Step {
    this.#expanding++;
    this.#delay.shifted(this.#duration);
    const last = this.#expanding >= MAX_EXPAND;
    if (last) this.#stop(ready + this.#duration);
    return { kind: 'conceal', samples: this.#duration, last };
  }

  #release(ready: number, deadline: number): boolean {
    if (this.#waiting.size === 0) return false;
    const slack = ready + this.waitingSamples;
    const known = this.#delay.startSlack(this.#end, deadline);
    // With less than this the frame after the first would come too late.
    const least = this.#duration + deadline;
    const wanted = Math.max(known ?? START_SAMPLES, least);
    const longest = known === null ? START_SAMPLES : MAX_HOLD;
    // Up to half a tick early is nearer than the next tick.
    if (slack < wanted - this.lookEvery / 2 && this.#heldFor < longest) return false;
    this.#delay.start(this.#end, slack);
    this.#holding = false;
    this.#expanding = 0;
    // What gathered while the decoder was loading would otherwise stay as delay.
    if (slack > wanted + BACKLOG_KEEP) this.#cutting = true;
    return true;
  }

  #pause(): void {
    this.#holding = true;
    this.#heldFor = 0;
    this.#expanding = 0;
  }

  #beginAt(sequence: number): void {
    this.#waiting.clear();
    this.#next = sequence;
    this.#newest = sequence;
    this.#begun = true;
    this.#cutting = false;
    this.#faded = 0;
    this.#delay.reset();
    this.#pause();
  }

  // Silence that the speaker left out shows as time that no sequence stands for.
  #silenceBefore(sequence: number, timestamp: number): number {
    const after = distance(sequence, this.#newest);
    if (after <= 0) return 0;
    const silence = distance(timestamp, this.#end) - (after - 1) * this.#duration;
    return silence < this.#duration ? 0 : silence;
  }

  // Sound made up while nothing was here has stood for so many frames that are now known to be lost.
  #stoodFor(frames: number): void {
    this.#expanded += this.#expanding - frames;
    this.#expanding = 0;
    this.#next = (this.#next + frames) >>> 0;
    this.#delay.shifted(-frames * this.#duration);
    this.#lost += frames;
  }

  #stop(ready: number): void {
    this.#delay.pause(this.#end, ready, this.#expanding * this.#duration);
    this.#faded = this.#expanding;
    this.#pause();
  }

  // Where no silence was left out, the stream was cut off and something is missing.
  #goOn(sequence: number, silence: number): void {
    if (silence === 0) this.#expanded += this.#faded;
    this.#faded = 0;
    this.#newest = sequence;
  }

  // What is played before this frame, or before the first one missing, which it may have to stand in for.
  #waitBefore(ahead: number): number {
    return Math.min(ahead * this.#duration, this.waitingSamples);
  }

  // While holding, a frame before the first one waiting may still become the first, one before a pause may
  // not.
  #alreadyPlayed(ahead: number): boolean {
    return ahead < 0 && this.#waiting.size === 0;
  }

  // A backlog that is being cut is not filled up with made-up sound.
  #skipGap(): void {
    while (this.#waiting.size > 0 && !this.#waiting.has(this.#next)) {
      this.#next = (this.#next + 1) >>> 0;
      this.#lost++;
    }
  }
}

/** How far sequence `a` is ahead of `b`, across the wrap at 2^32. */
export function distance(a: number, b: number): number {
  return (a - b) | 0;
}
