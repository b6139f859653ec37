#!/usr/bin/env bash
# nodemailer 10.6.1: a mail to two, of which the server takes one and says "450, later" to the other, resolves as a success. What is
# kept back is in `rejected`, with `permanent: false` in `rejectedErrors`, and nobody tries it again, a pool neither. Where both are
# refused, one for now (450) and one for good (550), the promise rejects with the one for now, whatever their order.
# So "later" is never seen by whoever asks only whether the promise was kept: one mail for each address, or look at `rejected`.
# Seen: nodemailer 10.6.1 with smtp-server 3.21.6 on 127.0.0.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "name": "app", "version": "1.0.0", "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --save-exact nodemailer@10.6.1 smtp-server@3.21.6 >/dev/null
cat > app.js <<'JS'
import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';

const refusals = { later: 450, never: 550 };
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo({ address }, _session, done) {
    const code = refusals[address.split('@')[0]];
    done(code && Object.assign(new Error('no'), { responseCode: code }));
  },
  onData: (stream, _session, done) => stream.resume().on('end', () => done()),
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const client = nodemailer.createTransport({ host: '127.0.0.1', port: server.server.address().port });
const send = async (...names) => {
  const to = names.map((name) => ({ name: '', address: `${name}@example.com` }));
  try {
    const { accepted, rejected, rejectedErrors } = await client.sendMail({ from: 'a@example.com', to, subject: 's', text: 't' });
    return `resolved, accepted ${accepted.length}, rejected ${rejected.length}, permanent ${rejectedErrors?.[0]?.permanent}`;
  } catch ({ responseCode, permanent }) {
    return `rejected ${responseCode}, permanent ${permanent}`;
  }
};
console.log([await send('ann', 'later'), await send('never', 'later'), await send('later', 'never')].join('\n'));
server.close();
JS
seen=$(node app.js)
echo "$seen"
expected='resolved, accepted 1, rejected 1, permanent false
rejected 450, permanent false
rejected 450, permanent false'
if [ "$seen" = "$expected" ]; then
  echo "nodemailer 10.6.1: holds"
else
  echo "nodemailer 10.6.1: changed"
  exit 1
fi
