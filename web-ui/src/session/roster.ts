import type { Event, Participant } from './control';

/** Somebody in the room, as the page shows them. */
export interface Presence {
  readonly number: number;
  readonly user: string;
  readonly name: string;
  readonly muted: boolean;
  readonly deafened: boolean;
}

/** What changed, for a person to read. */
export interface Notice {
  readonly kind: 'joined' | 'left' | 'renamed';
  readonly name: string;
  readonly before?: string;
}

/** Who is in the room, oneself first. Owned by the session; filled by `Welcome` and kept by the events after it. */
export class Roster {
  readonly #present = new Map<number, Presence>();
  #you = 0;

  get you(): Presence | null {
    return this.#present.get(this.#you) ?? null;
  }

  list(): Presence[] {
    const you = this.you;
    const others = [...this.#present.values()].filter((presence) => presence !== you);
    return you ? [you, ...others] : others;
  }

  /** Returns what there is to tell about it, or null. */
  apply(event: Event): Notice | null {
    const { kind } = event;
    switch (kind.case) {
      case 'welcome':
        this.#present.clear();
        this.#you = kind.value.you?.number ?? 0;
        kind.value.participants.forEach((participant) => this.#put(participant));
        this.#put(kind.value.you);
        return null;
      case 'joined': return this.#joined(kind.value.participant);
      case 'left': return this.#left(kind.value.number);
      case 'updated': return this.#updated(kind.value.participant);
      case 'you':
        this.#put(kind.value.participant);
        return null;
      default: return null;
    }
  }

  #joined(participant: Participant | undefined): Notice | null {
    this.#put(participant);
    return participant ? { kind: 'joined', name: participant.name } : null;
  }

  #left(number: number): Notice | null {
    const gone = this.#present.get(number);
    this.#present.delete(number);
    return gone ? { kind: 'left', name: gone.name } : null;
  }

  #updated(participant: Participant | undefined): Notice | null {
    const before = participant && this.#present.get(participant.number);
    this.#put(participant);
    if (!before || before.name === participant.name) return null;
    return { kind: 'renamed', name: participant.name, before: before.name };
  }

  #put(participant: Participant | undefined): void {
    if (!participant) return;
    const { number, user, name, muted, deafened } = participant;
    this.#present.set(number, { number, user, name, muted, deafened });
  }
}
