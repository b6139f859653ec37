#!/usr/bin/env bash
# @slack/web-api 8.2.0: an answer of status 200 that is no JSON, such as the sign-in page of a proxy, is told as an error that Slack has
# answered: `code: slack_webapi_platform_error`, which by its documentation means `ok: false` of the Web API, with the page, whole and
# whatever it holds, as `data.error` and in `message`. An empty body is `error: ""`. So whoever counts or logs errors by their name has pages there,
# and nobody tells a proxy from Slack. The body `null` is a bare TypeError.
# Seen: @slack/web-api 8.2.0 against a server on 127.0.0.1, Node 20 and 24.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "name": "app", "version": "1.0.0", "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --save-exact @slack/web-api@8.2.0 >/dev/null
cat > app.js <<'JS'
import { createServer } from 'node:http';
import slack from '@slack/web-api';

const page = `<html><body>Sign in, ${'x'.repeat(100_000)} session=abc</body></html>`;
const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} };
const server = createServer((request, response) => {
  const body = { '/page/chat.postMessage': page, '/empty/chat.postMessage': '', '/null/chat.postMessage': 'null' }[request.url];
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/html' }).end(body));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
for (const name of ['page', 'empty', 'null']) {
  const slackApiUrl = `http://127.0.0.1:${server.address().port}/${name}/`;
  const client = new slack.WebClient('xoxb-none', { slackApiUrl, retryConfig: { retries: 0 }, timeout: 2_000, logger: quiet });
  const error = await client.chat.postMessage({ channel: 'C1', text: 't' }).catch((thrown) => thrown);
  const holds = (text) => text?.includes(page) === true;
  console.log(`${name}: ${error.name}, code ${error.code}, page in data.error ${holds(error.data?.error)}, in message ${holds(error.message)}`);
}
server.closeAllConnections();
server.close();
JS
seen=$(node app.js)
echo "$seen"
expected='page: WebAPIPlatformError, code slack_webapi_platform_error, page in data.error true, in message true
empty: WebAPIPlatformError, code slack_webapi_platform_error, page in data.error false, in message false
null: TypeError, code undefined, page in data.error false, in message false'
if [ "$seen" = "$expected" ]; then
  echo "@slack/web-api 8.2.0: holds"
else
  echo "@slack/web-api 8.2.0: changed"
  exit 1
fi
