/** What is known of the way from this microphone to the others, about every two seconds. */
export interface WayReport {
  /** Share of our frames, 0 to 1, that did not reach the edge. */
  readonly uplinkLoss: number;
  /** Share of frames that half of the listeners or more are missing. */
  readonly listenersLoss: number;
  /** Frames that this browser could not send in time. */
  readonly unsent: number;
  /** Bits a second that the token allows; 0 for as many as everybody may send. */
  readonly maxBitrate: number;
}

export interface Coding {
  readonly bitrate: number;
  /** Percent of loss that the encoder's in-band error correction prepares for. */
  readonly expectedLoss: number;
}

const MIN_BITRATE = 12_000;
/**
 * Below this libopus has no room for in-band FEC, which is worth more than the bits where frames are lost.
 */
const MIN_PROTECTED_BITRATE = 20_000;
const MAX_BITRATE = 48_000;
const FIRST_BITRATE = 32_000;
/** Full band without artefacts that a musician would mind; the uplink has to carry it. */
const MUSIC_BITRATE = 96_000;
const STEP_UP = 4_000;
/** Reports without trouble before more is tried. */
const CALM_REPORTS = 2;
/** Loss above this is congestion rather than bad radio. */
const CONGESTED = 0.1;
const BACK_OFF = 0.7;
/** The least that Opus can. */
const LEAST_BITRATE = 6_000;
/** What is coded has now less, now more than what the encoder is told. */
const MARGIN = 0.9;
/** Each step costs bits, so there are few. Expecting 5 or less, libopus has no FEC in it below 36 kbit/s. */
const EXPECTED = [6, 10, 20, 30];

/**
 * Chooses bitrate and protection from what the uplink and most listeners report. The listeners' figure is
 * their median, so that one with a bad link degrades nobody; the edge sends that one fewer speakers instead.
 */
export class BitrateControl {
  #bitrate = FIRST_BITRATE;
  #loss = 0.1;
  #calm = 0;
  #most = Number.POSITIVE_INFINITY;

  /** @param music its bitrate does not follow the link */
  coding(music: boolean): Coding {
    const percent = this.#loss * 100;
    const expectedLoss = EXPECTED.find((step) => percent <= step) ?? 30;
    const wanted = music ? MUSIC_BITRATE : this.#bitrate;
    return { bitrate: Math.floor(Math.min(wanted, this.#most)), expectedLoss };
  }

  report({ uplinkLoss, listenersLoss, unsent, maxBitrate }: WayReport): void {
    this.#most = maxBitrate === 0 ? Number.POSITIVE_INFINITY : Math.max(LEAST_BITRATE, maxBitrate * MARGIN);
    // What is lost on the uplink is missing at the listeners, too.
    const loss = Math.max(uplinkLoss, listenersLoss);
    // Up at once, down slowly: loss comes in bursts.
    this.#loss = loss > this.#loss ? loss : this.#loss * 0.8 + loss * 0.2;
    if (unsent > 0 || loss > CONGESTED) {
      const least = unsent > 0 ? MIN_BITRATE : Math.min(this.#bitrate, MIN_PROTECTED_BITRATE);
      this.#bitrate = Math.max(least, Math.round(this.#bitrate * BACK_OFF));
      this.#calm = 0;
    } else if (++this.#calm > CALM_REPORTS) {
      this.#bitrate = Math.min(MAX_BITRATE, this.#bitrate + STEP_UP);
    }
  }
}
