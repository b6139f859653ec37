import { describe, expect, it } from 'vitest';
import { cli, json } from './support/cli.ts';
import { fakeRelay } from './support/fake-relay.ts';

const spread = (...each: readonly number[]) => ({
  ...{ count: each.length, seconds: each.reduce((sum, one) => sum + one, 0), longest: Math.max(0, ...each), each },
});

const DAY = {
  ...{ day: '2026-11-20', of: 'rule', name: '\u001b[31mweb,cpu', environment: 'prod', events: 9 },
  alerts: {
    ...{ fired: 4, resolved: 4, acknowledged: 1, flaps: 2 },
    acknowledge: spread(60, 90),
    resolve: spread(600),
  },
  later: 'what a newer relay says',
};

const answer = { countedUntil: '2026-11-20T12:40:00.000Z', days: [DAY] };

describe('figures', () => {
  it('shows each day with its counts, and until when they are counted', async () => {
    await using relay = await fakeRelay({ 'GET /api/figures': { json: answer } });

    const { status, stdout } = await cli(['figures', '--of', 'rule', '--since', '7d', '--url', relay.url]);

    expect(status).toBe(0);
    expect(stdout).toMatch(/2026-11-20 +\S*web,cpu · prod +9 +4 +75 s +10 min +2/);
    expect(stdout).not.toContain('\u001b[31m');
    expect(stdout).toContain('Counted until 2026-11-20 12:40:00 UTC.');
  });

  it('gives CSV and JSON to programs, and nothing else', async () => {
    await using relay = await fakeRelay({ 'GET /api/figures': { json: answer } });

    const csv = await cli(['figures', '--csv', '--url', relay.url]);
    const document = await cli(['figures', '--json', '--url', relay.url]);

    expect(csv.stdout.split('\r\n')).toHaveLength(3);
    expect(csv.stdout).toContain('2026-11-20,rule,"\u001b[31mweb,cpu",,prod,9,');
    expect(json(document.stdout)).toMatchObject({ days: [{ name: DAY.name, alerts: { flaps: 2 } }] });
  });

  it('says so where nothing was counted, and what cannot be asked for', async () => {
    await using relay = await fakeRelay({ 'GET /api/figures': { json: { days: [] } } });

    const empty = await cli(['figures', '--url', relay.url]);
    const wrong = await cli(['figures', '--of', 'sets', '--url', relay.url]);

    expect(empty.stdout).toContain('Nothing has been counted yet');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('set');
  });
});
