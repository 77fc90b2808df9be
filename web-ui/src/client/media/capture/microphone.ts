import { SAMPLE_RATE } from '../opus';
import type { SoundSettings } from '../sound-settings';
import captureUrl from './capture-worklet.ts?worker&url';

export type MicrophoneTrouble = 'denied' | 'missing' | 'busy' | 'failed' | 'ended' | 'encoder';

export class NoMicrophone extends Error {
  constructor(readonly trouble: MicrophoneTrouble) {
    super(trouble);
  }
}

/** What the worker listens to; to be transferred. */
export type MicrophoneSource = ReadableStream<AudioData> | MessagePort;

/**
 * Says, as long as it is held, whether the microphone opens without anybody being asked; null where browsers
 * do not.
 */
export async function microphonePermission(): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: 'microphone' });
  } catch {
    return null;
  }
}

/** The open microphone. Owned by the page, since tracks cannot move to a worker. */
export class Microphone {
  #context: AudioContext | null = null;
  #closed = false;

  private constructor(
    readonly stream: MediaStream,
    private readonly track: MediaStreamTrack,
  ) {}

  /**
   * Asks the person if need be. A chosen device that is not there gives way to the default. @throws
   * NoMicrophone
   */
  static async open(settings: SoundSettings, onEnded: () => void): Promise<Microphone> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: constraints(settings) });
      const track = stream.getAudioTracks()[0];
      if (!track) throw new NoMicrophone('missing');
      track.addEventListener('ended', onEnded);
      return new Microphone(stream, track);
    } catch (cause) {
      throw cause instanceof NoMicrophone ? cause : new NoMicrophone(troubleOf(cause));
    }
  }

  /** The device that the browser chose; null where it does not say. */
  get device(): string | null {
    return this.track.getSettings().deviceId ?? null;
  }

  get label(): string {
    return this.track.label;
  }

  /** @param resample go through an audio context, because the track has another rate than the codec */
  async source(resample: boolean): Promise<MicrophoneSource> {
    const rate = this.track.getSettings().sampleRate;
    if (!resample && rate === SAMPLE_RATE && typeof MediaStreamTrackProcessor !== 'undefined') {
      return new MediaStreamTrackProcessor({ track: this.track }).readable;
    }
    return this.#throughWorklet();
  }

  close(): void {
    this.#closed = true;
    this.track.stop();
    void this.#context?.close();
    this.#context = null;
  }

  async #throughWorklet(): Promise<MessagePort> {
    if (this.#closed) throw new NoMicrophone('ended');
    const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 0 });
    void this.#context?.close();
    this.#context = context;
    await context.audioWorklet.addModule(captureUrl);
    const node = new AudioWorkletNode(context, 'capture', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    const { port1, port2 } = new MessageChannel();
    node.port.postMessage(port1, [port1]);
    context.createMediaStreamSource(this.stream).connect(node);
    void context.resume();
    return port2;
  }
}

function constraints(settings: SoundSettings): MediaTrackConstraints {
  const processed = !settings.music;
  return {
    ...(settings.microphone === null ? {} : { deviceId: { ideal: settings.microphone } }),
    echoCancellation: processed && settings.echoCancellation,
    noiseSuppression: processed && settings.noiseSuppression,
    autoGainControl: processed && settings.gainControl,
    channelCount: 1,
  };
}

function troubleOf(cause: unknown): MicrophoneTrouble {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed';
}
