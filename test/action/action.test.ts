import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { relayAt } from './relay-at.ts';
import { action, RUN, ran } from './runner.ts';

// Put together here, so that this file holds none.
const SECRET = `whsec_${Buffer.from('no secret: made for this test').toString('base64')}`;
const TOKEN = 'tok-verysecret-1';
const KEY = `fn${'K3y'.repeat(8)}==`;

const HOSTILE = [
  '$(touch pwned) `id` ; exit 7',
  '"; echo ::set-output name=id::x; #',
  "'; rm -rf . ; '",
  'line one\n::error::two\r\n##[error]three',
  `\${{ secrets.GITHUB_TOKEN }} %0A::warning::x`,
  '\\"}],"id":"other"',
  '\u202eevil \u0007 <!channel> @everyone',
];

describe('the action', () => {
  it('is a composite one, with every input read by the environment and none in a script', () => {
    const { using, steps } = action.runs;
    const read = steps.flatMap(
      ({ env }) =>
        Object.values(env)
          .join(' ')
          .match(/inputs\.[\w-]+/g) ?? [],
    );

    expect(using).toBe('composite');
    expect(steps.filter(({ run }) => run.includes('${{'))).toStrictEqual([]);
    expect(read.map((each) => each.replace('inputs.', '')).sort()).toStrictEqual(Object.keys(action.inputs).sort());
  });

  it('needs an address and nothing else, and fails nothing unless it is told to', () => {
    const needed = Object.entries(action.inputs).filter(([, { required }]) => required === true);

    expect(needed.map(([name]) => name)).toStrictEqual(['url']);
    expect(action.inputs['fail-on-error']?.default).toBe('false');
  });

  it('stands on its page with every input and output', () => {
    const page = readFileSync(new URL('../../docs/action.md', import.meta.url), 'utf8');
    const named = [...page.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/[\w-]+/g) ?? [],
    );

    expect(named.sort()).toStrictEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)].sort());
  });

  it('is used on its page with inputs that it has', () => {
    const page = readFileSync(new URL('../../docs/action.md', import.meta.url), 'utf8');
    const steps = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(
      ([, text = '']) => parse(text) as { readonly with?: Readonly<Record<string, unknown>> }[],
    );
    const used = steps.flatMap((step) => Object.keys(step.with ?? {}));

    expect(steps.length).toBeGreaterThan(1);
    expect(used.filter((name) => !(name in action.inputs))).toStrictEqual([]);
  });
});

