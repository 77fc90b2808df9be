import { findPage } from '../client';

/** Names by which a machine knows only itself: who is sent there by a link looks for the room at home. */
const LOOPBACK = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The origin under which others open this page, as far as it can be told. */
export async function originForOthers(): Promise<string> {
  if (!LOOPBACK.test(location.hostname)) return location.origin;
  const { secureOrigin } = await findPage().catch(() => ({ secureOrigin: null }));
  return secureOrigin ?? location.origin;
}
