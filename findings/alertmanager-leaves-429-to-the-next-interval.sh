#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian's prometheus-alertmanager 0.25.0-1): a webhook that answers 429 is not asked again by the
# notification's own retries, which are for 5xx alone; the alert waits for the next group_interval (5 minutes by default).
# Retry-After is read of neither: after 503 with "Retry-After: 3" the next try came within a second or two. Whoever asks this
# sender to slow down by 429 gets its alerts a group_interval late, and by 503 gets them at once.
# Seen with group_wait 1 s and group_interval 12 s: after 429 the second post comes 11 to 14 s later, after 503 in less than 3 s.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download prometheus-alertmanager=0.25.0-1* >/dev/null 2>&1
dpkg-deb -x prometheus-alertmanager_*.deb .
cat > ask.mjs <<'JS'
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

async function secondPost(status) {
  const times = [];
  const server = createServer((request, response) =>
    request.resume().on('end', () => {
      times.push(Date.now());
      response.writeHead(times.length === 1 ? status : 200, { 'retry-after': '3' }).end();
    }),
  );
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  mkdirSync(`data-${status}`);
  writeFileSync(
    `${status}.yml`,
    `route: { receiver: hook, group_wait: 1s, group_interval: 12s, repeat_interval: 1h }
receivers: [{ name: hook, webhook_configs: [{ url: "http://127.0.0.1:${server.address().port}/" }] }]
`,
  );
  const port = 20_000 + status;
  const child = spawn('./usr/bin/prometheus-alertmanager', [
    `--config.file=${status}.yml`,
    `--storage.path=data-${status}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ]);
  const post = () =>
    fetch(`http://127.0.0.1:${port}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ labels: { alertname: 'ShopSlow', severity: 'critical' } }]),
    }).then(({ ok }) => ok, () => false);
  while (!(await post())) await sleep(100);
  while (times.length < 2) await sleep(50);
  child.kill();
  server.closeAllConnections();
  server.close();
  return (times[1] - times[0]) / 1_000;
}

for (const [status, from, to] of [[429, 11, 14], [503, 0, 3]]) {
  const seconds = await secondPost(status);
  console.log(status, seconds >= from && seconds < to ? `again after ${from} to ${to} s` : `again after ${seconds} s`);
}
JS
seen=$(node ask.mjs)
printf '%s\n' "$seen"
if [ "$seen" = $'429 again after 11 to 14 s\n503 again after 0 to 3 s' ]; then
  echo "Alertmanager 0.25.0: holds"
else
  echo "Alertmanager 0.25.0: changed"
  exit 1
fi
