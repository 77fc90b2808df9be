// How this person gets into rooms: by the token of the link, or by one that they are given for logging in.
import { base, claimsOf, fetchToken, type PageInfo, type TokenClaims, tokenOf } from '../client';

/** Where people who have logged in get a token. */
const LOGIN_TOKEN = 'api/v1/login/token';

export interface Access {
  /** Nobody enters without a token. */
  readonly asks: boolean;
  /** People may log in here. */
  readonly login: boolean;
  /** This person has. */
  readonly loggedIn: boolean;
  readonly token: string | null;
  /** What the token says. */
  readonly claims: TokenClaims;
  /** Where there is another one. */
  readonly tokenUrl: string | null;
}

/** Where whoever comes is let in, as long as it is not known otherwise. */
export const OPEN: Access = {
  asks: false,
  login: false,
  loggedIn: false,
  token: null,
  claims: claimsOf(null),
  tokenUrl: null,
};

/**
 * An edge that says nothing counts as open: it says so itself when somebody enters.
 * @param told by the edge; null when it says nothing
 * @param hash of the page's address
 */
export async function findAccess(told: Promise<PageInfo | null>, hash: string): Promise<Access> {
  const given = tokenOf(hash);
  const page = await told;
  const asks = page?.asksForTokens ?? false;
  const login = page?.login ?? false;
  const elsewhere = page?.tokenUrl ?? null;
  if (given !== null) {
    return { asks, login, loggedIn: false, token: given, claims: claimsOf(given), tokenUrl: elsewhere };
  }
  const tokenUrl = elsewhere ?? (login ? LOGIN_TOKEN : null);
  const token = tokenUrl === null ? null : await fetchToken(tokenUrl).catch(() => null);
  const loggedIn = token !== null && tokenUrl === LOGIN_TOKEN;
  return { asks, login, loggedIn, token, claims: claimsOf(token), tokenUrl };
}

/** Where somebody goes to log in who wants to come back here. */
export function loginPath(): string {
  return `${base}login?page=${encodeURIComponent(location.pathname)}`;
}

/** Where somebody logs out who wants to be here afterwards. */
export function logoutPath(): string {
  return `${base}logout?page=${encodeURIComponent(location.pathname)}`;
}

const OUTCOMES = ['denied', 'failed', 'unreachable'] as const;
export type LoginOutcome = (typeof OUTCOMES)[number];

/** Why somebody who comes back from logging in is not; the address is as before, then. */
export function takeLoginOutcome(): LoginOutcome | null {
  const query = new URLSearchParams(location.search);
  const outcome = OUTCOMES.find((each) => each === query.get('login')) ?? null;
  if (outcome !== null) {
    query.delete('login');
    const search = query.size > 0 ? `?${query}` : '';
    history.replaceState(null, '', location.pathname + search + location.hash);
  }
  return outcome;
}
