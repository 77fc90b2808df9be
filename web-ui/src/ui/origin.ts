import type { PageInfo } from '../client';

/** Names by which a machine knows only itself: who is sent there by a link looks for the room at home. */
const LOOPBACK = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin under which others open this page, as far as it can be told.
 * @param told by the edge; null when it says nothing
 */
export async function originForOthers(told: Promise<PageInfo | null>): Promise<string> {
  if (!LOOPBACK.test(location.hostname)) return location.origin;
  return (await told)?.secureOrigin ?? location.origin;
}
