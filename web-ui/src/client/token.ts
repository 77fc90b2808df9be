// The token of a link: it stands behind the # of the address, which browsers show to no server and to no
// other page. Edges check it; what is read of it here only decides what the page asks for.

const FRAGMENT = /^#t=(.+)$/;

/** Null when the address has none. */
export function tokenOf(hash: string): string | null {
  return FRAGMENT.exec(hash)?.[1] ?? null;
}

/** Whether the bearer may be heard; of a token that cannot be read it is not known, and the edge says so. */
export function mayBeHeard(token: string | null): boolean {
  const claims = claimsOf(token);
  if (claims === null || claims['grants'] === undefined) return true;
  const { publish } = Object(claims['grants']);
  return Array.isArray(publish) && publish.includes('audio');
}

function claimsOf(token: string | null): Record<string, unknown> | null {
  const payload = token?.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
