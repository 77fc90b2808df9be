// An OpenID provider on a port of this machine, for tests. People log in by their name and any password.
//
// node provider.mjs '{"port": 0, "redirects": ["http://localhost:8080/login/callback"], "people": {"ann": {"name": "Ann"}}}'
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const { port, redirects, people } = JSON.parse(process.argv[2]);
const server = createServer();
await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

// Keys of this run: one that starts again signs by others, as providers do that change theirs.
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: `key-${process.pid}`, alg: 'RS256', use: 'sig' };

const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
  clients: [{ client_id: 'confab', client_secret: 'the secret of the client', redirect_uris: redirects }],
  jwks: { keys: [key] },
  cookies: { keys: ['of no other use'] },
  claims: { profile: ['name', 'preferred_username'], groups: ['groups'] },
  scopes: ['openid', 'profile', 'groups'],
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: `subject of ${id}`, preferred_username: id, ...people[id] }),
  }),
});
server.on('request', provider.callback());
console.log(`issuer http://127.0.0.1:${server.address().port}`);
