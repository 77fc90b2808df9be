import type { Event, Participant, Welcome } from './control';

/** Somebody in the room, as the page shows them. */
export interface Presence {
  readonly number: number;
  readonly user: string;
  readonly name: string;
  readonly muted: boolean;
  readonly deafened: boolean;
  readonly handRaised: boolean;
  /** Milliseconds since 1970 by an edge's clock, to be compared with those of others; 0 without a hand. */
  readonly handRaisedAt: number;
  /** Without a connection, and may come back. */
  readonly away: boolean;
  /** Somebody else is there who had such a name before, or whom a token names. */
  readonly lookalike: boolean;
  /** May not be heard. */
  readonly listener: boolean;
  /** A token names `user`; whoever else has that id has only chosen it. */
  readonly verified: boolean;
}

/** What changed, for a person to read. */
export interface Notice {
  readonly kind: 'joined' | 'left' | 'renamed' | 'raised-hand';
  readonly name: string;
  readonly before?: string;
}

/**
 * Who is in the room, oneself first. Owned by the session; filled by `Welcome` and kept by the events after
 * it.
 */
export class Roster {
  readonly #present = new Map<number, Presence>();
  // Those known before whom the edge of a resumed session did not name in its welcome. It may not know them
  // yet.
  readonly #missing = new Set<number>();
  #you = 0;

  get you(): Presence | null {
    return this.#present.get(this.#you) ?? null;
  }

  find(number: number): Presence | null {
    return this.#present.get(number) ?? null;
  }

  list(): Presence[] {
    const you = this.you;
    const others = [...this.#present.values()].filter((presence) => presence !== you);
    return you ? [you, ...others] : others;
  }

  /** Returns what there is to tell about it. */
  apply(event: Event): Notice[] {
    const { kind } = event;
    switch (kind.case) {
      case 'welcome':
        return this.#welcome(kind.value);
      case 'joined':
        return this.#joined(kind.value.participant, kind.value.already);
      case 'left':
        return this.#left(kind.value.number);
      case 'updated':
        return this.#updated(kind.value.participant);
      case 'you':
        this.#put(kind.value.participant);
        return [];
      default:
        return [];
    }
  }

  /** Lets those go who are still missing. Returns them. */
  dropMissing(): Presence[] {
    const gone = [...this.#missing].flatMap((number) => this.#present.get(number) ?? []);
    for (const { number } of gone) this.#present.delete(number);
    this.#missing.clear();
    return gone;
  }

  #welcome({ you, participants, resumed }: Welcome): Notice[] {
    const fresh = !resumed || this.#present.size === 0;
    if (fresh) this.#present.clear();
    this.#missing.clear();
    this.#you = you?.number ?? 0;
    for (const number of this.#present.keys()) this.#missing.add(number);
    const notices = participants.flatMap((participant) => this.#joined(participant, fresh));
    this.#put(you);
    for (const number of this.#missing) {
      const presence = this.#present.get(number);
      if (presence) this.#present.set(number, { ...presence, away: true });
    }
    return notices;
  }

  #joined(participant: Participant | undefined, already: boolean): Notice[] {
    const known = participant !== undefined && this.#present.has(participant.number);
    this.#put(participant);
    return participant && !known && !already ? [{ kind: 'joined', name: participant.name }] : [];
  }

  #left(number: number): Notice[] {
    const gone = this.#present.get(number);
    this.#present.delete(number);
    this.#missing.delete(number);
    return gone ? [{ kind: 'left', name: gone.name }] : [];
  }

  #updated(participant: Participant | undefined): Notice[] {
    const before = participant && this.#present.get(participant.number);
    this.#put(participant);
    if (!before) return [];
    const { name } = participant;
    const notices: Notice[] = [];
    if (before.name !== name) notices.push({ kind: 'renamed', name, before: before.name });
    if (participant.handRaised && !before.handRaised) notices.push({ kind: 'raised-hand', name });
    return notices;
  }

  #put(participant: Participant | undefined): void {
    if (!participant) return;
    const { number, user, name, muted, deafened, handRaised, away, lookalike } = participant;
    const { listener, verified } = participant;
    const handRaisedAt = Number(participant.handRaisedAt);
    this.#missing.delete(number);
    const marks = { muted, deafened, handRaised, handRaisedAt, away, lookalike, listener, verified };
    this.#present.set(number, { number, user, name, ...marks });
  }
}
