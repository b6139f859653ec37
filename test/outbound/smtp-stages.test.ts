import { describe, expect, it, vi } from 'vitest';
import { judge, type Verdict } from '../../src/destinations/answer.ts';
import { emailAnswers } from '../../src/destinations/email/answers.ts';
import { mailed } from '../../src/destinations/email/transport.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { mailer } from '../../src/outbound/smtp/mailer.ts';
import { type Said, type Step, scriptedServer, USUAL } from '../support/mail-server.ts';

const { smtp } = transportsWithin('local');

const MAIL = { subject: 'Scaling out', text: 'Scaling out.\n', event: 'event-12345678', thread: 'a'.repeat(32) };
const LETTERS = { from: { name: '', address: 'relay@example.com' }, to: { name: 'Ops', address: 'ops@example.com' } };

const addressOf = (port: number) => ({ name: 'ops-mail', url: `smtp://127.0.0.1:${port}`, letters: LETTERS });

const sendTo = async (port: number) => smtp(addressOf(port), MAIL, 'event-1');

async function tried(script: Partial<Record<Step, Said>>) {
  await using server = await scriptedServer(script);
  const began = performance.now();
  const answer = await sendTo(server.port);
  const seconds = (performance.now() - began) / 1000;
  // Nobody is kept waiting by a connection that is left open.
  await vi.waitFor(() => expect(server.open.size).toBe(0), 5_000);
  return { seconds, answer, verdict: judge(answer, emailAnswers), messages: server.messages };
}

const STEPS = Object.keys(USUAL) as Step[];
const HANDED: readonly Step[] = ['message'];

it('a mail is taken', async () => {
  const { verdict, messages } = await tried({});

  expect(verdict).toStrictEqual({ kind: 'sent' });
  expect(messages).toHaveLength(1);
});

describe.each(STEPS)('a server that at %s', (step) => {
  it.each([
    ['421 4.3.2 closing', 'smtp-421'],
    ['450 4.2.0 greylisted', 'smtp-450'],
    ['451 4.3.0 fault', 'smtp-451'],
    ['452 4.3.1 full', 'smtp-452'],
    ['499 what', 'smtp-4xx'],
  ])('says %s is tried again later', async (said, reason) => {
    // A client that may not use HELO tries no other greeting: in clear, it does.
    const script = step === 'EHLO' && !said.startsWith('421') ? { EHLO: said, greeting: said } : { [step]: said };

    expect((await tried(script)).verdict).toStrictEqual({ kind: 'retry', reason, retryAfter: undefined });
  });

  it('hangs up is tried again later: twice at most, once it has the whole mail', async () => {
    const { verdict } = await tried({ [step]: 'hang-up' });

    expect(verdict).toStrictEqual(
      HANDED.includes(step)
        ? { kind: 'retry', reason: 'unconfirmed', most: 2 }
        : { kind: 'retry', reason: 'connection' },
    );
  });
});

describe.concurrent.each(STEPS.filter((step) => !HANDED.includes(step)))('a server that at %s', (step) => {
  it('is silent is waited for no longer than 10 s', { timeout: 20_000 }, async ({ expect }) => {
    const { verdict, seconds } = await tried({ [step]: 'silence' });

    expect(verdict).toMatchObject({ kind: 'retry', reason: 'timeout' });
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(13);
  });
});

describe.concurrent('a server that has the whole mail', () => {
  it('and takes it after more than 10 s, as Exchange does, has it once', { timeout: 20_000 }, async ({ expect }) => {
    const { verdict, messages } = await tried({ message: { after: 11_000, said: USUAL.message } });

    expect(verdict).toStrictEqual({ kind: 'sent' });
    expect(messages).toHaveLength(1);
  });

  it('and says nothing is waited for as long as it may, and no longer', async ({ expect }) => {
    await using server = await scriptedServer({ message: 'silence' });
    const began = performance.now();
    const sendMail = mailer('local', { patience: 1_000 });

    const answer = await mailed(undefined, sendMail)(addressOf(server.port), MAIL, 'event-1');

    expect(judge(answer, emailAnswers)).toMatchObject({ kind: 'retry', reason: 'unconfirmed' });
    expect(performance.now() - began).toBeLessThan(5_000);
    await vi.waitFor(() => expect(server.open.size).toBe(0), 5_000);
  });
});

