import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CallAudio, type CallDevices } from './call-audio';
import { NoMicrophone } from './media/capture/microphone';
import { DEFAULT_SOUND, type SoundSettings } from './media/sound-settings';
import type { Order } from './worker/port';

class TestDevices implements CallDevices {
  missing = false;
  /** The person has not decided yet. */
  asking: Promise<void> | null = null;
  worklet = true;
  usable = true;
  opened: SoundSettings[] = [];
  closed = 0;
  readonly chosen: (string | null)[] = [];
  readonly said: string[] = [];
  onChange: (playing: boolean) => void = () => {};
  unplug: () => void = () => {};

  output(onChange: (playing: boolean) => void): ReturnType<CallDevices['output']> {
    this.onChange = onChange;
    return {
      input: {} as AudioNode,
      start: async () => {
        if (!this.worklet) throw new Error('no worklet');
        return { port: new MessageChannel().port1, memory: null };
      },
      choose: async (id) => {
        this.chosen.push(id);
        return this.usable;
      },
      resume: () => this.said.push('resume'),
      pause: () => this.said.push('pause'),
    };
  }

  async microphone(settings: SoundSettings, onEnded: () => void): ReturnType<CallDevices['microphone']> {
    await this.asking;
    if (this.missing) throw new NoMicrophone('denied');
    this.opened.push(settings);
    this.unplug = onEnded;
    const label = `microphone ${this.opened.length}`;
    return { label, source: async () => new ReadableStream<AudioData>(), close: () => void this.closed++ };
  }
}

describe('the sound of a call', () => {
  let devices: TestDevices;
  let told: unknown[];
  let orders: Order['kind'][];
  let audio: CallAudio;

  beforeEach(() => {
    devices = new TestDevices();
    told = [];
    orders = [];
    const sink = {
      order: ({ kind }: Order) => orders.push(kind),
      paused: (paused: boolean) => told.push({ paused }),
      trouble: (trouble: string | null) => told.push({ trouble }),
      noSound: () => told.push('no sound'),
      changedTo: (label: string) => told.push(label),
      loudspeakerFailed: () => told.push('loudspeaker failed'),
      lost: () => told.push('lost'),
    };
    audio = new CallAudio(sink, DEFAULT_SOUND, devices);
  });

  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  it('isMadeReadyOnceAndStartsOnAClick', async () => {
    audio.prepare();
    audio.prepare();
    await settle();
    expect([orders, devices.said]).toEqual([['playout'], []]);
    audio.start();
    expect([orders, devices.said]).toEqual([['playout'], ['resume']]);
    devices.onChange(false);
    expect(told).toEqual([{ paused: true }]);
  });

  it('saysWhenNothingCanBePlayedOrTheLoudspeakerIsGone', async () => {
    devices.worklet = false;
    devices.usable = false;
    audio.prepare();
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(new Set(told)).toEqual(new Set(['no sound', 'loudspeaker failed']));
  });

  it('handsTheMicrophoneToTheWorker', async () => {
    expect(await audio.openMicrophone()).toBe(true);
    expect([audio.open, orders, told]).toEqual([true, ['microphone'], [{ trouble: null }]]);
    await audio.resample();
    expect(orders).toEqual(['microphone', 'microphone']);
    audio.closeMicrophone();
    expect([audio.open, devices.closed]).toEqual([false, 1]);
    await audio.resample();
    expect(orders).toHaveLength(2);
  });

  it('isOpenedOnceHoweverOftenItIsAskedFor', async () => {
    const both = [audio.openMicrophone(), audio.openMicrophone()];
    expect([audio.opening, await Promise.all(both)]).toEqual([true, [true, true]]);
    expect([devices.opened.length, orders, audio.opening]).toEqual([1, ['microphone'], false]);
  });

  it('leavesNothingOpenThatIsClosedWhileTheBrowserAsks', async () => {
    let decide = (): void => {};
    devices.asking = new Promise((resolve) => {
      decide = resolve;
    });
    const opening = audio.openMicrophone();
    audio.closeMicrophone();
    decide();
    expect(await opening).toBe(false);
    expect([devices.opened.length, devices.closed, audio.open, orders]).toEqual([1, 1, false, []]);
    expect(told).toEqual([{ trouble: null }]);
  });

  it('leavesNothingOpenThatIsClosedWhileAnUnpluggedOneIsReplaced', async () => {
    await audio.openMicrophone();
    devices.unplug();
    audio.closeMicrophone();
    await settle();
    expect([devices.opened.length, devices.closed, audio.open]).toEqual([2, 2, false]);
    expect(told).not.toContain('lost');
  });

  it('tellsWhyThereIsNoMicrophone', async () => {
    devices.missing = true;
    expect(await audio.openMicrophone()).toBe(false);
    expect(told).toEqual([{ trouble: null }, { trouble: 'denied' }]);
    expect(audio.open).toBe(false);
  });

  it('opensTheMicrophoneAnewOnlyForWhatConcernsIt', async () => {
    await audio.openMicrophone();
    await audio.apply({ ...DEFAULT_SOUND, chimes: false });
    expect(devices.opened).toHaveLength(1);
    await audio.apply({ ...DEFAULT_SOUND, chimes: false, noiseSuppression: false });
    expect([devices.opened.length, devices.closed, told.includes('lost')]).toEqual([2, 1, false]);
    devices.missing = true;
    await audio.apply({ ...DEFAULT_SOUND, microphone: 'other' });
    expect(told.at(-1)).toBe('lost');
  });

  it('leavesAClosedMicrophoneClosed', async () => {
    await audio.apply({ ...DEFAULT_SOUND, music: true });
    expect([devices.opened, told]).toEqual([[], []]);
  });

  it('movesToAnotherLoudspeakerAtOnce', async () => {
    audio.prepare();
    await audio.apply({ ...DEFAULT_SOUND, loudspeaker: 'kitchen' });
    expect(devices.chosen).toEqual([null, 'kitchen']);
  });

  it('takesAnotherMicrophoneWhenOneIsUnplugged', async () => {
    await audio.openMicrophone();
    devices.unplug();
    await settle();
    expect([told.at(-1), devices.closed, audio.open]).toEqual(['microphone 2', 1, true]);
  });

  it('saysThatItIsLostWhenThereIsNoOther', async () => {
    await audio.openMicrophone();
    devices.missing = true;
    devices.unplug();
    await settle();
    expect(told.slice(-2)).toEqual([{ trouble: 'ended' }, 'lost']);
  });
});
