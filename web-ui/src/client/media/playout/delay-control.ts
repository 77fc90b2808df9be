import { SlackHistory } from './slack-history';

/** What decides whether sound comes in time; long enough to see the bursts of a busy Wi-Fi. */
const WINDOW_SECONDS = 2;
/** What decides how much of a delay that does no harm may go all the same. */
const MEMORY_SECONDS = 10;
const SETTLED_SECONDS = 0.5;
const REMEMBERED_SECONDS = 3;
/** What comes in the first moment (100 ms) after a pause says nothing: it may be the burst after a stall. */
const BEGIN = 4_800;
/**
 * Width of the band in which nothing is changed: 14 ms by the last seconds alone, 4 ms by all that is
 * remembered.
 */
const BAND = 672;
const NARROW_BAND = 192;
/** Slack above the band from which a quiet frame, or any frame, is left out instead of played faster. */
const LEAVE_OUT_QUIET = 960;
const LEAVE_OUT_ANY = 3840;
/**
 * The clocks of both ends drift apart by some milliseconds in a pause of 30 s; after it the delay is found
 * anew.
 */
const MAX_PAUSE = 30 * 48_000;
/** With frames so far from where they would be expected (300 ms) the speaker's clock has jumped. */
const MAX_JUMP = 14_400;

export type Advice = 'keep' | 'faster' | 'slower' | 'leave-out';

/**
 * Steers the delay of one speaker by the least slack, which is how long before its turn a frame came: what is
 * never used up is delay for nothing. Needs no clock and no estimate of jitter, and follows clock drift by
 * itself. What was learned outlives the speaker's pauses, and is put into effect in them. Owned by its jitter
 * buffer.
 */
export class DelayControl {
  // Without the delay that was added on purpose, so that a change shows its whole effect on the least slack
  // at once and the control does not overshoot.
  readonly #history: SlackHistory;
  #added = 0;
  // While the speaker pauses: what would be played now if no delay had ever been added, on the speaker's
  // clock.
  #position: number | null = null;
  #paused = 0;
  // Since the speaker last began.
  #played = 0;

  /** @param lookEvery samples between two calls of `look` or `idle` */
  constructor(private readonly lookEvery: number) {
    this.#history = new SlackHistory(lookEvery);
  }

  /** Time goes by while the speaker is played, ... */
  look(): void {
    this.#played += this.lookEvery;
    this.#history.look();
  }

  /** ... and while not. */
  idle(): void {
    if (this.#position !== null) this.#position += this.lookEvery;
    this.#paused += this.lookEvery;
  }

  /** A frame came with this slack. */
  came(slack: number): void {
    if (this.#played >= BEGIN) this.#history.note(slack - this.#added);
  }

  /** Tells that the delay was changed on purpose: positive when samples were added. */
  shifted(samples: number): void {
    this.#added += samples;
  }

  /** Forgets everything. */
  reset(): void {
    this.#history.clear();
    this.#added = 0;
    this.#position = null;
  }

  /**
   * The speaker pauses.
   * @param end of the last frame, on the speaker's clock
   * @param ready samples still to be played
   * @param madeUp those added after that frame, which are no delay for what follows
   */
  pause(end: number, ready: number, madeUp: number): void {
    this.#position = end - ready + this.#added;
    this.#added -= madeUp;
    this.#paused = 0;
  }

  /**
   * How much sound up to `end` is to wait for the speaker to go on with the right delay; null when nothing is
   * known.
   * @param deadline slack below which sound would have to be made up
   */
  startSlack(end: number, deadline: number): number | null {
    const slack = this.#slackAt(end);
    return slack === null ? null : slack + this.#added - this.#spare(deadline);
  }

  /** The speaker goes on, and this much sound up to `end` waits. */
  start(end: number, waiting: number): void {
    const slack = this.#slackAt(end);
    if (slack === null) this.reset();
    else this.#added = waiting - slack;
    this.#position = null;
    this.#played = 0;
  }

  advise(deadline: number, quiet: boolean): Advice {
    const { seconds } = this.#history;
    if (seconds < SETTLED_SECONDS) return 'keep';
    const low = deadline + 48;
    const high = low + BAND;
    const least = this.#least(WINDOW_SECONDS);
    if (least > high + LEAVE_OUT_ANY || (quiet && least > high + LEAVE_OUT_QUIET)) return 'leave-out';
    if (least > high) return 'faster';
    if (least < low) return 'slower';
    return this.#spare(deadline) > 0 ? 'faster' : 'keep';
  }

  /** Delay that can go at leisure, below zero when there is too little. */
  #spare(deadline: number): number {
    const { seconds } = this.#history;
    const low = deadline + 48;
    if (seconds < SETTLED_SECONDS) return 0;
    const lacking = this.#least(WINDOW_SECONDS) - low;
    if (lacking < 0) return lacking;
    return seconds < REMEMBERED_SECONDS ? 0 : Math.max(0, this.#least(MEMORY_SECONDS) - low - NARROW_BAND);
  }

  #least(seconds: number): number {
    return this.#history.least(seconds) + this.#added;
  }

  // On the timeline without added delay.
  #slackAt(end: number): number | null {
    if (this.#position === null || this.#paused > MAX_PAUSE) return null;
    const slack = (end - this.#position) | 0;
    return Math.abs(slack + this.#added) > MAX_JUMP ? null : slack;
  }
}
