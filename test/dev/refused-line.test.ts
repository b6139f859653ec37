import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../dev/host/webhook-line.ts';
import { createRelay } from '../../src/relay/relay.ts';
import type { Credentials } from '../../src/sources/verify.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';

const SECRET = 'the-secret-of-the-relay';
const GIVEN = 'what-the-sender-gave';
const NONE: Credentials = { secrets: [], tokens: [] };
const basic = `Basic ${Buffer.from(`ann:${GIVEN}`).toString('base64')}`;

describe('the line about a request that does not prove its sender', () => {
  it.each<[string, Partial<Credentials>, Record<string, string>, string]>([
    ['github', { secrets: [SECRET] }, {}, 'no signature (x-hub-signature-256)'],
    ['github', { secrets: [SECRET] }, { 'x-hub-signature-256': GIVEN }, 'the signature does not match'],
    ['jenkins', { secrets: [SECRET] }, {}, 'no signature'],
    ['custom', { tokens: [SECRET] }, {}, 'no token'],
    ['custom', { tokens: [SECRET] }, { 'x-relay-token': GIVEN }, 'the token does not match'],
    ['custom', { basic: { user: 'bob', password: SECRET } }, {}, 'no user and password'],
    ['custom', { basic: { user: 'bob', password: SECRET } }, { authorization: basic }, 'user or password do not match'],
    ['custom', { entra: async () => false }, {}, 'no Entra ID token'],
    [
      'custom',
      { entra: async () => false },
      { authorization: `Bearer ${GIVEN}` },
      'the Entra ID token is not accepted',
    ],
  ])('of %s with %j and %j says: %4$s', async (source, credentials, headers, reason) => {
    const relay = createRelay({
      receivers: [receiverAt('slack', 'http://127.0.0.1:1')],
      routes: [{ to: ['slack'] }],
      sources: { [source]: { credentials: { ...NONE, ...credentials }, include: [] } },
      ports: memoryPorts(),
    });

    const answer = await answerTo(relay, post({ title: 'Hello' }, source, headers));

    expect(answer.status).toBe(401);
    expect(refusalOf(answer)).toBe(`${source}: ${reason}`);
    // Whoever asks without proof learns nothing of what would have been one.
    expect(JSON.stringify(answer.jsonBody)).not.toContain(reason);
    const all = JSON.stringify([answer, refusalOf(answer)]);
    for (const secret of [SECRET, GIVEN, basic]) expect(all).not.toContain(secret);
  });
});
