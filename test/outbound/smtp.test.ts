import { describe, expect, it } from 'vitest';
import { judge } from '../../src/destinations/answer.ts';
import { emailAnswers } from '../../src/destinations/email/answers.ts';
import { mailboxProblem } from '../../src/destinations/email/mailbox.ts';
import { mailServerProblem } from '../../src/destinations/email/server-address.ts';
import { mailed } from '../../src/destinations/email/transport.ts';
import { event as eventSchema } from '../../src/event/event.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { mailer } from '../../src/outbound/smtp/mailer.ts';
import { type Certificate, canCertify, certificate } from '../support/certificate.ts';
import { examples } from '../support/examples.ts';
import { HOSTILE } from '../support/hostile.ts';
import { mailServer, scriptedServer } from '../support/mail-server.ts';
import { payloadOf } from '../support/payloads.ts';

const PASSWORD = 'p@ss:w/rd%41';
const LETTERS = {
  from: { name: 'Relay, "the"', address: 'relay@example.com' },
  to: { name: '운영팀', address: 'ops@example.net' },
};
const HOST = 'mail.example.com';
const credentials = `relay%40example.com:${encodeURIComponent(PASSWORD)}@`;

/** To a server that has a name, whose certificate is trusted. */
const sendBy =
  ({ cert }: Pick<Certificate, 'cert'>) =>
  async (url: string, payload: unknown = payloadOf('email', examples.alert), id = 'event-1') => {
    const resolve = mailer('local', {
      ca: cert,
      resolve: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    return mailed(undefined, resolve)({ name: 'ops-mail', url, letters: LETTERS }, payload, id);
  };

describe.runIf(await canCertify())('a server with TLS', () => {
  it.each([true, false])('gets a mail from whoever signs in (TLS at once: %s)', async (secure) => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await mailServer({ secure, key: trusted.key, cert: trusted.cert, authOptional: false });
    const scheme = secure ? 'smtps' : 'smtp';

    const answer = await sendBy(trusted)(`${scheme}://${credentials}${HOST}:${server.port}`);

    expect(judge(answer, emailAnswers)).toStrictEqual({ kind: 'sent' });
    expect(server.signedIn).toStrictEqual([['relay@example.com', PASSWORD]]);
    const [mail] = server.received;
    expect(mail).toMatchObject({
      secure: true,
      envelope: { from: 'relay@example.com', to: ['ops@example.net'] },
      from: { value: [LETTERS.from] },
      to: { value: [LETTERS.to] },
    });
    const { subject, text, html } = payloadOf('email', examples.alert) as Record<string, string>;
    expect(mail?.subject).toBe(subject);
    expect(mail?.text?.trim()).toBe(text?.trim());
    expect(`${mail?.html}`.trim()).toBe(html?.trim());
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.attachments).toStrictEqual([]);
  });

  it('gets nothing, and no password, where its certificate is somebody else’s', async () => {
    await using trusted = await certificate('DNS:other.example.com');
    await using server = await mailServer({ key: trusted.key, cert: trusted.cert });

    const answer = await sendBy(trusted)(`smtp://${credentials}${HOST}:${server.port}`);
    const unknown = await mailed(
      undefined,
      mailer('local', { resolve: (_n, _o, found) => found(null, [{ address: '127.0.0.1', family: 4 }]) }),
    )(
      { url: `smtp://${credentials}${HOST}:${server.port}`, letters: LETTERS },
      payloadOf('email', examples.alert),
      'a',
    );

    for (const each of [answer, unknown]) {
      expect(judge(each, emailAnswers)).toMatchObject({ kind: 'broken', reason: 'smtp-certificate' });
    }
    expect([server.signedIn, server.received]).toStrictEqual([[], []]);
  });

  it.each([
    ['offers no STARTTLS', '250 AUTH PLAIN', undefined, { kind: 'broken', reason: 'smtp-no-tls' }],
    ['does not know STARTTLS', '250 STARTTLS', '502 5.5.1 no', { kind: 'broken', reason: 'smtp-no-tls' }],
    ['has no TLS just now', '250 STARTTLS', '454 4.7.0 later', { kind: 'retry', reason: 'smtp-454' }],
  ])('gets no password in clear where it %s', async (_what, EHLO, STARTTLS, verdict) => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await scriptedServer({ EHLO: `250-${HOST}\r\n${EHLO}`, ...(STARTTLS && { STARTTLS }) });

    const answer = await sendBy(trusted)(`smtp://${credentials}${HOST}:${server.port}`);

    expect(judge(answer, emailAnswers)).toMatchObject(verdict);
    expect(server.said.filter((line) => /AUTH|MAIL/.test(line))).toStrictEqual([]);
  });

  it.each([
    ['is silent', '220 go on', 'timeout'],
    ['hangs up', 'hang-up', 'connection'],
  ] as const)(
    'that %s where TLS should begin is tried again later, and gets nothing',
    { timeout: 20_000 },
    async (_what, STARTTLS, reason) => {
      await using trusted = await certificate(`DNS:${HOST}`);
      await using server = await scriptedServer({ EHLO: `250-${HOST}\r\n250 STARTTLS`, STARTTLS });

      const answer = await sendBy(trusted)(`smtp://${credentials}${HOST}:${server.port}`);

      expect(judge(answer, emailAnswers)).toMatchObject({ kind: 'retry', reason });
      expect(server.said.filter((line) => /AUTH|MAIL/.test(line))).toStrictEqual([]);
    },
  );

  it('that has no TLS at once is told from one that has', async () => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await mailServer({ key: trusted.key, cert: trusted.cert });

    const answer = await sendBy(trusted)(`smtps://${credentials}${HOST}:${server.port}`);

    expect(judge(answer, emailAnswers)).toMatchObject({ kind: 'broken', reason: 'smtp-no-tls' });
  });

  it('that offers no sign-in gets no mail of whoever wants to sign in', async () => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await mailServer({ key: trusted.key, cert: trusted.cert, disabledCommands: ['AUTH'] });

    const answer = await sendBy(trusted)(`smtp://${credentials}${HOST}:${server.port}`);

    expect(judge(answer, emailAnswers)).toMatchObject({ kind: 'broken', reason: 'smtp-no-sign-in' });
    expect(server.received).toStrictEqual([]);
  });

  it('gets a mail without a sign-in where the address names nobody', async () => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await mailServer({ key: trusted.key, cert: trusted.cert });

    expect(await sendBy(trusted)(`smtp://${HOST}:${server.port}`)).toMatchObject({ status: 250 });
    expect(server.signedIn).toStrictEqual([]);
  });

  it.each([
    [535, { kind: 'broken', reason: 'smtp-sign-in' }],
    [534, { kind: 'broken', reason: 'smtp-sign-in' }],
    [538, { kind: 'broken', reason: 'smtp-no-tls' }],
    [504, { kind: 'broken', reason: 'smtp-no-sign-in' }],
    [454, { kind: 'retry', reason: 'smtp-454' }],
  ])('that answers %i to the password is judged so', async (responseCode, verdict) => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await mailServer({
      ...{ key: trusted.key, cert: trusted.cert },
      onAuth: (_auth, _session, done) => done(Object.assign(new Error(`hidden ${PASSWORD}`), { responseCode })),
    });

    const answer = await sendBy(trusted)(`smtp://${credentials}${HOST}:${server.port}`);

    expect(judge(answer, emailAnswers)).toMatchObject(verdict);
    expect(JSON.stringify(answer)).not.toMatch(/hidden|p@ss/);
  });

  it('is not sent what is larger than it says it takes', async () => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await mailServer({ key: trusted.key, cert: trusted.cert, size: 1_000 });

    const answer = await sendBy(trusted)(`smtp://${credentials}${HOST}:${server.port}`);

    expect(judge(answer, emailAnswers)).toMatchObject({ kind: 'refused', reason: 'smtp-message' });
    expect(server.received).toStrictEqual([]);
  });

  it('gets hostile text as text: no header, address or part more than there should be', async () => {
    await using trusted = await certificate(`DNS:${HOST}`);
    await using server = await mailServer({ key: trusted.key, cert: trusted.cert });
    const texts = [
      ...HOSTILE,
      'x\r\nBcc: evil@e.vil\r\n\r\nbody',
      `=?utf-8?B?${'QQ=='.repeat(30)}?=`,
      '.\r\n.\r\nMAIL FROM:<a@b.c>',
    ];
    const sent = texts.map(
      (title) =>
        payloadOf('email', eventSchema.parse({ ...examples.custom, title, text: title })) as Record<string, string>,
    );

    for (const [at, payload] of sent.entries())
      await sendBy(trusted)(`smtp://${HOST}:${server.port}`, payload, `event-${at}`);

    expect(server.received).toHaveLength(texts.length);
    for (const [at, mail] of server.received.entries()) {
      expect(mail.envelope.to).toStrictEqual(['ops@example.net']);
      expect([...mail.headers.keys()].sort()).toStrictEqual(HEADERS);
      expect(mail.to).toMatchObject({ value: [LETTERS.to] });
      expect(mail.text?.trim()).toBe(sent[at]?.['text']?.trim());
    }
  });
});

