// Browser interfaces that TypeScript's DOM library does not hold yet.

interface MediaStreamTrackProcessor {
  readonly readable: ReadableStream<AudioData>;
}

declare var MediaStreamTrackProcessor:
  | { new (init: { track: MediaStreamTrack; maxBufferSize?: number }): MediaStreamTrackProcessor }
  | undefined;

interface OpusEncoderConfig {
  application?: 'voip' | 'audio' | 'lowdelay';
  signal?: 'auto' | 'voice' | 'music';
}

interface WebTransportDatagramDuplexStream {
  createWritable?(): WritableStream<Uint8Array>;
}

// What exists inside an AudioWorklet only.
declare const currentTime: number;
declare const sampleRate: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
