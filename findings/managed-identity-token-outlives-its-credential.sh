#!/usr/bin/env bash
# @azure/identity 4.14.1 (npm): a ManagedIdentityCredential keeps no tokens of its own. They lie in a cache of the process, by
# resource, until shortly before their end, for App Service a day: a second credential, made in order to begin anew after a resource
# has refused the token, or after the identity's roles have changed, answers with the token of the first and asks nobody. Claims, with
# which getToken is to fetch another one, change nothing here.
# Seen with a server of this machine in the place of App Service's endpoint (version 2019-08-01): one call for four credentials and
# six getToken, two of them with claims; the same token each time.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit @azure/identity@4.14.1 >/dev/null
cat > ask.mjs <<'JS'
import { createServer } from 'node:http';
import { ManagedIdentityCredential } from '@azure/identity';

let calls = 0;
const server = createServer((request, response) => {
  calls += 1;
  response.setHeader('content-type', 'application/json');
  const expires_on = `${Math.floor(Date.now() / 1000) + 86_400}`;
  response.end(JSON.stringify({ access_token: `token-${calls}`, expires_on, resource: 'https://shop.example', token_type: 'Bearer' }));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${server.address().port}/msi/token`;
process.env.IDENTITY_HEADER = 'header';

const ask = (credential, options) => credential.getToken('https://shop.example/.default', options).then(({ token }) => token);
const first = new ManagedIdentityCredential();
const got = [await ask(first), await ask(first), await ask(new ManagedIdentityCredential()), await ask(new ManagedIdentityCredential())];
const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1' } } });
got.push(await ask(first, { claims }), await ask(new ManagedIdentityCredential(), { claims }));
console.log(calls, got.join(' '));
server.closeAllConnections();
server.close();
JS
seen=$(node ask.mjs)
printf '%s\n' "$seen"
if [ "$seen" = '1 token-1 token-1 token-1 token-1 token-1 token-1' ]; then
  echo "@azure/identity 4.14.1: holds"
else
  echo "@azure/identity 4.14.1: changed"
  exit 1
fi
