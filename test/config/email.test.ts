import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/config/compile.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { deadAddress } from '../../src/destinations/guide.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { redact, secretsOf } from '../../src/telemetry/redact.ts';

const PASSWORD = 'hunter2%40hidden';
const SERVER = `smtp://relay%40example.com:${PASSWORD}@smtp.example.com:587`;
const file = (more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    receivers: {
      'ops-mail': { type: 'email', url: SERVER, from: 'relay@example.com', to: 'ops@example.com', ...more },
    },
  });

async function problemsOf(text: string) {
  const error = await parseConfigFile(text, {}).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) throw new Error('the file was taken');
  return error.problems.map(({ path, message }) => `${path.split('  ')[1]}: ${message}`);
}

describe('a receiver of mail', () => {
  it.each([
    ['ops@example.com', { name: '', address: 'ops@example.com' }],
    ['Ops <ops@example.com>', { name: 'Ops', address: 'ops@example.com' }],
    [
      '운영 팀 (야간) <o.p-s+night@mail.example.co.kr>',
      { name: '운영 팀 (야간)', address: 'o.p-s+night@mail.example.co.kr' },
    ],
    ['<ops@xn--bcher-kva.example>', { name: '', address: 'ops@xn--bcher-kva.example' }],
  ])('has an address: %s', async (to, mailbox) => {
    const { receivers } = compiled(await parseConfigFile(file({ to }), {}), { locale: 'en', timeZone: 'UTC' });

    expect(receivers[0]?.letters).toStrictEqual({ from: { name: '', address: 'relay@example.com' }, to: mailbox });
  });

  const each = 'one receiver for each address, or a distribution list; a route takes several receivers';

  it.each([
    [{ to: undefined }, 'to: this is missing: expected an address, such as ops@example.com'],
    [{ from: undefined }, 'from: this is missing: expected an address, such as ops@example.com'],
    [{ to: ['a@example.com', 'b@example.com'] }, `to: expected one address: ${each}`],
    [{ to: 'a@example.com, b@example.com' }, `to: expected one address: ${each}`],
    [{ to: 'a@example.com;b@example.com' }, `to: expected one address: ${each}`],
    [{ to: 'a@example.com <b@example.com>' }, `to: expected one address: ${each}`],
    [{ to: 'ops' }, 'to: expected an address, such as ops@example.com'],
    [{ to: 'ops@localhost' }, 'to: expected an address, such as'],
    [{ to: 'ops@example.com\r\nBcc: e@e.vil' }, 'to: expected'],
    [{ to: 'Ops\n <ops@example.com>' }, 'to: expected an address'],
    [{ to: 'Ops "x" <ops@example.com>' }, 'to: expected an address'],
    [{ to: '"ops"@example.com' }, 'to: expected an address'],
    [{ to: 'öps@example.com' }, 'to: expected an address'],
    [{ to: 'ops@bücher.example' }, 'the form that begins with xn--'],
    [{ to: `${'a'.repeat(65)}@example.com` }, 'to: expected an address'],
    [{ to: `a@${'b.'.repeat(130)}com` }, 'to: expected an address'],
    [{ host: 'smtp.example.com' }, 'host: the server of a mail is the one that `url` names'],
    [{ proxy: 'http://proxy.example.com' }, 'proxy: a mail goes straight to its server'],
    [{ secret: 'x' }, 'secret: messages to email are not signed'],
    [{ auth: 'entra' }, 'auth: Mail knows nobody by Entra ID'],
    [{ url: 'https://smtp.example.com' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp.example.com:587' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp://relay@smtp.example.com' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp://:hidden@smtp.example.com' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp://a:100%@smtp.example.com' }, '%25 for %'],
    [{ url: 'smtp://a:b%0d%0aRCPT@smtp.example.com' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp://a:b@smtp.example.com/path' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp://a:b@smtp.example.com?x=1' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp://a:b@smtp_example%2fcom' }, 'url: expected the server that takes the mail'],
    [{ url: 'smtp://a:b@10.0.0.4' }, 'url: expected a public host, not a private address'],
    [{ url: 'smtp://a:b@[fd00::1]' }, 'url: expected a public host, not a private address'],
    [{ url: 'smtp://127.0.0.1:1025' }, 'url: expected a server that Azure reaches, not this machine'],
    [{ url: 'smtps://LOCALHOST' }, 'url: expected a server that Azure reaches, not this machine'],
  ])('is refused with %j', async (more, told) => {
    const problems = await problemsOf(file(more));

    expect(problems).toStrictEqual([expect.stringContaining('receivers.ops-mail.')]);
    expect(problems.join()).toContain(told);
    expect(problems.join()).not.toMatch(/hidden|hunter2/);
  });

  it('is the only one with addresses', async () => {
    const text = file({ type: 'slack', url: 'https://hooks.slack.com/services/T/B/x' });

    expect(await problemsOf(text)).toStrictEqual([
      'receivers.ops-mail.from: only mail has an address: it has no use here',
      'receivers.ops-mail.to: only mail has an address: it has no use here',
    ]);
  });

  it('may be on this machine in a local run, in clear', async () => {
    const env = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };

    expect((await parseConfigFile(file({ url: 'smtp://127.0.0.1:1025' }), env)).receivers).toHaveProperty('ops-mail');
  });

  it.each([
    ['smtp://a:b@smtp.example.com:25', /^Azure lets no mail out by port 25/],
    ['smtp://a:b@smtp.example.com:465', /^by port 465 TLS comes at once: expected smtps:/],
    ['smtps://a:b@smtp.example.com:587', /^by port 587 TLS comes after STARTTLS: expected smtp:/],
    ['smtp://a:b@smtp.example.com', undefined],
    ['smtps://a:b@smtp.example.com', undefined],
    ['smtp://127.0.0.1:25', undefined],
  ])('at %s may be told what is wrong with the port', (url, why) => {
    const told = deadAddress(url, 'email');

    if (why === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(why);
  });

  it('has a password that is seen nowhere, as it is written and as it is meant', () => {
    const known = secretsOf([{ url: SERVER }]);

    expect(redact(`535 no ${PASSWORD} and ${decodeURIComponent(PASSWORD)} and ${SERVER}`, known)).not.toMatch(
      /hunter2/,
    );
  });
});
