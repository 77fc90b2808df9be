import { describe, expect, it } from 'vitest';
import type { Figures, Presence, SessionState } from '../client';
import { ControlBar } from './control-bar';
import { JoinCard } from './join-card';
import { Loudness } from './loudness';
import { ChatPanel } from './panels/chat-panel';
import { ConnectionPanel } from './panels/connection-panel';
import { PeoplePanel } from './panels/people-panel';
import { SharePanel } from './panels/share-panel';
import { SoundSettingsForm } from './panels/sound-settings';
import { ParticipantTile } from './participant-tile';
import { PersonMenu } from './person-menu';
import { banners, endedCard, status } from './room-parts';
import { NOTHING_YET, type RoomView } from './room-view';
import { markup } from './testing/markup';

const CONNECTED: SessionState = {
  phase: 'connected',
  transport: 'websocket',
  obstacle: 'timeout',
  edge: 'edge-7',
  suspect: false,
  whole: true,
};
const BEA: Presence = {
  number: 2,
  user: 'bea',
  name: 'Bea',
  muted: false,
  deafened: false,
  handRaised: false,
  handRaisedAt: 0,
  away: false,
  lookalike: false,
  listener: false,
  verified: false,
};

/** What an element draws when these are its properties. */
function drawn<E extends { render(): unknown }>(Element: new () => E, properties: Partial<E>): string {
  return markup(Object.assign(new Element(), properties).render());
}

describe('a tile', () => {
  function tile(presence: Partial<Presence>, more: Partial<ParticipantTile> = {}): string {
    const loudness = new Loudness();
    loudness.take([{ number: 2, loudness: 0.5, voice: true }]);
    const element = Object.assign(new ParticipantTile(), {
      presence: { ...BEA, ...presence },
      loudness,
      ...more,
    });
    // As before every drawing.
    (element as unknown as { willUpdate(changed: Map<string, unknown>): void }).willUpdate(new Map());
    return markup(element.render());
  }

  it('showsThatSomebodySpeaks', () => {
    expect(tile({})).toContain('class="tile speaking');
    expect(tile({})).toContain('--loudness:0.5');
    expect(tile({ number: 3 })).toContain('--loudness:0;');
  });

  it.each([{ muted: true }, { away: true }])('isSilentWhen: %o', (presence) => {
    expect(tile(presence)).not.toContain('speaking');
    expect(tile(presence)).toContain('--loudness:0;');
  });

  it('saysEverythingToThoseWhoDoNotSee', () => {
    const everything = { muted: true, deafened: true, handRaised: true, away: true };
    expect(tile(everything, { active: true, volume: 0 })).toContain(
      'aria-label=Bea, Active speaker, reconnecting…, Muted, Deafened, Hand raised, Muted for you',
    );
    expect(tile({}, { own: true })).toContain('aria-label=Bea, (you)');
  });

  it('showsThatANameLooksLikeSomebodyElses', () => {
    const lookalike = { presence: { ...BEA, lookalike: true } };
    const shown = tile({ lookalike: true });
    expect(shown).toMatch(/class=mark alike title=Somebody else goes by a name like this/);
    expect(shown).toContain('aria-label=Bea, Somebody else goes by a name like this');
    expect(tile({})).not.toContain('Somebody else');
    // Where nothing is pointed with there are no tooltips.
    expect(drawn(PersonMenu, lookalike)).toContain('Somebody else goes by a name like this');
    expect(drawn(PersonMenu, { presence: BEA })).not.toContain('Somebody else');
    const message = { id: 1, name: 'Bea', lookalike: true, own: false, text: 'hello', at: 0 };
    expect(drawn(ChatPanel, { messages: [message] })).toContain('Somebody else goes by a name like this');
    expect(drawn(ChatPanel, { messages: [{ ...message, lookalike: false }] })).not.toContain('Somebody else');
    const view = { ...NOTHING_YET, present: [{ ...BEA, lookalike: true }] };
    expect(drawn(PeoplePanel, { view })).toContain('Somebody else goes by a name like this');
    expect(drawn(PeoplePanel, { view: { ...view, present: [BEA] } })).not.toContain('Somebody else');
  });

  it('saysWhomATokenNames', () => {
    const text = 'Confirmed identity: bea';
    expect(tile({ verified: true })).toMatch(/class=mark verified title=Confirmed identity: bea/);
    expect(tile({ verified: true })).toContain(`aria-label=Bea, ${text}`);
    expect(tile({})).not.toContain('Confirmed');
    expect(drawn(PersonMenu, { presence: { ...BEA, verified: true } })).toContain(text);
    const view = { ...NOTHING_YET, present: [{ ...BEA, verified: true }] };
    expect(drawn(PeoplePanel, { view })).toContain(text);
    const both = { verified: true, lookalike: true };
    expect(tile(both)).not.toContain('mark verified');
    expect(drawn(PersonMenu, { presence: { ...BEA, ...both } })).toMatch(/Somebody else.*Confirmed/s);
  });

  it('isRenamedByItsOwnerAndTunedByTheOthers', () => {
    expect(tile({}, { own: true })).toContain('aria-label=Rename');
    expect(tile({})).toContain('aria-label=Volume of Bea');
    const menu = { presence: BEA, own: true, fault: 'Who?' };
    expect(drawn(PersonMenu, menu)).toMatch(/\.value=Bea.*role="alert">Who\?</s);
  });

  it('isSilentWhileNothingGoesOut', () => {
    expect(tile({}, { own: true, unheard: true })).not.toContain('speaking');
  });
});

