#!/usr/bin/env bash
# @azure/eventgrid 5.12.0 (npm): EventGridPublisherClient.send takes 200 alone for success. An endpoint that answers 201, 202 or
# 204, as receivers that put what they get into a queue do, has stored the event, and the sender sees a RestError whose
# statusCode is that success. Whoever retries on errors sends the event again.
# Seen with a server on this machine, CloudEvents schema, no retries: 200 is "sent"; 201, 202 and 204 throw.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit @azure/eventgrid@5.12.0 >/dev/null
cat > send.mjs <<'JS'
import { createServer } from 'node:http';
import { AzureKeyCredential, EventGridPublisherClient } from '@azure/eventgrid';

for (const status of [200, 201, 202, 204]) {
  const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(status).end()));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const client = new EventGridPublisherClient(
    `http://127.0.0.1:${server.address().port}/api/events`,
    'CloudEvent',
    new AzureKeyCredential('key'),
    { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } },
  );
  const outcome = await client.send([{ type: 'shop.sold', source: '/shop', data: { count: 1 } }]).then(
    () => 'sent',
    (error) => `${error.name} ${error.statusCode}`,
  );
  console.log(status, outcome);
  server.closeAllConnections();
  server.close();
}
JS
seen=$(node send.mjs)
printf '%s\n' "$seen"
if [ "$seen" = $'200 sent\n201 RestError 201\n202 RestError 202\n204 RestError 204' ]; then
  echo "@azure/eventgrid 5.12.0: holds"
else
  echo "@azure/eventgrid 5.12.0: changed"
  exit 1
fi