it('an address that is missing is told as that, and port 0 is none', () => {
  expect(mailboxProblem(undefined)).toMatch(/^this is missing/);
  expect(mailboxProblem('a@example.com, b@example.com')).toMatch(/^expected one address/);
  expect(mailServerProblem('smtp://mail.example.com:0', false)).toMatch(/^expected the server/);
});

it.each([
  ['fired', true],
  ['resolved', false],
] as const)('a critical alert that is %s is of high importance: %s', (state, isUrgent) => {
  const told = payloadOf('email', eventSchema.parse({ ...examples.alert, state, severity: 'critical' }));

  expect('urgent' in (told as object)).toBe(isUrgent);
});

const HEADERS = [
  ...['auto-submitted', 'content-type', 'date', 'from', 'in-reply-to', 'message-id', 'mime-version', 'references'],
  ...['subject', 'to', 'x-auto-response-suppress', 'x-relay-event', 'x-relay-thread'],
];

describe('on Azure', () => {
  const { smtp } = transportsWithin('public');
  const to = (host: string, port: number) => ({ url: `smtp://${host}:${port}`, letters: LETTERS });

  it.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1'])(
    'connects to nothing on its own machine, given %s',
    async (host) => {
      await using server = await scriptedServer({});

      expect(await smtp(to(host, server.port), payloadOf('email', examples.alert), 'event-1')).toStrictEqual({
        kind: 'unanswered',
        reason: 'connection',
      });
      expect(server.said).toStrictEqual([]);
    },
  );

  it.each(['169.254.169.254', '10.0.0.1', '[::1]', '[fd00::1]'])('does not try %s', async (host) => {
    expect(await smtp(to(host, 25), payloadOf('email', examples.alert), 'event-1')).toStrictEqual({
      kind: 'unanswered',
      reason: 'connection',
    });
  });
});