const BACK = { text: 'Rejoin', go: () => {} };

describe('the page of a room', () => {
  it('showsNoStateOfASessionThatHasEnded', () => {
    expect(markup(status(NOTHING_YET))).not.toContain('connection');
    expect(markup(status({ ...NOTHING_YET, state: CONNECTED }))).toContain('class="connection"');
    const ended: SessionState = { phase: 'ended', failure: { kind: 'ending', ending: 'kicked' } };
    expect(markup(status({ ...NOTHING_YET, state: ended }))).not.toContain('connection');
    expect(markup(endedCard('r', { ...NOTHING_YET, state: ended }, BACK))).toContain(
      'A moderator removed you',
    );
  });

  it('warnsAboveTheTiles', () => {
    const view = { ...NOTHING_YET, state: { ...CONNECTED, whole: false }, trouble: 'missing' as const };
    const shown = markup(banners(view, () => {}));
    expect(shown.match(/role="alert"/g)).toHaveLength(2);
    expect(shown).toContain('No microphone was found');
    expect(markup(banners(NOTHING_YET, () => {}))).toBe('');
  });

  it('tellsAtTheEndWhatWasNotSent', () => {
    const unsaid = [
      {
        id: 1,
        name: '',
        lookalike: false,
        listener: false,
        own: true,
        text: 'x',
        at: 0,
        line: 7,
        why: 'ended',
        reason: '',
      } as const,
    ];
    const card = (view: Partial<RoomView>): string =>
      markup(endedCard('r', { ...NOTHING_YET, ...view }, BACK));
    expect(card({ unsaid })).toContain('1 message was not sent');
    expect(card({})).not.toContain('not sent');
  });
});

describe('the control bar', () => {
  it('saysWhatAButtonWillDo', () => {
    const bar = drawn(ControlBar, { muted: true, hand: true });
    for (const text of ['Unmute', 'Deafen', 'Lower hand']) expect(bar).toContain(text);
  });

  it('countsUnreadMessagesUpToNinetyNine', () => {
    expect(drawn(ControlBar, { unread: 0 })).not.toContain('badge');
    expect(drawn(ControlBar, { unread: 3 })).toContain('badge" data-count=3');
    expect(drawn(ControlBar, { unread: 100 })).toContain('badge" data-count=99+');
  });

  it('tellsWhichPanelIsOpen', () => {
    expect(drawn(ControlBar, { open: 'chat' })).toMatch(/data-panel=chat[^>]*aria-expanded=true/);
    expect(drawn(ControlBar, { open: 'chat' })).toMatch(/data-panel=share[^>]*aria-expanded=false/);
  });
});

describe('the card before a room', () => {
  it('saysWhatTheBrowserWillDo', () => {
    expect(drawn(JoinCard, { permission: 'prompt' })).toContain('The browser will ask');
    expect(drawn(JoinCard, { permission: 'granted' })).toContain('The microphone is ready');
  });

  it('warnsOfADeniedMicrophoneAndOfWhateverWentWrongFirst', () => {
    expect(drawn(JoinCard, { permission: 'denied' })).toContain('The microphone is blocked');
    expect(drawn(JoinCard, { permission: 'denied', trouble: 'busy' })).toContain('another program');
  });

  it('offersToJoinWithoutTheMicrophoneBeforeAnythingWasAsked', () => {
    expect(drawn(JoinCard, {})).toContain('Join without microphone');
  });

  it('asksForAName', () => {
    expect(drawn(JoinCard, { fault: '' })).not.toContain('id="missing"');
    expect(drawn(JoinCard, { fault: 'Who?' })).toMatch(/id="missing"[^>]*>Who\?</);
  });
});

