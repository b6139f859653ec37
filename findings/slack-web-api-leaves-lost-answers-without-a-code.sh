#!/usr/bin/env bash
# @slack/web-api 8.2.0: every error of the client is documented to have a `code` by which to tell it (slack_webapi_request_error
# and the like), and a failed request to be tried again. Not so where Slack has taken the message and its answer is lost on the way:
# - the connection ends in the middle of the body of a 200: a bare TypeError "terminated", no `code`, one call, nothing logged;
# - a `timeout` that ends in the body: a DOMException "TimeoutError", whose `code` is the number 23;
# - 429 with `Retry-After` as a date, which HTTP allows: a bare Error, no `code`, one call.
# The connection that ends before the headers has its code, and the retries. So whoever looks at `code` alone throws away the one
# error that says "it may stand in the channel", and whoever tries again on any error posts twice.
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

const answers = {
  lost: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"ok":true,');
    setTimeout(() => response.destroy(), 50);
  },
  slow: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"ok":true,');
  },
  dated: (response) => {
    response.writeHead(429, { 'retry-after': new Date(Date.now() + 1_000).toUTCString() });
    response.end();
  },
  refused: (response) => response.destroy(),
};

const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} };

for (const [name, answer] of Object.entries(answers)) {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume().on('end', () => answer(response));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const client = new slack.WebClient('xoxb-none', {
    slackApiUrl: `http://127.0.0.1:${server.address().port}/`,
    retryConfig: { ...slack.retryPolicies.rapidRetryPolicy, retries: 2 },
    timeout: 500,
    logger: quiet,
  });
  const error = await client.chat.postMessage({ channel: 'C1', text: 't' }).catch((thrown) => thrown);
  console.log(`${name}: ${error.name}, code ${error.code}, ${calls} calls`);
  server.closeAllConnections();
  server.close();
}
JS
seen=$(node app.js)
echo "$seen"
expected='lost: TypeError, code undefined, 1 calls
slow: TimeoutError, code 23, 1 calls
dated: Error, code undefined, 1 calls
refused: WebAPIRequestError, code slack_webapi_request_error, 3 calls'
if [ "$seen" = "$expected" ]; then
  echo "@slack/web-api 8.2.0: holds"
else
  echo "@slack/web-api 8.2.0: changed"
  exit 1
fi
