import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  type Event,
  EventSchema,
  type Participant,
  type PublisherReport,
  type Refused,
  RequestSchema,
  type Said,
  type Welcome,
  Reaction as WireReaction,
} from '../gen/confab/v1/control_pb';

export type { Event, Participant, PublisherReport, Refused, Said, Welcome };

/** What people show each other for a moment; the order is that of the page. */
export const REACTIONS = ['thumbsUp', 'applause', 'heart', 'laughter', 'surprise', 'party'] as const;
export type Reaction = (typeof REACTIONS)[number];

const wireReactions: Record<Reaction, WireReaction> = {
  thumbsUp: WireReaction.THUMBS_UP,
  applause: WireReaction.APPLAUSE,
  heart: WireReaction.HEART,
  laughter: WireReaction.LAUGHTER,
  surprise: WireReaction.SURPRISE,
  party: WireReaction.PARTY,
};

/** Null for one that this page does not know. */
export function reactionOf(wire: WireReaction): Reaction | null {
  return REACTIONS.find((reaction) => wireReactions[reaction] === wire) ?? null;
}

/**
 * What a person may ask of their edge. Page and worker hand it on as it is: a new one is told of only here.
 */
export type PersonalRequest =
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'mute'; readonly muted: boolean }
  | { readonly kind: 'deafen'; readonly deafened: boolean }
  | { readonly kind: 'raise-hand'; readonly raised: boolean }
  /** `id` is that of a line that was written before, so that it is heard once. */
  | { readonly kind: 'say'; readonly text: string; readonly id?: number }
  | { readonly kind: 'react'; readonly reaction: Reaction };

/** All that is asked of an edge: by the person, or by the session for its own sake. */
export type Request =
  | PersonalRequest
  | { readonly kind: 'enter'; readonly resume: string; readonly attempt: number }
  | { readonly kind: 'renew'; readonly token: string }
  | { readonly kind: 'ping'; readonly time: bigint }
  | { readonly kind: 'report'; readonly received: number; readonly lost: number }
  | { readonly kind: 'leave' };

export function writeRequest(request: Request): Uint8Array<ArrayBuffer> {
  return new Uint8Array(toBinary(RequestSchema, create(RequestSchema, { kind: oneofOf(request) })));
}

/**
 * The events of one message, in their order.
 * @throws Error when the bytes are no event
 */
export function readEvents(bytes: Uint8Array): Event[] {
  const event = fromBinary(EventSchema, bytes);
  return event.kind.case === 'batch' ? event.kind.value.events : [event];
}

function oneofOf(request: Request): NonNullable<MessageInitShape<typeof RequestSchema>['kind']> {
  switch (request.kind) {
    case 'enter':
      return { case: 'enter', value: { resume: request.resume, attempt: request.attempt } };
    case 'renew':
      return { case: 'renew', value: { token: request.token } };
    case 'ping':
      return { case: 'ping', value: { time: request.time } };
    case 'rename':
      return { case: 'rename', value: { name: request.name } };
    case 'mute':
      return { case: 'setMuted', value: { muted: request.muted } };
    case 'deafen':
      return { case: 'setDeafened', value: { deafened: request.deafened } };
    case 'raise-hand':
      return { case: 'raiseHand', value: { raised: request.raised } };
    case 'say':
      return { case: 'say', value: { text: request.text, id: request.id ?? 0 } };
    case 'react':
      return { case: 'react', value: { reaction: wireReactions[request.reaction] } };
    case 'report':
      return { case: 'receiverReport', value: { received: request.received, lost: request.lost } };
    case 'leave':
      return { case: 'leave', value: {} };
  }
}
