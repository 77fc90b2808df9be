const TICK_MS = 100;
/** After so much silence the edge is asked for a sign of life, and again after each such time. */
const QUIET_MS = 300;
const PING_EVERY_MS = 2_000;
/** The least silence after which an edge is suspected. */
const SUSPECT_MS = 800;
const ROUND_TRIPS = 3;
/** A silence this long is not waited out, even where there is no other edge. */
const DEAD_MS = 6_000;
/** A tick this late means that we slept, not the edge. */
const LATE_MS = 500;
/** A connection that held this long without a doubt is a good one. */
const STEADY_MS = 5_000;
/** The share of a new round trip in the smoothed one. */
const GAIN = 0.25;

export interface HeartbeatSink {
  /** To be sent; `time` comes back in the answer. */
  ping(time: bigint): void;
  /** Nothing was heard for too long. */
  suspect(): void;
  /** The suspected edge speaks. */
  alive(): void;
  /** The silence has lasted too long for anything. */
  dead(): void;
  steady(): void;
}

/** Watches one connection for signs of life. */
export class Heartbeat {
  readonly #timer: ReturnType<typeof setInterval>;
  #roundTrip: number;
  #heardAt = performance.now();
  #calmSince = this.#heardAt;
  #tickedAt = this.#heardAt;
  #pingedAt = 0;
  #suspect = false;

  /** @param roundTrip a first measure, in milliseconds */
  constructor(
    private readonly sink: HeartbeatSink,
    roundTrip: number,
  ) {
    this.#roundTrip = roundTrip;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.ping();
  }

  get suspect(): boolean {
    return this.#suspect;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Anything at all has come. */
  heard(): void {
    this.#heardAt = performance.now();
    if (!this.#suspect) return;
    this.#suspect = false;
    this.#calmSince = this.#heardAt;
    this.sink.alive();
  }

  /** Takes the `time` of an answer and returns how long the way there and back took. */
  pong(time: bigint): number {
    const took = performance.now() - Number(time) / 1000;
    this.#roundTrip += GAIN * (took - this.#roundTrip);
    return took;
  }

  ping(): void {
    this.#pingedAt = performance.now();
    this.sink.ping(BigInt(Math.round(this.#pingedAt * 1000)));
  }

  #tick(): void {
    const now = performance.now();
    const slept = now - this.#tickedAt > TICK_MS + LATE_MS;
    this.#tickedAt = now;
    // What came meanwhile may still wait to be read: the edge is given a fresh chance.
    if (slept) {
      this.#heardAt = now;
      return this.ping();
    }
    const silence = now - this.#heardAt;
    if (now - this.#pingedAt >= (silence >= QUIET_MS ? QUIET_MS : PING_EVERY_MS)) this.ping();
    this.#judge(now, silence);
  }

  #judge(now: number, silence: number): void {
    const patience = Math.max(SUSPECT_MS, QUIET_MS + ROUND_TRIPS * this.#roundTrip);
    if (silence >= Math.max(DEAD_MS, 2 * patience)) {
      this.sink.dead();
    } else if (!this.#suspect && silence >= patience) {
      this.#suspect = true;
      this.sink.suspect();
    } else if (!this.#suspect && now - this.#calmSince >= STEADY_MS) {
      this.sink.steady();
    }
  }
}
