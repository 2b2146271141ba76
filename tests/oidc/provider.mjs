// An OpenID provider (npm: oidc-provider) on this machine, whose access tokens say what those of a realm of Keycloak say.
// node provider.mjs PORT, in a folder that has the package; it prints "ready". A line on its input ("rotate") gives it another key.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}/realms/agents`;
const roles = { secretariat: ['offline_access', 'registre-secretaire', 'registre-lecture'], lecture: ['registre-lecture'], intranet: ['registre-secretaire'], visiteur: ['offline_access'] };

function provider(kid) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const made = new Provider(issuer, {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    clients: Object.keys(roles).map((name) => ({
      client_id: name, client_secret: 'secret', grant_types: ['client_credentials'], response_types: [], redirect_uris: [],
    })),
    ttl: { ClientCredentials: 120 },
    cookies: { keys: ['of-no-use-here'] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:registre',
        getResourceServerInfo: () => ({ scope: '', audience: 'registre', accessTokenFormat: 'jwt', accessTokenTTL: 120, jwt: { sign: { alg: 'RS256' } } }),
      },
    },
    extraTokenClaims: (_, token) => ({ azp: token.clientId, typ: 'Bearer', realm_access: { roles: roles[token.clientId] } }),
  });
  return made.callback();
}

let current = provider('first');
createServer((request, response) => {
  // The provider stands below a path, as the realms of Keycloak do.
  request.originalUrl = request.url;
  request.url = request.url.replace(/^\/realms\/agents/, '') || '/';
  current(request, response);
}).listen(port, '127.0.0.1', () => console.log('ready'));
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'rotate') { current = provider('second'); console.log('rotated'); }
});