describe('the panels', () => {
  it('tellWhyItIsNotWebTransport', () => {
    const usual = { ...CONNECTED, transport: 'webtransport', obstacle: null } as const;
    expect(drawn(ConnectionPanel, { state: CONNECTED })).toMatch(/WebSocket.*Why.*edge-7/);
    expect(drawn(ConnectionPanel, { state: usual })).not.toContain('Why');
    expect(drawn(ConnectionPanel, { state: null })).toContain('<dd>–</dd>');
  });

  it('countOnlyOnceThereIsSomethingToCount', () => {
    const moments = [{ roundTrip: null, figures: { received: 11, shared: true } as Figures }];
    expect(drawn(ConnectionPanel, {})).not.toContain('Frames received');
    expect(drawn(ConnectionPanel, { moments })).toMatch(/Frames received<\/dt><dd>11<.*shared/);
  });

  it('showWhatIsSaidAsTextAndAddressesAsLinks', () => {
    const message = { id: 1, name: 'Bea', lookalike: false, own: false, text: '<b> https://a.b', at: 0 };
    expect(drawn(ChatPanel, { messages: [] })).toContain('Nothing written yet');
    expect(drawn(ChatPanel, { messages: [message] })).toContain('<b> <a href=https://a.b target="_blank"');
  });

  it('sayWhatBecomesOfWhatOneWrites', () => {
    const message = {
      id: 1,
      name: 'Ann',
      lookalike: false,
      listener: false,
      own: true,
      text: 'hello',
      at: 0,
      line: 7,
      why: null,
      reason: '',
    };
    const sending = drawn(ChatPanel, { unsaid: [message] });
    expect(sending).toMatch(/Sending….*hello/);
    expect(sending).not.toContain('Try again');
    const unanswered = drawn(ChatPanel, { unsaid: [{ ...message, why: 'unanswered' }] });
    expect(unanswered).toMatch(
      /hello.*role="alert">Not sent\. The server did not confirm it\..*Try again.*Edit/,
    );
    const refused = drawn(ChatPanel, { unsaid: [{ ...message, why: 'refused', reason: 'No tabs.' }] });
    expect(refused).toMatch(/Not sent\. No tabs\..*Edit/);
    expect(refused).not.toMatch(/Sending|Try again/);
  });

  it('countWhereATextIsLongAndSayByHowMuchItIsTooLong', () => {
    expect(drawn(ChatPanel, { draft: 'x'.repeat(900) })).not.toContain('character');
    expect(drawn(ChatPanel, { draft: '🙂'.repeat(999) })).toContain('aria-live=off>1 character left<');
    expect(drawn(ChatPanel, { draft: 'x'.repeat(1012) })).toContain(
      'aria-live=polite>12 characters too many<',
    );
  });

  it('drawTheLinkAsACode', () => {
    const code = drawn(SharePanel, { link: 'https://confab.example/meeting/demo' });
    // The corner that every code begins with: a row of seven, and a gap.
    expect(code).toMatch(/<path d=M0 0h1v1h-1z(M[1-6] 0h1v1h-1z){6}M(?!7 0)/);
    expect(code).toContain('<code>https://confab.example/meeting/demo</code>');
  });

  it('leaveNothingToProcessInMusic', () => {
    const { settings } = new SoundSettingsForm();
    const boxes = (music: boolean): string[] =>
      drawn(SoundSettingsForm, { settings: { ...settings, music } }).match(/\.checked=\w+ \?disabled=\w+/g) ??
      [];
    expect(boxes(false)).toEqual([
      '.checked=true ?disabled=false',
      '.checked=true ?disabled=false',
      '.checked=true ?disabled=false',
      '.checked=false ?disabled=false',
      '.checked=true ?disabled=false',
    ]);
    expect(boxes(true).slice(0, 3)).toEqual(Array(3).fill('.checked=false ?disabled=true'));
  });
});
