/** What the keys of a headset, or a button of the browser outside the page, can ask for. */
export interface MediaKeyActions {
  toggleMute(): void;
  leave(): void;
}

/** Puts a call into the browser's and the system's media controls (W3C Media Session). */
export class MediaKeys {
  listen(actions: MediaKeyActions): void {
    handle('togglemicrophone', () => actions.toggleMute());
    handle('hangup', () => actions.leave());
  }

  /** What the controls show. */
  show(title: string, muted: boolean): void {
    const session = navigator.mediaSession;
    if (!session) return;
    if (session.metadata?.title !== title) session.metadata = new MediaMetadata({ title });
    void session.setMicrophoneActive?.(!muted);
  }

  close(): void {
    for (const action of ['togglemicrophone', 'hangup'] as const) handle(action, null);
    if (navigator.mediaSession) navigator.mediaSession.metadata = null;
  }
}

// Browsers throw for actions that they do not know.
function handle(action: 'togglemicrophone' | 'hangup', act: (() => void) | null): void {
  try {
    navigator.mediaSession?.setActionHandler(action as MediaSessionAction, act);
  } catch {
    // Then there is no such key.
  }
}
