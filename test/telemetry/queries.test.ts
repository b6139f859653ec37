import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DeliveryReport } from '../../src/delivery/dispatch.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { deliveryFacts, deliveryLine, line, webhookFacts } from '../../src/telemetry/line.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const names = readdirSync(new URL('../../infra/queries', import.meta.url)).map((name) => name.replace('.kql', ''));
const page = read('docs/telemetry.md');
const workbook = read('infra/modules/workbook.bicep');

/** A report with every field there is. */
const whole: Required<DeliveryReport> = {
  outcome: 'dead',
  receiver: 'ops',
  eventId: '0123456789abcdef0123456789abcdef',
  attempt: 1,
  reason: 'status-503',
  cause: 'window',
  events: 3,
  delay: 8,
  milliseconds: 12,
  fallback: 'lead',
};

const outcomes: Readonly<Record<DeliveryReport['outcome'], true>> = {
  sent: true,
  digest: true,
  duplicate: true,
  overtaken: true,
  quiet: true,
  parked: true,
  postponed: true,
  retry: true,
  dead: true,
  nothing: true,
};

const accepted = { id: '1', source: 'custom', kind: 'custom', receivers: [] };
const lines = {
  delivery: [deliveryLine(whole)],
  webhook: [
    webhookFacts({ outcome: 'accepted', source: 'custom', events: [accepted], ignored: [] }),
    webhookFacts({ outcome: 'refused', error: new StorageError('the queue', 'no answer') }),
  ].map(line),
} as const;

const words: readonly string[] = [...Object.keys(outcomes), 'accepted', 'refused'];

describe.each(names)('the query %s', (name) => {
  const query = read(`infra/queries/${name}.kql`);

  it('stands on the page and in the workbook', () => {
    expect(page).toContain(`\`\`\`kusto\n${query}\`\`\``);
    expect(workbook).toContain(`loadTextContent('../queries/${name}.kql')`);
  });

  it('asks for fields that the lines have', () => {
    const asked = [...query.matchAll(/'(webhook|delivery) \{'[^;]*?(?=traces|;|$)/gs)].flatMap(([part, kind]) =>
      [...part.matchAll(/\bd\.(\w+)/g)].map(([, field]) => ({ kind, field })),
    );
    const has = (kind: keyof typeof lines) => new Set(lines[kind].flatMap((each) => Object.keys(JSON.parse(each))));

    if (query.includes('traces')) expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter(({ kind, field = '' }) => !has(kind as keyof typeof lines).has(field))).toStrictEqual([]);
  });

  it('cuts off just the name of a line', () => {
    const cuts = [
      ...query.matchAll(/startswith '(\w+) \{'\s*\| extend d = parse_json\(substring\(message, (\d+)\)\)/g),
    ];

    expect(cuts).toHaveLength(query.split('parse_json').length - 1);
    for (const [, kind = '', length] of cuts) expect(Number(length)).toBe(`${kind} `.length);
  });

  it('names outcomes that there are', () => {
    const named = [...query.matchAll(/outcome\)? *(?:==|in|!in) *(\([^)]*\)|'[^']*')/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([^']+)'/g)].map(([, word = '']) => word),
    );

    expect(named.filter((word) => !words.includes(word))).toStrictEqual([]);
  });

  it('has as many brackets open as closed', () => {
    const code = query.replace(/\/\/.*$/gm, '').replace(/'[^']*'/g, '');
    for (const pair of ['()', '[]', '{}']) {
      expect(code.split(pair[0] ?? '').length).toBe(code.split(pair[1] ?? '').length);
    }
  });
});

it('every outcome, field and metric is explained on the page', () => {
  const metrics = [...read('src/telemetry/telemetry.ts').matchAll(/'(relay\.[\w.]+)':/g)].map(([, name]) => name);

  expect(metrics.length).toBe(7);
  for (const word of [...Object.keys(outcomes), ...Object.keys(deliveryFacts(whole)), ...metrics])
    expect(page).toContain(`\`${word}\``);
});

it('the workbook asks no more than the page answers', () => {
  expect([...workbook.matchAll(/queries\/(\w+)\.kql/g)].map(([, name]) => name).sort()).toStrictEqual(names.sort());
});
