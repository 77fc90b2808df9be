// Every text the page shows, so that a translation has one place to go.
import type { MicrophoneTrouble } from './media/microphone';
import type { CloseReason } from './session/close-reason';
import type { Obstacle, Transport } from './session/link';
import type { Notice } from './session/roster';
import type { Failure, SessionState } from './session/state';
import type { Lack } from './support';

export const strings = {
  product: 'Confab',
  tagline: 'Talk in a room.',
  pitch: 'Make a room, share its link, and speak. Nothing to install, no account.',
  createRoom: 'Create room',
  creating: 'Creating…',
  joinHeading: 'Have a room already?',
  roomLabel: 'Room id or link',
  roomHint: 'quiet-otter-42',
  joinRoom: 'Join room',
  recentRooms: 'Recent rooms',
  forgetRooms: 'Forget these',
  nameLabel: 'Your name',
  nameHint: 'How the others see you',
  nameMissing: 'Please say who you are.',
  join: 'Join',
  joining: 'Joining…',
  listenOnly: 'Listen only',
  readyTo: 'You are about to enter',
  mute: 'Mute',
  unmute: 'Unmute',
  deafen: 'Deafen',
  undeafen: 'Undeafen',
  copyLink: 'Copy link',
  copied: 'Link copied.',
  copyFailed: (link: string) => `Copy this link: ${link}`,
  leave: 'Leave',
  rename: 'Rename',
  saveName: 'Save',
  cancel: 'Cancel',
  rejoin: 'Rejoin',
  startPage: 'Start page',
  you: '(you)',
  muted: 'Muted',
  deafened: 'Deafened',
  speaking: 'Speaking',
  activeSpeaker: 'Active speaker',
  away: 'reconnecting…',
  participants: 'Participants',
  controls: 'Controls',
  alone: 'Nobody else is here yet. Send somebody the link.',
  noSound: 'The sound of this room cannot be played in this browser.',
  workerFailed: 'A part of this page failed. Reload it.',
  suspect: 'Connection lost – switching to another server…',
  notWhole: 'Part of this room cannot be reached right now. It comes back by itself.',
  backWithoutMicrophone: 'You are back, but muted: the microphone could not be opened.',
  soundPaused: 'The browser keeps the sound paused.',
  resumeSound: 'Turn sound on',
  details: 'Connection details',
  unknownPage: 'There is nothing at this address.',
  roundTrip: (milliseconds: number) => `${Math.round(milliseconds)} ms`,
  people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  detailNames: {
    transport: 'Transport', edge: 'Edge', roundTrip: 'Round trip', delay: 'Delay in this page',
    received: 'Frames received', lost: 'Lost', recovered: 'Recovered', late: 'Too late', duplicates: 'Came twice',
    gaps: 'Gaps in playing', sent: 'Frames sent', unsent: 'Not sent', memory: 'Memory',
  },
  memory: (shared: boolean) => (shared ? 'shared' : 'copied'),
  milliseconds: (value: number) => `${value} ms`,
};

export const transportNames: Record<Transport, string> = { webtransport: 'WebTransport', websocket: 'WebSocket' };

const obstacleTexts: Record<Obstacle | 'forced', string> = {
  timeout: 'WebTransport did not answer within 3 s',
  refused: 'WebTransport was refused',
  unsupported: 'WebTransport is not supported by this browser',
  absent: 'WebTransport is not offered by the edge',
  forced: 'asked for in the address',
};

export const microphoneTexts: Record<MicrophoneTrouble, string> = {
  denied: 'The microphone is blocked. Allow it in the browser’s address bar, then try again.',
  missing: 'No microphone was found. Connect one, then try again.',
  busy: 'The microphone is in use by another program.',
  failed: 'The microphone could not be opened.',
  ended: 'The microphone went away. Unmute to try again.',
  encoder: 'This browser could not encode the sound of the microphone. The others cannot hear you.',
};

export const permissionTexts: Record<PermissionState | 'unknown', string> = {
  granted: 'The microphone is ready.',
  prompt: 'The browser will ask for the microphone when you join.',
  denied: microphoneTexts.denied,
  unknown: 'The browser may ask for the microphone when you join.',
};

export const lackTexts: Record<Lack, { title: string; text: string; link: string | null }> = {
  insecure: {
    title: 'This address is not secure',
    text: 'Browsers give the microphone only to pages that came over https. Open the secure address of this room:',
    link: 'Open the https address',
  },
  'old-browser': {
    title: 'This browser cannot take part',
    text: 'It lacks WebCodecs audio. A current Chrome, Edge, Firefox or Safari has it.',
    link: null,
  },
};

const endingTexts: Record<CloseReason, string> = {
  left: 'You left the room.',
  protocol_violation: 'The edge and this page did not understand each other. Reload the page if it happens again.',
  slow_consumer: 'This connection was too slow.',
  rate_limited: 'Too many requests were sent.',
  idle_timeout: 'The edge heard nothing from this page.',
  shutdown: 'The edge is restarting.',
  kicked: 'A moderator removed you from the room.',
  expired: 'Your invitation has run out.',
  internal_error: 'The edge failed.',
  superseded: 'This call goes on in another tab or device.',
  connection_lost: 'The connection was lost.',
};

const edgeTexts: Record<string, string> = {
  unreachable: 'The edge cannot be reached.',
  unreadable: 'The edge gave an answer that this page does not understand.',
  bad_room: 'This is not a room id: use small letters, digits and hyphens.',
  bad_user: 'This is not a user id.',
  bad_name: 'This name is not allowed.',
  room_not_found: 'There is no such room.',
  rate_limited: 'Too many tries from your address. Wait a little.',
  edge_full: 'The edge is full.',
  room_full: 'The room is full.',
  draining: 'The edge is about to restart.',
};

/** The edge's own text where it has one. */
export function edgeText(code: string, message: string): string {
  return message || edgeTexts[code] || `The edge refused (${code}).`;
}

export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'ending': return endingTexts[failure.ending];
    case 'edge': return edgeText(failure.code, failure.message);
    case 'link':
      return failure.only === 'webtransport'
        ? `${obstacleTexts[failure.obstacle]}, and the address asks for no other transport.`
        : 'No connection to the edge could be opened.';
  }
}

export function stateText(state: SessionState): string {
  switch (state.phase) {
    case 'connecting': {
      const way = state.transport ? ` over ${transportNames[state.transport]}` : '';
      return state.again ? `Reconnecting${way}…` : `Connecting${way}…`;
    }
    case 'connected': {
      const name = transportNames[state.transport];
      return state.obstacle ? `${name} · ${obstacleTexts[state.obstacle]}` : name;
    }
    case 'waiting': return `${failureText(state.failure)} Trying again in ${(state.wait / 1000).toFixed(1)} s…`;
    case 'ended': return failureText(state.failure);
  }
}

export function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case 'joined': return `${notice.name} joined`;
    case 'left': return `${notice.name} left`;
    case 'renamed': return `${notice.before ?? ''} is now ${notice.name}`;
  }
}
