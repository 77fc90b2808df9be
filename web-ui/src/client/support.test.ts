import { afterEach, describe, expect, it, vi } from 'vitest';
import { findLack } from './support';

describe('what a browser lacks', () => {
  afterEach(() => void vi.unstubAllGlobals());

  function browser(more: Record<string, unknown> = {}): void {
    const whole = {
      isSecureContext: true,
      AudioEncoder: class {},
      AudioWorkletNode: class {},
      Worker: class {},
    };
    for (const [name, value] of Object.entries({ ...whole, navigator: { mediaDevices: {} }, ...more })) {
      vi.stubGlobal(name, value);
    }
  }

  it('isNothingWhenAllIsThere', () => {
    browser();
    expect(findLack()).toBeNull();
  });

  it('isASecureAddressBeforeAnythingElse', () => {
    browser({ isSecureContext: false, AudioEncoder: undefined });
    expect(findLack()).toBe('insecure');
  });

  it.each(['AudioEncoder', 'AudioWorkletNode', 'Worker'])('isNewer: %s', (name) => {
    browser({ [name]: undefined });
    expect(findLack()).toBe('old-browser');
  });
});
