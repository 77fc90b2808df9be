import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** Both anew for each test, since a codec that was loaded stays. */
async function create() {
  const { createDecoder } = await import('./decoder');
  const { WebCodecsDecoder } = await import('./webcodecs-decoder');
  return { decoder: await createDecoder(), WebCodecsDecoder };
}

const FORBIDDEN = {
  createDecoder: () => Promise.reject(new WebAssembly.CompileError('disallowed by embedder')),
};

describe('the decoder', () => {
  beforeEach(() => {
    vi.resetModules();
    vi.useFakeTimers();
    vi.stubGlobal('AudioDecoder', class {});
  });
  afterEach(() => {
    vi.doUnmock('libopus-wasm');
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('isLibopusWhereItRuns', async () => {
    const { decoder, WebCodecsDecoder } = await create();
    expect(decoder).not.toBeInstanceOf(WebCodecsDecoder);
    expect(decoder.conceal(960)).toEqual(new Float32Array(960));
  });

  it('isWebCodecsWhereWebAssemblyIsForbidden', async () => {
    vi.doMock('libopus-wasm', () => FORBIDDEN);
    const { decoder, WebCodecsDecoder } = await create();
    expect(decoder).toBeInstanceOf(WebCodecsDecoder);
  });

  it('isNoneWhereThereIsNeither', async () => {
    vi.doMock('libopus-wasm', () => FORBIDDEN);
    vi.stubGlobal('AudioDecoder', undefined);
    await expect(create()).rejects.toThrow('disallowed');
  });

  it('isLookedForAgainWhenTheCodecDidNotCome', async () => {
    vi.doMock('libopus-wasm', () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    });
    await expect(create()).rejects.toThrow();
    vi.doUnmock('libopus-wasm');
    await expect(create()).rejects.toThrow();
    vi.advanceTimersByTime(3_000);
    expect((await create()).decoder.conceal(960)).toHaveLength(960);
  });
});
