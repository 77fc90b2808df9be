/** How a person wants to sound and to hear. Device ids are the browser's; null is its default. */
export interface SoundSettings {
  readonly microphone: string | null;
  readonly loudspeaker: string | null;
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly gainControl: boolean;
  /** Full band and unprocessed; overrides the three above. */
  readonly music: boolean;
  /** Sounds when somebody joins or leaves. */
  readonly chimes: boolean;
}

export const DEFAULT_SOUND: SoundSettings = {
  microphone: null,
  loudspeaker: null,
  echoCancellation: true,
  noiseSuppression: true,
  gainControl: true,
  music: false,
  chimes: true,
};
