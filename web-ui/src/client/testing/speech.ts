import { Application, createEncoder, Signal } from 'libopus-wasm';
import type { Coding } from '../media/capture/bitrate-control';
import { encoderConfig } from '../media/capture/encoder';
import { levelOf } from '../media/level';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../media/opus';
import { createDecoder } from '../media/playout/decoder';
import { voice } from './voice';

/** What somebody says, in frames of 20 ms. */
export interface Speech {
  readonly payloads: readonly Uint8Array[];
  /** -dBov of each frame. */
  readonly levels: readonly number[];
  /** How each frame sounds when none is lost. */
  readonly sounds: readonly Float32Array[];
}

/** Encodes a voice as the page does; only that libopus is called without WebCodecs. */
export async function speech(frames: number, coding: Coding): Promise<Speech> {
  const { bitrate, opus } = encoderConfig(coding, false);
  const encoder = await createEncoder({
    channels: 1,
    sampleRate: SAMPLE_RATE,
    application: Application.Voip,
    signal: Signal.Voice,
    bitrate: bitrate ?? 'auto',
    complexity: opus?.complexity ?? 10,
    fec: opus?.useinbandfec ?? false,
    packetLossPercent: opus?.packetlossperc ?? 0,
  });
  const decoder = await createDecoder();
  const samples = voice(frames);
  const each = Array.from({ length: frames }, (_, n) =>
    samples.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES),
  );
  const payloads = each.map((frame) => encoder.encodeFloat(frame));
  const sounds = payloads.map((payload) => decoder.decode(payload));
  encoder.free();
  decoder.free();
  return { payloads, levels: each.map((frame) => levelOf(frame).dbov), sounds };
}
