// Tokens, as a page meets them. Edges check them; what is read of them here only decides what the page asks
// for and shows.

const FRAGMENT = /^#t=(.+)$/;

/** What a token says of its bearer. */
export interface TokenClaims {
  /** Whether the bearer may be heard; where a token does not say, the edge does. */
  readonly mayBeHeard: boolean;
  /** The only user for whom it is. */
  readonly user: string | null;
  /** How its bearer is shown. */
  readonly name: string | null;
  readonly mayRename: boolean;
  readonly isHost: boolean;
  /** What its room is called. */
  readonly roomName: string | null;
}

const NOTHING: TokenClaims = {
  mayBeHeard: true,
  user: null,
  name: null,
  mayRename: true,
  isHost: false,
  roomName: null,
};

/**
 * The token of a link: it stands behind the # of the address, which browsers show to no server and to no
 * other page. Null when the address has none.
 */
export function tokenOf(hash: string): string | null {
  return FRAGMENT.exec(hash)?.[1] ?? null;
}

/** What it says, as far as it can be read. */
export function claimsOf(token: string | null): TokenClaims {
  const claims = payloadOf(token);
  if (claims === null) return NOTHING;
  const grants = claims['grants'] === undefined ? null : Object(claims['grants']);
  const name = textOf(claims['name']);
  return {
    mayBeHeard: grants === null || (Array.isArray(grants.publish) && grants.publish.includes('audio')),
    user: textOf(claims['sub']),
    name,
    mayRename: name === null || grants?.name === true,
    isHost: grants?.host === true,
    roomName: textOf(claims['roomName']),
  };
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}

function payloadOf(token: string | null): Record<string, unknown> | null {
  const payload = token?.split('.')[1];
  if (payload === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
