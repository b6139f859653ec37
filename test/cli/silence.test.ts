import { describe, expect, it } from 'vitest';
import { cli, json } from './support/cli.ts';
import { fakeRelay } from './support/fake-relay.ts';

const SILENCE = {
  id: '3f2a9c1d',
  match: { resource: 'shop-web', kind: ['scale', 'drift'] },
  author: 'hana',
  reason: 'image test',
  startsAt: '2026-11-20T14:00:00.000Z',
  endsAt: '2026-11-20T14:10:00.000Z',
};

describe('silence add', () => {
  it('asks for all conditions, how long, who and why', async () => {
    await using relay = await fakeRelay({ 'POST /api/silences': { status: 201, json: { silence: SILENCE } } });

    const { status, stdout } = await cli([
      ...['silence', 'add', '--match', 'resource=shop-web', '--match', 'kind=scale', '--match', 'kind=drift'],
      ...['--match', 'properties.team=a=b', '--for', '10m', '--reason', 'image test', '--author', 'hana'],
      ...['--url', relay.url],
    ]);

    expect(status).toBe(0);
    expect(stdout).toContain('Silent until 2026-11-20 14:10:00 UTC: resource=shop-web kind=scale|drift\n');
    expect(stdout).toContain('silence end 3f2a9c1d');
    expect(relay.asked.map(({ body }) => body)).toStrictEqual([
      {
        match: { resource: 'shop-web', kind: ['scale', 'drift'], properties: { team: 'a=b' } },
        for: '10m',
        author: 'hana',
        reason: 'image test',
      },
    ]);
  });

  it('names the account that runs it where nobody is named', async () => {
    await using relay = await fakeRelay({ 'POST /api/silences': { status: 201, json: { silence: SILENCE } } });

    await cli(['silence', 'add', '--match', 'resource=*', '--for', '1h', '--url', relay.url]);

    expect(relay.asked).toMatchObject([{ body: { author: expect.stringMatching(/./) } }]);
  });
});

it('silence add says by its options what a relay refuses', async () => {
  const detail =
    'the silence cannot read this body: match.resorce: unknown key `resorce`; did you mean `resource`?; for: too long';
  const json = { type: 'urn:autoscale-relay:problem:payload', title: 'x', detail, errors: [] };
  await using relay = await fakeRelay({ 'POST /api/silences': { status: 422, json } });

  const { status, stderr } = await cli([
    ...['silence', 'add', '--match', 'resorce=x', '--for', '1h', '--url', relay.url],
  ]);

  expect(status).toBe(2);
  expect(stderr).toContain('--match resorce: unknown key `resorce`; did you mean `resource`?; --for: too long');
  expect(stderr).toContain('silence add --help');
  expect(stderr).not.toContain('this body');
});

it('silence add says what passes', async () => {
  await using relay = await fakeRelay({ 'POST /api/silences': { status: 201, json: { silence: SILENCE } } });

  const { stdout } = await cli(['silence', 'add', '--match', 'resource=shop-web', '--for', '1h', '--url', relay.url]);

  expect(stdout).toContain('Told all the same: critical events (or those of quiet.breakThrough), and the end of what');
});

describe('a silence of everything', () => {
  const warned = async (match: object, days: number) => {
    const endsAt = new Date(Date.now() + days * 86_400_000).toISOString();
    const silence = { ...SILENCE, match, startsAt: new Date().toISOString(), endsAt };
    await using relay = await fakeRelay({ 'POST /api/silences': { status: 201, json: { silence } } });
    const { stdout } = await cli(['silence', 'add', '--match', 'resource=*', '--for', '3d', '--url', relay.url]);
    return stdout;
  };

  it('for longer than a day says what it keeps back, for how long, what passes and how it ends', async () => {
    const said = await warned({ resource: '*' }, 3);

    expect(said).toContain('This keeps back every other event, for every receiver, for 3 d');
    expect(said).toContain('Told all the same: critical events');
    expect(said).toContain('silence end 3f2a9c1d');
    expect(await warned({ resource: ['shop', '**'], severity: '>=info' }, 3)).toContain('every other event');
    expect(await warned({}, 3)).toContain('every other event');
  });

  it('is not said of a short one, nor of one that a condition narrows', async () => {
    expect(await warned({ resource: '*' }, 0.9)).not.toContain('every other event');
    expect(await warned({ resource: '*', environment: 'dev' }, 3)).not.toContain('every other event');
    expect(await warned({ resource: '*', properties: { team: 'shop' } }, 3)).not.toContain('every other event');
  });
});

describe('silence list', () => {
  it('lists them, one to a line', async () => {
    const endsAt = new Date(Date.now() + 480_000).toISOString();
    await using relay = await fakeRelay({ 'GET /api/silences': { json: { silences: [{ ...SILENCE, endsAt }] } } });

    const { status, stdout } = await cli(['silence', 'list', '--url', relay.url]);

    expect(status).toBe(0);
    expect(stdout).toMatch(/ {2}8 min +resource=shop-web kind=scale\|drift +hana +image test +3f2a9c1d\n$/);
  });

  it('says that there is none, and shows the answer as it came with --json', async () => {
    await using relay = await fakeRelay({ 'GET /api/silences': { json: { silences: [] } } });

    const [text, machine] = await Promise.all(
      [[], ['--json']].map((more) => cli(['silence', 'list', '--url', relay.url, ...more])),
    );

    expect(text?.stdout).toBe('Nothing is silenced.\n');
    expect(json(machine?.stdout ?? '')).toStrictEqual({ silences: [] });
  });
});

describe('silence end', () => {
  it('ends the one that begins so', async () => {
    await using relay = await fakeRelay({
      'GET /api/silences': { json: { silences: [SILENCE, { ...SILENCE, id: '77aa77aa' }] } },
      'DELETE /api/silences/3f2a9c1d': { json: { silence: SILENCE } },
    });

    const { status, stdout } = await cli(['silence', 'end', '3f2a', '--url', relay.url]);

    expect(status).toBe(0);
    expect(stdout).toBe('Ended: resource=shop-web kind=scale|drift\n');
    expect(relay.asked.at(-1)?.call).toBe('DELETE /api/silences/3f2a9c1d');
  });

  it('is wrong where none begins so', async () => {
    await using relay = await fakeRelay({ 'GET /api/silences': { json: { silences: [SILENCE] } } });

    const { status, stderr } = await cli(['silence', 'end', 'ffff', '--url', relay.url]);

    expect(status).toBe(1);
    expect(stderr).toContain('No silence in force begins with ffff.');
  });
});
