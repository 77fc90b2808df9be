import type { Frame } from '../frame';
import { SAMPLE_RATE } from '../opus';
import { createDecoder } from './decoder';
import { MirroredRings, Rings, SLOTS, TICK_SAMPLES } from './ring';
import { Speaker } from './speaker';

/**
 * Samples that must be ready when the worker looks: 8 ms at first, more where the machine lets the ring run
 * dry.
 */
const MIN_MARGIN = 384;
const MAX_MARGIN = 2400;
const MARGIN_STEP = 240;
/** The margin shrinks by 1 ms after every 5 s without a gap. */
const MARGIN_DECAY = 48;
const CALM_TICKS = (5 * SAMPLE_RATE) / TICK_SAMPLES;

export interface PlayoutStats {
  readonly received: number;
  readonly lost: number;
  readonly recovered: number;
  readonly late: number;
  readonly duplicates: number;
  /** Frames that were no Opus. */
  readonly broken: number;
  /** Times that sound was made up, in frames of 20 ms. */
  readonly concealed: number;
  /** Frames played or made up. */
  readonly played: number;
  readonly underruns: number;
  readonly delayMs: number;
}

type Counts = Omit<PlayoutStats, 'underruns' | 'delayMs'>;

const NOTHING: Counts = {
  received: 0,
  lost: 0,
  recovered: 0,
  late: 0,
  duplicates: 0,
  broken: 0,
  concealed: 0,
  played: 0,
};

/** Before there is a playout. */
export const NO_SOUND: PlayoutStats = { ...NOTHING, underruns: 0, delayMs: 0 };

function sumOf(sum: Counts, speaker: Speaker): Counts {
  const stats = speaker.stats();
  const concealed = stats.lost - stats.recovered + stats.expanded;
  return {
    received: sum.received + stats.received,
    lost: sum.lost + stats.lost,
    recovered: sum.recovered + stats.recovered,
    late: sum.late + stats.late,
    duplicates: sum.duplicates + stats.duplicates,
    broken: sum.broken + speaker.broken,
    concealed: sum.concealed + concealed,
    played: sum.played + stats.received - stats.late - stats.leftOut + stats.recovered + concealed,
  };
}

interface Heard {
  readonly speaker: Speaker;
  readonly slot: number;
  underruns: number;
  wasPlaying: boolean;
}

/**
 * Everybody that is heard: hands frames to their speakers and speakers to the rings of the playout worklet,
 * whose ticks drive all of it. Lives in the worker.
 */
export class Playout {
  readonly #rings: Rings;
  readonly #heard = new Map<number, Heard>();
  #margin = MIN_MARGIN;
  #calmTicks = 0;
  #underruns = 0;
  #gone = NOTHING;
  readonly #volumes = new Map<number, number>();

  /** @param memory what the worklet reads, or null when it cannot be shared and `port` carries the samples */
  constructor(port: MessagePort, memory: SharedArrayBuffer | null) {
    const rings = memory ? new Rings(memory) : new MirroredRings(port);
    this.#rings = rings;
    port.onmessage = (event: MessageEvent<Int32Array | null>) => {
      if (event.data) rings.takeReadPositions(event.data);
      this.#tick();
    };
  }

  put(frame: Frame): void {
    // Sound that this page has no key for is skipped rather than decoded to noise.
    if (frame.encrypted) return;
    const heard = this.#heard.get(frame.participant) ?? this.#admit(frame.participant);
    if (!heard) return;
    heard.speaker.put(frame);
    heard.speaker.fill(this.#margin);
  }

  /** How loud a participant is heard; 1 is as they sound. */
  setVolume(participant: number, volume: number): void {
    this.#volumes.set(participant, volume);
    const heard = this.#heard.get(participant);
    if (heard) heard.speaker.volume = volume;
  }

  /** The participant is gone, or everybody is when no number is given. */
  forget(participant?: number): void {
    for (const number of participant === undefined ? [...this.#heard.keys()] : [participant]) {
      const heard = this.#heard.get(number);
      if (!heard) continue;
      this.#heard.delete(number);
      this.#gone = sumOf(this.#gone, heard.speaker);
      heard.speaker.release();
    }
  }

  stats(): PlayoutStats {
    let sum = this.#gone;
    let delay = 0;
    for (const { speaker } of this.#heard.values()) {
      sum = sumOf(sum, speaker);
      if (speaker.playing) delay = Math.max(delay, speaker.delaySamples);
    }
    return { ...sum, underruns: this.#underruns, delayMs: Math.round((delay * 1000) / SAMPLE_RATE) };
  }

  #admit(participant: number): Heard | null {
    const slot = this.#freeSlot();
    if (slot === null) return null;
    const rings = this.#rings;
    const speaker = new Speaker(
      {
        level: () => rings.level(slot),
        write: (samples) => rings.write(slot, samples),
      },
      TICK_SAMPLES,
    );
    const heard: Heard = { speaker, slot, underruns: rings.underruns(slot), wasPlaying: false };
    speaker.volume = this.#volumes.get(participant) ?? 1;
    this.#heard.set(participant, heard);
    createDecoder().then(
      (decoder) => {
        speaker.equip(decoder);
        if (this.#heard.get(participant) !== heard) speaker.release();
      },
      // Without the codec the next frame tries again.
      () => this.forget(participant),
    );
    return heard;
  }

  // A ring is free when nobody has it and it is empty; else somebody who is silent gives theirs up.
  #freeSlot(): number | null {
    const taken = new Set([...this.#heard.values()].map((heard) => heard.slot));
    for (let slot = 0; slot < SLOTS; slot++) {
      if (!taken.has(slot) && this.#rings.level(slot) === 0) return slot;
    }
    for (const [participant, { speaker, slot }] of this.#heard) {
      if (speaker.playing || this.#rings.level(slot) > 0) continue;
      this.forget(participant);
      return slot;
    }
    return null;
  }

  #tick(): void {
    let gaps = 0;
    for (const heard of this.#heard.values()) {
      const underruns = this.#rings.underruns(heard.slot);
      // A ring that runs dry after the end of a stream is as it should be.
      if (heard.wasPlaying && heard.speaker.playing) gaps += underruns - heard.underruns;
      heard.underruns = underruns;
      heard.wasPlaying = heard.speaker.playing;
      heard.speaker.tick(this.#margin);
    }
    this.#adapt(gaps);
  }

  #adapt(gaps: number): void {
    if (gaps > 0) {
      this.#underruns += gaps;
      this.#margin = Math.min(MAX_MARGIN, this.#margin + MARGIN_STEP);
      this.#calmTicks = 0;
    } else if (++this.#calmTicks >= CALM_TICKS) {
      this.#margin = Math.max(MIN_MARGIN, this.#margin - MARGIN_DECAY);
      this.#calmTicks = 0;
    }
  }
}
