// Every text the page shows, in English. The other languages have the same shape, which the compiler checks.
import type { MicrophoneTrouble } from '../../client/media/capture/microphone';
import type { CloseReason } from '../../client/session/close-reason';
import type { Obstacle } from '../../client/session/link';
import type { Lack } from '../../client/support';

const microphoneTroubles: Record<MicrophoneTrouble, string> = {
  denied: 'The microphone is blocked. Allow it in the browser’s address bar, then try again.',
  missing: 'No microphone was found. Connect one, then try again.',
  busy: 'The microphone is in use by another program.',
  failed: 'The microphone could not be opened.',
  ended: 'The microphone went away. Unmute to try again.',
  encoder: 'This browser could not encode the sound of the microphone. The others cannot hear you.',
};

const permissions: Record<PermissionState | 'unknown', string> = {
  granted: 'The microphone is ready.',
  prompt: 'The browser will ask for the microphone when you join.',
  denied: microphoneTroubles.denied,
  unknown: 'The browser may ask for the microphone when you join.',
};

const lacks: Record<Lack, { title: string; text: string; link: string | null }> = {
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

const endings: Record<CloseReason, string> = {
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

const refusals: Record<string, string> = {
  unreachable: 'The edge cannot be reached.',
  unreadable: 'The edge gave an answer that this page does not understand.',
  bad_room: 'This is not a room id: use small letters, digits and hyphens.',
  bad_user: 'This is not a user id.',
  bad_name: 'This name is not allowed.',
  bad_text: 'This text is too long.',
  room_not_found: 'There is no such room.',
  rate_limited: 'Too many tries from your address. Wait a little.',
  edge_full: 'The edge is full.',
  room_full: 'The room is full.',
  draining: 'The edge is about to restart.',
};

const obstacles: Record<Obstacle | 'forced', string> = {
  timeout: 'WebTransport did not answer within 3 s',
  refused: 'WebTransport was refused',
  unsupported: 'WebTransport is not supported by this browser',
  absent: 'WebTransport is not offered by the edge',
  forced: 'asked for in the address',
};

export const english = {
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
  rejoin: 'Rejoin',
  startPage: 'Start page',
  unknownPage: 'There is nothing at this address.',

  // Devices and sound.
  microphone: 'Microphone',
  loudspeaker: 'Loudspeaker',
  systemDefault: 'System default',
  unnamedDevice: (number: number) => `Device ${number}`,
  checkMicrophone: 'Check the microphone',
  microphoneLevel: 'Microphone level',
  testSound: 'Test sound',
  sound: 'Sound',
  echoCancellation: 'Cancel echo',
  noiseSuppression: 'Suppress noise',
  gainControl: 'Keep the level even',
  music: 'Music mode',
  musicAbout: 'Full band, nothing taken away. Use headphones.',
  chimes: 'Sounds when somebody joins or leaves',
  settings: 'Settings',
  close: 'Close',
  changedTo: (device: string) => `Now using ${device}.`,
  loudspeakerFailed: 'This loudspeaker could not be used.',

  // In the room.
  mute: 'Mute',
  unmute: 'Unmute',
  deafen: 'Deafen',
  undeafen: 'Undeafen',
  raiseHand: 'Raise hand',
  lowerHand: 'Lower hand',
  handRaised: 'Hand raised',
  react: 'React',
  reactions: {
    thumbsUp: 'Thumbs up', applause: 'Applause', heart: 'Heart', laughter: 'Laughter', surprise: 'Surprise',
    party: 'Party',
  },
  share: 'Share',
  copyLink: 'Copy link',
  copied: 'Link copied.',
  copyFailed: (link: string) => `Copy this link: ${link}`,
  qrCode: 'QR code of the link',
  leave: 'Leave',
  rename: 'Rename',
  saveName: 'Save',
  cancel: 'Cancel',
  you: '(you)',
  muted: 'Muted',
  deafened: 'Deafened',
  speaking: 'Speaking',
  activeSpeaker: 'Active speaker',
  away: 'reconnecting…',
  participants: 'Participants',
  people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  controls: 'Controls',
  alone: 'Nobody else is here yet. Send somebody the link.',
  volumeOf: (name: string) => `Volume of ${name}`,
  volume: 'Volume',
  muteForMe: 'Mute for me',
  mutedForYou: 'Muted for you',
  speakingWhileMuted: 'You are muted. Press M or hold the space bar to speak.',
  holdToTalk: 'Hold the space bar to speak while muted.',

  // Chat.
  chat: 'Chat',
  unread: (count: number) => `${count} unread`,
  writeMessage: 'Write to everybody',
  send: 'Send',
  noMessages: 'Nothing written yet. Messages go to everybody who is here now, and are kept by nobody.',

  // How it goes.
  noSound: 'The sound of this room cannot be played in this browser.',
  workerFailed: 'A part of this page failed. Reload it.',
  suspect: 'Connection lost – switching to another server…',
  notWhole: 'Part of this room cannot be reached right now. It comes back by itself.',
  backWithoutMicrophone: 'You are back, but muted: the microphone could not be opened.',
  soundPaused: 'The browser keeps the sound paused.',
  resumeSound: 'Turn sound on',
  details: 'Connection details',
  connection: 'Connection',
  copyDiagnostics: 'Copy diagnostics',
  diagnosticsCopied: 'Diagnostics copied.',
  lastMinute: 'the last minute',
  detailNames: {
    transport: 'Transport', why: 'Why', edge: 'Edge', roundTrip: 'Round trip', jitter: 'Jitter', loss: 'Loss',
    delay: 'Play-out delay', concealed: 'Concealed', bitrateIn: 'Received', bitrateOut: 'Sent',
    received: 'Frames received', lost: 'Lost', recovered: 'Recovered', late: 'Too late', duplicates: 'Came twice',
    broken: 'Broken', gaps: 'Gaps in playing', sent: 'Frames sent', unsent: 'Not sent', memory: 'Memory',
  },
  memory: (shared: boolean): string => (shared ? 'shared' : 'copied'),
  milliseconds: (value: number) => `${Math.round(value)} ms`,
  percent: (value: number) => `${value.toFixed(1)} %`,
  kilobits: (value: number) => `${Math.round(value)} kbit/s`,

  microphoneTroubles,
  permissions,
  lacks,
  endings,
  refusals,
  refused: (code: string) => `The edge refused (${code}).`,
  obstacles,
  onlyTransport: (obstacle: string) => `${obstacle}, and the address asks for no other transport.`,
  noLink: 'No connection to the edge could be opened.',
  connecting: (way: string | null, again: boolean) =>
    `${again ? 'Reconnecting' : 'Connecting'}${way ? ` over ${way}` : ''}…`,
  tryingAgain: (why: string, seconds: string) => `${why} Trying again in ${seconds} s…`,
  joined: (name: string) => `${name} joined`,
  left: (name: string) => `${name} left`,
  renamed: (before: string, name: string) => `${before} is now ${name}`,
  raisedHand: (name: string) => `${name} raised a hand`,
  reacted: (name: string, reaction: string) => `${name}: ${reaction}`,
};

export type Texts = typeof english;
