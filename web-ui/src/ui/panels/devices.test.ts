import { afterEach, describe, expect, it, vi } from 'vitest';
import { Devices } from './devices';

const HOST = {
  addController: () => {},
  removeController: () => {},
  requestUpdate: () => {},
  updateComplete: Promise.resolve(true),
};

describe('the devices', () => {
  afterEach(() => void vi.unstubAllGlobals());

  function browser(devices: [MediaDeviceKind, string, string][], canChooseLoudspeaker: boolean): void {
    const enumerateDevices = async () =>
      devices.map(([kind, deviceId, label]) => ({ kind, deviceId, label }) as MediaDeviceInfo);
    vi.stubGlobal('navigator', { mediaDevices: { enumerateDevices } });
    vi.stubGlobal('AudioContext', { prototype: canChooseLoudspeaker ? { setSinkId: () => {} } : {} });
  }

  it('areListedWithoutTheAliasOfTheDefaultAndNumberedWhereTheyHaveNoName', async () => {
    browser(
      [
        ['audioinput', 'default', 'Default'],
        ['audioinput', 'a', 'Desk'],
        ['audioinput', 'b', ''],
        ['videoinput', 'c', 'Camera'],
        ['audiooutput', 'd', 'Kitchen'],
      ],
      true,
    );
    const devices = new Devices(HOST);
    await devices.look();
    expect(devices.microphones).toEqual([
      { id: 'a', name: 'Desk' },
      { id: 'b', name: expect.stringContaining('2') },
    ]);
    expect(devices.loudspeakers).toEqual([{ id: 'd', name: 'Kitchen' }]);
  });

  it('includeNoLoudspeakersWhereNoneCanBeChosen', async () => {
    browser([['audiooutput', 'd', 'Kitchen']], false);
    const devices = new Devices(HOST);
    await devices.look();
    expect(devices.loudspeakers).toEqual([]);
  });

  it('areNoneBeforeTheMicrophoneIsAllowed', async () => {
    browser([['audioinput', '', '']], true);
    const devices = new Devices(HOST);
    await devices.look();
    expect(devices.microphones).toEqual([]);
  });
});
