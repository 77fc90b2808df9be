// A whole page with rooms, in thirty lines: what somebody writes who embeds them without our user interface.
// It is compiled with the rest, so it stays true.
import { createRoom, findLack, type Presence, Room, type RoomReport } from './index';

export async function openRoom(page: HTMLElement, name: string): Promise<void> {
  const lack = findLack();
  if (lack) throw new Error(`this browser cannot take part: ${lack}`);

  const people = page.appendChild(document.createElement('p'));
  const show = (present: readonly Presence[]): void => {
    people.textContent = present.map((each) => (each.muted ? `${each.name} (muted)` : each.name)).join(', ');
  };
  const room = new Room((report: RoomReport) => {
    if (report.kind === 'roster') show(report.present);
    if (report.kind === 'state' && report.state.phase === 'ended') show([]);
    if (report.kind === 'said') people.title = `${report.name}: ${report.text}`;
  });

  const { room: id } = await createRoom();
  const who = { room: id, user: 'ann', name };
  room.warmUp(who);
  const button = (text: string, act: () => unknown): void => {
    const added = page.appendChild(document.createElement('button'));
    added.textContent = text;
    added.onclick = () => void act();
  };
  button('Join', () => room.join(who));
  button('Mute', () => room.toggleMute());
  button('Wave', () => room.request({ kind: 'raise-hand', raised: true }));
  button('Say hello', () => room.request({ kind: 'say', text: 'Hello' }));
  button('Leave', () => room.leave());
}
