import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { strings } from '../strings';

export interface Device {
  readonly id: string;
  readonly name: string;
}

/** The microphones and loudspeakers there are. Browsers name them once the page may use a microphone. */
export class Devices implements ReactiveController {
  microphones: Device[] = [];
  loudspeakers: Device[] = [];

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    navigator.mediaDevices?.addEventListener('devicechange', this.look);
    void this.look();
  }

  hostDisconnected(): void {
    navigator.mediaDevices?.removeEventListener('devicechange', this.look);
  }

  /** Looks again; to be called when the microphone has just been allowed. */
  readonly look = async (): Promise<void> => {
    const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    this.microphones = named(all, 'audioinput');
    // Without a way to choose one, there is nothing to list.
    this.loudspeakers = 'setSinkId' in AudioContext.prototype ? named(all, 'audiooutput') : [];
    this.host.requestUpdate();
  };
}

// The default stands apart, so its alias is left out.
function named(all: MediaDeviceInfo[], kind: MediaDeviceKind): Device[] {
  return all
    .filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'default')
    .map((device, index) => ({
      id: device.deviceId,
      name: device.label || strings.unnamedDevice(index + 1),
    }));
}
