import { describe, expect, it } from 'vitest';
import { Reception } from './reception';

/** Counts of a reception that heard these sequences of participant 1. */
function heard(...sequences: number[]): Reception {
  const reception = new Reception();
  hear(reception, ...sequences);
  return reception;
}

function hear(reception: Reception, ...sequences: number[]): void {
  for (const sequence of sequences) reception.note(1, sequence);
}

describe('reception', () => {
  it('hasNothingToTellWhenNothingCame', () => {
    const reception = heard(5, 6);
    expect(reception.take()).toEqual({ received: 2, lost: 0 });
    expect(reception.take()).toBeNull();
  });

  it('countsTheGapsOfEveryParticipant', () => {
    const reception = heard(10, 11, 14);
    reception.note(2, 500);
    reception.note(2, 502);
    expect(reception.take()).toEqual({ received: 5, lost: 3 });
  });

  it('countsWhatComesLateOrTwiceAsReceivedOnce', () => {
    expect(heard(10, 13, 12, 12, 11, 13).take()).toEqual({ received: 4, lost: 0 });
  });

  it('makesUpForTheNextLossWhenWhatWasReportedLostCame', () => {
    const reception = heard(10, 13);
    expect(reception.take()).toEqual({ received: 2, lost: 2 });
    hear(reception, 11, 12);
    expect(reception.take()).toEqual({ received: 2, lost: 0 });
    hear(reception, 17);
    expect(reception.take()).toEqual({ received: 1, lost: 1 });
  });

  it('takesAJumpForANewBeginning', () => {
    const reception = heard(1000, 1064, 3);
    expect(reception.take()).toEqual({ received: 3, lost: 0 });
    hear(reception, 3 + 63);
    expect(reception.take()).toEqual({ received: 1, lost: 62 });
    hear(reception, 4);
    expect(reception.take()).toEqual({ received: 1, lost: 0 });
  });

  it('countsAcrossTheWrapOfSequences', () => {
    expect(heard(0xfffffffe, 0xffffffff, 1, 2, 0).take()).toEqual({ received: 5, lost: 0 });
    expect(heard(0xffffffff, 2).take()).toEqual({ received: 2, lost: 2 });
  });

  it('forgetsThoseWhoAreGone', () => {
    const reception = heard(10);
    reception.forget(1);
    hear(reception, 20);
    reception.forget();
    hear(reception, 30);
    expect(reception.take()).toEqual({ received: 3, lost: 0 });
  });

  it('countsALongLossyStreamRight', () => {
    const reception = new Reception();
    let received = 0;
    let lost = 0;
    for (let sequence = 0; sequence < 5000; sequence++) {
      if (sequence % 7 !== 3) reception.note(1, sequence);
      if (sequence % 50 !== 49) continue;
      const taken = reception.take();
      received += taken?.received ?? 0;
      lost += taken?.lost ?? 0;
    }
    expect(lost).toBe(Math.ceil((5000 - 3) / 7));
    expect(received).toBe(5000 - lost);
  });
});
