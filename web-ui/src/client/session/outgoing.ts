import { cleanLine, lengthOf, MAX_LINE } from './plain-text';

/** So many lines wait at most. */
export const MAX_WAITING = 50;
/** Lines follow each other no faster than an edge usually lets them, so that a mute has room beside them. */
const PACE_MS = 100;
/** No edge asks for more patience than this. */
const MAX_PACE_MS = 30_000;
/** An edge tells what was said within a quarter of a second. */
const ANSWER_MS = 10_000;
/** A line that five connections did not survive is not sent by a sixth. */
const MAX_TRIES = 5;

/** A line of chat. */
export interface Line {
  /** Random, not 0; a line that is said again has the same. */
  readonly id: number;
  readonly text: string;
}

/**
 * Why a line was not said: the edge refused it, it is too long, no edge ever acknowledged it, too many wait
 * before it, or the session has ended.
 */
export type Unsaid = 'refused' | 'forbidden' | 'too-long' | 'unanswered' | 'full' | 'ended';

export interface OutgoingSink {
  /** Returns false when there is no connection. */
  send(line: Line): boolean;
  /** It waits to be said. */
  writing(line: Line): void;
  /** It was not said, and does not wait any longer. */
  unsaid(line: Line, why: Unsaid, message: string): void;
}

/**
 * What this person has written and no edge has acknowledged. Survives connections: one line at a time is on
 * its way, which keeps their order and tells what a refusal is about, and it is sent again by the next
 * connection. Bound: `MAX_WAITING` lines. Owned by the session.
 */
export class Outgoing {
  /** The first one may be on its way. */
  #waiting: Line[] = [];
  #onItsWay = false;
  #tries = 0;
  #pace = PACE_MS;
  /** Until the line on its way is given up for lost, or until the next one may go. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(private readonly sink: OutgoingSink) {}

  /** @param id of a line that was written before */
  write(text: string, id = randomId()): void {
    const line = { id, text: cleanLine(text) };
    if (line.text === '' || this.#waiting.some((each) => each.id === id)) return;
    this.sink.writing(line);
    const why = this.#obstacle(line);
    if (why) return this.sink.unsaid(line, why, '');
    this.#waiting.push(line);
    if (this.#timer === undefined) this.#next();
  }

  /** There is a connection, which knows of no line yet. */
  connected(): void {
    this.#next();
  }

  /**
   * The edge tells everybody what this person said. Returns the line that is acknowledged by it, or null. An
   * edge of an older version leaves the id out.
   */
  heard(id: number, text: string): Line | null {
    const [first] = this.#waiting;
    const isIt = (line: Line): boolean =>
      id === 0 ? this.#onItsWay && line === first && line.text === text : line.id === id;
    const line = this.#waiting.find(isIt) ?? null;
    this.#waiting = this.#waiting.filter((each) => each !== line);
    if (line && line === first) this.#rest();
    return line;
  }

  /** Returns whether that may be about a line, or comes of the lines before it. */
  refused(error: string, message: string, retryAfter: number): boolean {
    switch (error) {
      case 'bad_text': {
        const about = this.#onItsWay;
        if (about) this.#giveUp('refused', message);
        return about;
      }
      case 'forbidden': {
        // The edge names the right that is missing; another one is about another request.
        const about = this.#onItsWay && /\bchat\b/.test(message);
        if (about) this.#giveUp('forbidden', '');
        return about;
      }
      case 'rate_limited': {
        if (this.#timer === undefined) return false;
        // Half of what the edge allows is left to the rest of what is asked.
        this.#pace = Math.min(Math.max(this.#pace, 2 * retryAfter), MAX_PACE_MS);
        if (this.#onItsWay) this.#tries--;
        this.#pause();
        return true;
      }
      default:
        return false;
    }
  }

  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    for (const line of this.#waiting.splice(0)) this.sink.unsaid(line, 'ended', '');
  }

  #obstacle({ text }: Line): Unsaid | null {
    if (this.#over) return 'ended';
    if (lengthOf(text) > MAX_LINE) return 'too-long';
    return this.#waiting.length >= MAX_WAITING ? 'full' : null;
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#onItsWay = false;
    const [line] = this.#waiting;
    if (!line) this.#pace = PACE_MS;
    else if (this.#tries >= MAX_TRIES) this.#giveUp('unanswered', '');
    else if (this.sink.send(line)) {
      this.#tries++;
      this.#onItsWay = true;
      this.#timer = setTimeout(() => this.#next(), ANSWER_MS);
    }
  }

  #giveUp(why: Unsaid, message: string): void {
    const line = this.#waiting.shift();
    if (line) this.sink.unsaid(line, why, message);
    this.#rest();
  }

  // The first line is a new one.
  #rest(): void {
    this.#tries = 0;
    this.#pause();
  }

  #pause(): void {
    this.#onItsWay = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), this.#pace);
  }
}

function randomId(): number {
  const [id = 0] = crypto.getRandomValues(new Uint32Array(1));
  return id || 1;
}
