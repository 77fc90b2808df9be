import { FRAME_SAMPLES, SAMPLE_RATE } from '../media/opus';
import type { Decoder } from '../media/playout/decoder';
import type { JitterStats } from '../media/playout/jitter-buffer';
import { RINGS_BYTES, Rings, TICK_SAMPLES } from '../media/playout/ring';
import { RingVoice } from '../media/playout/ring-voice';
import { Speaker } from '../media/playout/speaker';
import { frame } from './frame';
import type { Speech } from './speech';

/** How frames of 20 ms came over a link. See traces/README.md. */
export interface Trace {
  readonly link: string;
  /** Milliseconds after each frame's turn, null for a frame that was lost. */
  readonly delays: readonly (number | null)[];
}

export type Origin = 'decoded' | 'recovered' | 'concealed';

/** The sound that was played in a frame's place. */
export interface Place {
  readonly frame: number;
  readonly origin: Origin;
  readonly sound: Float32Array;
}

export interface Heard {
  /** What comes out in the end. */
  readonly samples: Float32Array;
  readonly places: readonly Place[];
  readonly stats: JitterStats;
  /** Times that there was nothing to play although sound was owed. */
  readonly gaps: number;
  /**
   * Milliseconds that sound waited in the buffer and the ring, at each tick; null while nothing is played.
   */
  readonly waits: readonly (number | null)[];
}

/** As Playout begins with. */
const MARGIN = 384;
const SAMPLES_PER_MS = SAMPLE_RATE / 1000;

/** Plays speech that comes as a trace says, from speaker to worklet, on a clock of ticks. */
export function listen(
  { delays }: Trace,
  said: Speech,
  decoder: Decoder,
  isSent: (frame: number) => boolean = () => true,
): Heard {
  const ear = new Ear(said, decoder);
  let sent = 0;
  const coming = delays
    .flatMap((delay, frame) => {
      if (!isSent(frame)) return [];
      const sequence = sent++;
      return delay === null ? [] : [{ frame, sequence, at: frame * FRAME_SAMPLES + delay * SAMPLES_PER_MS }];
    })
    .sort((a, b) => a.at - b.at);
  let next = 0;
  for (let end = TICK_SAMPLES; end <= delays.length * FRAME_SAMPLES; end += TICK_SAMPLES) {
    for (let each = coming[next]; each && each.at < end; each = coming[++next])
      ear.receive(each.frame, each.sequence);
    ear.tick(end - TICK_SAMPLES);
  }
  return ear.heard();
}

class Ear {
  readonly #rings = new Rings(new ArrayBuffer(RINGS_BYTES));
  readonly #voice = new RingVoice(this.#rings, 0);
  readonly #witness: Witness;
  readonly #speaker = new Speaker(
    {
      level: () => this.#rings.level(0),
      write: (sound) => this.#write(sound),
    },
    TICK_SAMPLES,
  );
  readonly #places: Place[] = [];
  readonly #waits: (number | null)[] = [];
  readonly #samples: Float32Array;
  #gaps = 0;

  constructor(
    private readonly said: Speech,
    decoder: Decoder,
  ) {
    this.#witness = new Witness(decoder, said.payloads);
    this.#speaker.equip(this.#witness);
    this.#samples = new Float32Array(said.payloads.length * FRAME_SAMPLES);
  }

  receive(said: number, sequence: number): void {
    const payload = this.said.payloads[said] ?? new Uint8Array();
    const level = { voice: true, dbov: this.said.levels[said] ?? 0 };
    this.#speaker.put(frame(sequence, payload, { level, timestamp: said * FRAME_SAMPLES }));
    this.#speaker.fill(MARGIN);
  }

  /** Plays from this sample on. */
  tick(from: number): void {
    const underruns = this.#rings.underruns(0);
    this.#voice.addTo(this.#samples.subarray(from, from + TICK_SAMPLES), new Float32Array(TICK_SAMPLES));
    if (this.#speaker.playing) this.#gaps += this.#rings.underruns(0) - underruns;
    this.#waits.push(this.#speaker.playing ? this.#speaker.delaySamples / SAMPLES_PER_MS : null);
    this.#speaker.tick(MARGIN);
  }

  heard(): Heard {
    const stats = this.#speaker.stats();
    return { samples: this.#samples, places: this.#places, stats, gaps: this.#gaps, waits: this.#waits };
  }

  #write(sound: Float32Array): void {
    this.#places.push({ frame: this.#witness.frame, origin: this.#witness.origin, sound: sound.slice() });
    this.#rings.write(0, sound);
  }
}

/** Sees which frame's place the latest sound takes. */
class Witness implements Decoder {
  frame = -1;
  origin: Origin = 'decoded';

  constructor(
    private readonly decoder: Decoder,
    private readonly payloads: readonly Uint8Array[],
  ) {}

  decode(payload: Uint8Array): Float32Array {
    this.#see(this.payloads.indexOf(payload), 'decoded');
    return this.decoder.decode(payload);
  }

  recover(following: Uint8Array, samples: number): Float32Array {
    this.#see(this.payloads.indexOf(following) - 1, 'recovered');
    return this.decoder.recover(following, samples);
  }

  conceal(samples: number): Float32Array {
    this.#see(this.frame + 1, 'concealed');
    return this.decoder.conceal(samples);
  }

  free(): void {
    this.decoder.free();
  }

  #see(frame: number, origin: Origin): void {
    this.frame = frame;
    this.origin = origin;
  }
}
