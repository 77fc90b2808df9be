import { Lease } from './media/capture/lease';
import {
  Microphone,
  type MicrophoneSource,
  type MicrophoneTrouble,
  NoMicrophone,
} from './media/capture/microphone';
import { type Chime, play } from './media/chimes';
import { AudioOutput } from './media/playout/audio-output';
import type { SoundSettings } from './media/sound-settings';
import type { Order } from './worker/port';

export interface CallAudioSink {
  order(order: Order, transfer: Transferable[]): void;
  /** The browser holds the sound back until somebody clicks, or no longer does. */
  paused(paused: boolean): void;
  /** What is the matter with the microphone now; null when nothing is. */
  trouble(trouble: MicrophoneTrouble | null): void;
  /** Sound cannot be played at all. */
  noSound(): void;
  /** Another microphone took the place of one that went away. */
  changedTo(label: string): void;
  /** The loudspeaker that was chosen cannot be used. */
  loudspeakerFailed(): void;
  /** The microphone went away and there is no other. */
  lost(): void;
}

/** What the browser has for hearing and speaking. */
export interface CallDevices {
  output(
    onChange: (playing: boolean) => void,
  ): Pick<AudioOutput, 'start' | 'choose' | 'resume' | 'pause' | 'input'>;
  /** @throws NoMicrophone */
  microphone(
    settings: SoundSettings,
    onEnded: () => void,
  ): Promise<Pick<Microphone, 'source' | 'close' | 'label'>>;
}

type Output = ReturnType<CallDevices['output']>;

/** An open microphone with what the worker is to hear of it. */
interface OpenMicrophone {
  readonly device: Awaited<ReturnType<CallDevices['microphone']>>;
  /** Null once the worker has it. */
  source: MicrophoneSource | null;
  close(): void;
}

const browserDevices: CallDevices = {
  output: (onChange) => new AudioOutput(onChange),
  microphone: (settings, onEnded) => Microphone.open(settings, onEnded),
};

/**
 * What only the page can own: the microphone and the audio context. Hands both ends to the worker. Owned by
 * Room.
 */
export class CallAudio {
  #paused = false;
  #output: Output | null = null;
  // The one owner of the microphone of a call.
  readonly #microphone = new Lease<OpenMicrophone>();

  constructor(
    private readonly sink: CallAudioSink,
    private settings: SoundSettings,
    private readonly devices: CallDevices = browserDevices,
  ) {}

  get open(): boolean {
    return this.#microphone.held !== null;
  }

  /** The microphone is being opened; the person may have been asked. */
  get opening(): boolean {
    return this.#microphone.wanted && !this.open;
  }

  /** To be called on a click, since browsers keep others silent. */
  start(): void {
    this.prepare();
    this.#output?.resume();
  }

  /** Makes everything ready that takes a while, and nothing that is heard. */
  prepare(): void {
    if (this.#output) return;
    const output = this.devices.output((playing) => {
      this.#paused = !playing;
      this.sink.paused(!playing);
    });
    this.#output = output;
    output.start().then(
      ({ port, memory }) => this.sink.order({ kind: 'playout', port, memory }, [port]),
      () => this.sink.noSound(),
    );
    void this.#useLoudspeaker();
  }

  resume(): void {
    this.#output?.resume();
  }

  pause(): void {
    this.#output?.pause();
  }

  /**
   * Returns false when it was closed meanwhile; also when there is none to be had, and then the trouble is
   * told.
   */
  async openMicrophone(): Promise<boolean> {
    return (await this.#takeMicrophone()) === 'open';
  }

  /** Closes also what is still being opened. */
  closeMicrophone(): void {
    this.#microphone.close();
  }

  /** Hands the microphone on anew, since the track has another rate than the codec. */
  async resample(): Promise<void> {
    const microphone = this.#microphone.held;
    const source = await microphone?.device.source(true);
    if (source && this.#microphone.held === microphone) this.#feed(source);
  }

  /** Takes effect at once, also in mid-call. */
  async apply(settings: SoundSettings): Promise<void> {
    const before = this.settings;
    this.settings = settings;
    if (before.loudspeaker !== settings.loudspeaker) await this.#useLoudspeaker();
    if (this.#microphone.wanted && !sameMicrophone(before, settings)) {
      this.closeMicrophone();
      if ((await this.#takeMicrophone()) === 'failed') this.sink.lost();
    }
  }

  chime(chime: Chime): void {
    if (this.#output && this.settings.chimes && !this.#paused) play(chime, this.#output.input);
  }

  async #useLoudspeaker(): Promise<void> {
    const done = await this.#output?.choose(this.settings.loudspeaker);
    if (done === false) this.sink.loudspeakerFailed();
  }

  async #takeMicrophone(): Promise<'open' | 'closed' | 'failed'> {
    this.sink.trouble(null);
    try {
      const microphone = await this.#microphone.take(() => this.#openMicrophone());
      if (!microphone) return 'closed';
      if (microphone.source) this.#feed(microphone.source);
      microphone.source = null;
      // Browsers let a page play sound once it may listen to the microphone.
      this.resume();
      return 'open';
    } catch (cause) {
      this.sink.trouble(cause instanceof NoMicrophone ? cause.trouble : 'failed');
      return 'failed';
    }
  }

  async #openMicrophone(): Promise<OpenMicrophone> {
    const device = await this.devices.microphone(this.settings, () => void this.#replace(device));
    try {
      return { device, source: await device.source(false), close: () => device.close() };
    } catch (cause) {
      device.close();
      throw cause;
    }
  }

  #feed(source: MicrophoneSource): void {
    this.sink.order({ kind: 'microphone', source, music: this.settings.music }, [source]);
  }

  // The device was unplugged: the browser's default takes over where there is one.
  async #replace(device: OpenMicrophone['device']): Promise<void> {
    if (this.#microphone.held?.device !== device) return;
    this.closeMicrophone();
    const became = await this.#takeMicrophone();
    if (became === 'open') {
      this.sink.changedTo(this.#microphone.held?.device.label ?? '');
    } else if (became === 'failed') {
      this.sink.trouble('ended');
      this.sink.lost();
    }
  }
}

function sameMicrophone(one: SoundSettings, other: SoundSettings): boolean {
  return (
    one.microphone === other.microphone &&
    one.echoCancellation === other.echoCancellation &&
    one.noiseSuppression === other.noiseSuppression &&
    one.gainControl === other.gainControl &&
    one.music === other.music
  );
}
