import { describe, expect, it } from 'vitest';
import { fields } from '../../src/routing/match.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';

/** What is said of a silence that cannot be made. */
async function problemsOf(body: object): Promise<readonly string[]> {
  const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);
  const { status, jsonBody } = await relay.silences(post({ for: '10m', ...body }));
  const { detail, errors } = jsonBody as { detail: string; errors: readonly { path: string; message: string }[] };

  expect(status).toBe(422);
  expect(detail).toMatch(/^the silence cannot read this body: /);
  expect(ports.deliveries.sent).toStrictEqual([]);
  return errors.map(({ path, message }) => `${path}: ${message}`);
}

it('a silence with a misspelt field is told the nearest one', async () => {
  expect(await problemsOf({ match: { resorce: 'shop-web' } })).toStrictEqual([
    'match.resorce: unknown key `resorce`; did you mean `resource`?',
  ]);
});

it('a silence with a field that there is not is told which there are', async () => {
  expect(await problemsOf({ match: { nope: '1' } })).toStrictEqual([
    `match.nope: unknown key \`nope\`; there are ${[...fields, 'properties'].join(', ')}`,
  ]);
});

it.each([
  [{ match: { kind: 'drfit' } }, /^match\.kind: expected .*did you mean `?drift/],
  [{ match: { kind: [] } }, /^match\.kind: expected at least 1 of them$/],
  [{}, /^match: this is missing: expected keys and values$/],
  [{ match: {} }, /^match: expected a condition; resource: "\*" is everything$/],
  [{ match: { kind: 'drift' }, autor: 'hana' }, /^autor: unknown key `autor`; did you mean `author`\?$/],
  [{ match: { kind: 'drift' }, for: 'soon' }, /^for: expected /],
  [{ match: { kind: 'drift' }, endsAt: '2026-11-20T14:10:00Z' }, /^for: expected "for", .* or "endsAt"/],
])('a silence of another form is told what was expected (%o)', async (body, message) => {
  expect(await problemsOf(body)).toStrictEqual([expect.stringMatching(message)]);
});

it('a silence with several things wrong is told them all', async () => {
  expect(await problemsOf({ match: { nope: '1', resorce: '2' }, autor: 'hana' })).toHaveLength(3);
});

describe('the answer to a webhook', () => {
  const event = { kind: 'custom', title: 'Disk full', resource: { name: 'db-1' } };

  /** What is said of an event that comes while `db-*` is silenced. */
  async function answered(body: object) {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);
    await relay.silences(post({ match: { resource: 'db-*' }, for: '10m', author: 'kim' }));
    const { jsonBody } = await answerTo(relay, post(body, 'custom'));
    const [accepted] = (jsonBody as { accepted: readonly { silenced?: unknown }[] }).accepted;
    return { silenced: accepted?.silenced, until: new Date(ports.time.now + 600_000).toISOString() };
  }

  it('says what is silenced, for whom, by whom and until when', async () => {
    const { silenced, until } = await answered(event);

    expect(silenced).toStrictEqual([{ receiver: 'slack', silence: expect.any(String), by: 'kim', until }]);
  });

  it.each([
    ['what no silence matches', { resource: { name: 'web-1' } }],
    ['what passes every silence', { severity: 'critical' }],
    ['what may be the end of what was told', { kind: 'alert', rule: 'Disk', state: 'resolved', story: 'a' }],
  ])('says nothing of it for %s', async (_what, more) => {
    expect((await answered({ ...event, ...more })).silenced).toBeUndefined();
  });
});