describe('a deployment', () => {
  it('is told with what the run says of itself', async () => {
    await using relay = await relayAt();
    const event = { head_commit: { message: 'Sell umbrellas\n\nThey rain.' } };

    const { status, outputs, log } = await ran(
      { url: relay.url, status: 'success', environment: 'prod', title: 'shop' },
      { event },
    );

    expect(status).toBe(0);
    expect(relay.posted.map(({ path }) => path)).toStrictEqual(['/api/webhooks/custom']);
    expect(relay.events()).toStrictEqual([
      expect.objectContaining({
        ...{ kind: 'deployment', phase: 'succeeded', severity: 'info', subject: 'shop', environment: 'prod' },
        ...{
          project: 'contoso/shop',
          branch: 'main',
          commit: RUN.GITHUB_SHA,
          actor: 'minji',
          change: 'Sell umbrellas',
        },
        links: [{ rel: 'run', url: 'https://github.com/contoso/shop/actions/runs/9301' }],
        id: outputs['id'],
      }),
    ]);
    expect(outputs).toStrictEqual({
      id: expect.stringMatching(/^github-actions\/contoso\/shop\/9301\/1\/deploy\/[0-9a-f]{12}$/),
      accepted: 'true',
    });
    expect(log).toMatch(/^Told as .*, to ops-slack$/m);
    expect(log).not.toContain('left out');
  });

  it.each([
    ['failure', 'failed', 'error'],
    ['cancelled', 'cancelled', 'info'],
    ['started', 'started', 'info'],
  ])('that is called %s has the phase %s', async (status, phase, severity) => {
    await using relay = await relayAt();

    await ran({ url: relay.url, status });

    expect(relay.events()).toMatchObject([{ phase, severity }]);
  });

  it('has one story from its start to its end, and another in the next attempt', async () => {
    await using relay = await relayAt();
    const told = { url: relay.url, environment: 'prod' };

    await ran({ ...told, status: 'started' });
    await ran({ ...told, status: 'success' });
    await ran({ ...told, status: 'started' }, { env: { GITHUB_RUN_ATTEMPT: '2' } });

    const [first, second, third] = relay.events();
    expect(first?.story).toBe(second?.story);
    expect(third?.story).not.toBe(first?.story);
    expect(new Set(relay.events().map(({ id }) => id)).size).toBe(3);
  });

  it('of a tag has it as its version', async () => {
    await using relay = await relayAt();

    await ran({ url: relay.url, status: 'success' }, { env: { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v2.41.0' } });

    const [event] = relay.events();
    expect(event).toMatchObject({ version: 'v2.41.0' });
    expect(event).not.toHaveProperty('branch');
  });
});

describe('an event of one’s own', () => {
  it('is told with its facts and links', async () => {
    await using relay = await relayAt();

    await ran({
      ...{ url: relay.url, kind: 'custom', title: 'Nightly backup', status: 'failure', text: 'Disk full.' },
      ...{ resource: 'orders-db', group: 'rg-shop', link: 'https://ci.example.com/7' },
      ...{ properties: 'size=412 GB\n took = 38 = min \n', fields: '{"environment":"test"}' },
    });

    expect(relay.events()).toMatchObject([
      {
        ...{
          kind: 'custom',
          title: 'Nightly backup: failure',
          severity: 'error',
          text: 'Disk full.',
          environment: 'test',
        },
        resource: { name: 'orders-db', group: 'rg-shop' },
        links: [{ url: 'https://ci.example.com/7' }],
        properties: { size: '412 GB', took: '38 = min' },
      },
    ]);
  });

  it('of a severity that there is not warns with what the relay says, and stops nothing', async () => {
    await using relay = await relayAt();

    const { status, log, outputs } = await ran({ url: relay.url, kind: 'custom', title: 'x', severity: 'eror' });

    expect(status).toBe(0);
    expect(log).toMatch(/^::warning title=autoscale-relay::Not told: the relay answered 422: .*severity.*error/m);
    expect(outputs['accepted']).toBe('false');
    expect(relay.posted).toHaveLength(1);
  });
});

describe('a hostile text', () => {
  it.each(HOSTILE)('is told as it is, and runs nothing: %j', async (text) => {
    await using relay = await relayAt();
    const event = { pull_request: { title: text } };

    const { status, log, outputs } = await ran(
      { url: relay.url, title: text, text, resource: text, status: 'failure' },
      { event },
    );

    expect({ status, accepted: outputs['accepted'] }).toStrictEqual({ status: 0, accepted: 'true' });
    expect(Object.keys(outputs)).toStrictEqual(['id', 'accepted']);
    const [{ subject = '' } = {}] = relay.events() as readonly { readonly subject?: string }[];
    expect(subject.replace(/[^a-z]/g, '')).toContain(text.replace(/[^a-z]/g, '').slice(0, 5));
    expect(log).not.toMatch(/^::(?!warning title=autoscale-relay)|##\[/m);
  });

  it.each(HOSTILE)('in an id, or in what is refused, gives no command to the runner: %j', async (text) => {
    await using relay = await relayAt();

    const named = await ran({ url: relay.url, id: text, kind: 'custom', title: 'x' });
    const refused = await ran({ url: relay.url, kind: 'custom', title: 'x', severity: text });

    expect(Object.keys(named.outputs)).toStrictEqual(['id', 'accepted']);
    for (const { log } of [named, refused]) expect(log).not.toMatch(/^::(?!warning title=autoscale-relay)|##\[/m);
    expect(refused.outputs['accepted']).toBe('false');
  });
});

describe('what is secret', () => {
  const secrets = { key: KEY, token: TOKEN, secret: SECRET };
  const held = [KEY, TOKEN, SECRET, SECRET.slice('whsec_'.length)];

  it('proves the post to the relay', async () => {
    await using relay = await relayAt({ secrets: [SECRET], tokens: [TOKEN] });

    const { outputs } = await ran({ url: relay.url, title: 'shop', ...secrets });

    expect(outputs['accepted']).toBe('true');
    expect(relay.posted[0]?.headers['x-functions-key']).toBe(KEY);
  });

  it('is in no log, whether the event is taken or refused', async () => {
    await using relay = await relayAt({ secrets: [SECRET], tokens: [TOKEN] });
    const bad = { ...secrets, token: 'tok-another-secret' };

    const runs = [
      await ran({ url: `${relay.url}/api/webhooks/custom?code=${KEY}`, title: 'shop', ...secrets }),
      await ran({ url: relay.url, title: 'shop', ...bad }),
      await ran({ url: `http://user:pass@relay.invalid/?code=${KEY}`, title: 'shop' }),
    ];

    expect(runs.map(({ outputs }) => outputs['accepted'])).toStrictEqual(['true', 'false', 'false']);
    for (const { log, outputs } of runs) {
      for (const each of [...held, bad.token, 'user:pass']) expect(log + JSON.stringify(outputs)).not.toContain(each);
    }
    expect(runs[1]?.log).toContain('401');
  });

  it('is masked before anything else is printed', async () => {
    await using relay = await relayAt();

    const { printed } = await ran({ url: `${relay.url}/?code=${KEY}`, ...secrets });
    const lines = printed.trim().split('\n');
    const masks = lines.filter((line) => line.startsWith('::add-mask::'));

    expect(lines.slice(0, masks.length)).toStrictEqual(masks);
    for (const each of held) expect(masks).toContain(`::add-mask::${each}`);
  });

  it('is told nobody by a redirect', async () => {
    await using other = await relayAt();
    await using relay = await relayAt(undefined, () => ({ status: 307, headers: { location: other.url } }));

    const { log } = await ran({ url: relay.url, ...secrets });

    expect(log).toContain('redirects are not followed');
    expect(other.posted).toStrictEqual([]);
  });
});

describe('a relay that is busy or down', () => {
  const busy = { status: 503, headers: { 'retry-after': '0' } };

  it.each([
    ['503', busy],
    ['429', { ...busy, status: 429 }],
    ['a connection that is cut', { reset: true }],
  ])('is tried again with the same event: %s', async (_what, fault) => {
    await using relay = await relayAt({ secrets: [SECRET], tokens: [] }, (before) => (before < 1 ? fault : undefined));

    const { status, outputs } = await ran({ url: relay.url, title: 'shop', secret: SECRET });

    expect({ status, accepted: outputs['accepted'] }).toStrictEqual({ status: 0, accepted: 'true' });
    expect(relay.posted).toHaveLength(2);
    expect(relay.posted[0]?.headers['webhook-id']).toBe(relay.posted[1]?.headers['webhook-id']);
    expect(relay.events()).toHaveLength(1);
  });

  it('is given up after five tries', async () => {
    await using relay = await relayAt(undefined, () => busy);

    const lenient = await ran({ url: relay.url });
    const strict = await ran({ url: relay.url, 'fail-on-error': 'true' });

    expect(relay.posted).toHaveLength(10);
    expect(lenient).toMatchObject({
      status: 0,
      log: expect.stringMatching(/^::warning .*Not told, after 5 tries: the relay answered 503/m),
    });
    expect(strict).toMatchObject({
      status: 1,
      log: expect.stringMatching(/^::error /m),
      outputs: { accepted: 'false' },
    });
  });
});

describe('an input that says nothing usable', () => {
  it.each([
    [{ url: 'relay.example.net' }, /url is no address/],
    [{ url: 'http://relay.example.net' }, /url is not https/],
    [{ kind: 'alert' }, /kind is none of deployment, custom/],
    [{ properties: 'size' }, /properties is not one name=value in each line/],
    [{ fields: '[1]' }, /fields is no JSON object/],
    [{ link: 'javascript:alert(1)' }, /link is no https address/],
    [{ group: 'rg-shop' }, /group is of a resource/],
  ])('is named: %j', async (inputs, what) => {
    const given = { url: 'http://127.0.0.1:9', ...inputs };

    const [lenient, strict] = [await ran(given), await ran({ ...given, 'fail-on-error': 'true' })];

    expect(lenient).toMatchObject({ status: 0, log: expect.stringMatching(what), outputs: { accepted: 'false' } });
    expect(strict.status).toBe(1);
  });

  it('is a runner without Node as well', async () => {
    const { status, log, outputs } = await ran({ url: 'http://127.0.0.1:9' }, { path: tmpdir() });
    const strict = await ran({ url: 'http://127.0.0.1:9', 'fail-on-error': 'true' }, { path: tmpdir() });

    expect({ status, outputs }).toStrictEqual({ status: 0, outputs: { accepted: 'false' } });
    expect(log).toContain('actions/setup-node');
    expect(strict.status).toBe(1);
  });
});