describe('a refusal for good', () => {
  const broken = (reason: string): Verdict => ({ kind: 'broken', reason });
  const refused: Verdict = { kind: 'refused', reason: 'smtp-message' };

  it.each<[Step, string, Verdict]>([
    ['greeting', '554 5.7.1 not you', broken('smtp-turned-away')],
    ['MAIL', '550 5.1.8 no such sender', broken('smtp-sender')],
    ['MAIL', '553 bad', broken('smtp-sender')],
    ['MAIL', '530 5.7.0 sign in first', broken('smtp-not-allowed')],
    ['MAIL', '550 5.7.60 not yours', broken('smtp-not-allowed')],
    ['MAIL', '552 5.3.4 too large', refused],
    ['RCPT', '550 5.1.1 nobody', broken('smtp-recipient')],
    ['RCPT', '551 elsewhere', broken('smtp-recipient')],
    ['RCPT', '553 bad', broken('smtp-recipient')],
    ['RCPT', '554 no', broken('smtp-recipient')],
    ['RCPT', '552 5.2.2 mailbox full', broken('smtp-recipient')],
    ['RCPT', '550 5.7.1 relaying denied', broken('smtp-not-allowed')],
    ['DATA', '554 no valid recipients', refused],
    ['message', '552 too large', refused],
    ['message', '554 5.7.1 spam', refused],
  ])('at %s, %s', async (step, said, verdict) => {
    expect((await tried({ [step]: said })).verdict).toMatchObject(verdict);
  });

  // By what is full today, and not by what is wrong with the mail: it is sent tomorrow.
  it.each<[Step, string]>([
    ['MAIL', '550 5.4.5 Daily user sending limit exceeded'],
    ['RCPT', '550 5.1.90 daily limit for message recipients'],
    ['RCPT', '550 5.2.121 recipient limit'],
    ['RCPT', '550 5.2.122 recipient limit'],
    ['DATA', '550 5.4.5 Daily user sending limit exceeded'],
    ['message', '550 5.7.232 daily limit of a trial tenant'],
    ['message', '550 5.7.233 daily limit of a tenant'],
  ])('is none where a limit of sending is reached: at %s, %s', async (step, said) => {
    const { verdict, messages } = await tried({ [step]: said });

    expect(verdict).toStrictEqual({ kind: 'retry', reason: 'smtp-4xx', retryAfter: undefined });
    expect(messages.length).toBeLessThan(2);
  });

  it('repeats no word of the server', async () => {
    const { answer } = await tried({ RCPT: '550-5.1.1 hidden https://e.vil\r\n550 5.1.1 hidden' });

    expect(answer).toStrictEqual({ kind: 'answered', status: 550, body: 'smtp-recipient' });
  });
});

it.each([
  ['no SMTP', 'HTTP/1.1 400 Bad Request\r\n\r\n<html>hidden</html>'],
  ['a line without end', `220 ${'x'.repeat(200_000)}`],
])('what answers %s is tried again later', async (_what, greeting) => {
  expect((await tried({ greeting })).verdict).toMatchObject({ kind: 'retry', reason: 'connection' });
});

it('nobody there is tried again later', async () => {
  expect(await sendTo(1)).toStrictEqual({ kind: 'unanswered', reason: 'connection' });
});

it('a second try is the same mail: it has the same id, and belongs to the same thread', async () => {
  await using server = await scriptedServer({ message: 'hang-up' });
  await sendTo(server.port);
  await sendTo(server.port);

  const headers = (name: string) => server.messages.map((text) => new RegExp(`^${name}: (<.*>)$`, 'm').exec(text)?.[1]);
  for (const name of ['Message-ID', 'In-Reply-To', 'References']) {
    const [first, second] = headers(name);
    expect(first).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(second).toBe(first);
  }
});
