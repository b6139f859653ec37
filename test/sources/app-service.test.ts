import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../src/event/event.ts';
import { appService } from '../../src/sources/app-service/app-service.ts';
import { fixturesOf, receive, wire } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import { published } from '../support/published.ts';
import { deployed } from './support/app-service.ts';
import { isRefused, lacking } from './support/event-grid.ts';

const fixtures = fixturesOf('app-service').map((fixture) => [fixture.name, fixture] as const);

const first = (payload: unknown): EventOf<'deployment'> => {
  const [event] = normalize(receive(payload), 'app-service');
  if (event?.kind !== 'deployment') throw new Error('expected one deployment');
  return event;
};

describe.each(fixtures)('the event %s', (_name, { body, expected }) => {
  it('gives exactly what is expected, detected and named', () => {
    expect(wire(read(receive(body)))).toStrictEqual(expected);
    expect(wire(read(receive(body), 'app-service'))).toStrictEqual(expected);
  });

  it('is read whichever one of its other values is null, absent or empty', () => {
    const others = lacking(body).filter(([path]) => !/^id as/.test(path));
    const refused = others.filter(([, lacked]) => isRefused(() => read(receive(lacked), 'app-service')));

    expect(others.length).toBeGreaterThan(3);
    expect(refused.map(([path]) => path)).toStrictEqual([]);
  });

  it('tells no address of a person', () => {
    expect(JSON.stringify(read({ payload: body, include: ['progress'] }, 'app-service'))).not.toContain('@');
  });
});

describe('a deployment', () => {
  it.each([
    ['success', 'succeeded', 'info'],
    ['Success', 'succeeded', 'info'],
    [4, 'succeeded', 'info'],
    ['failed', 'failed', 'error'],
    ['failure', 'failed', 'error'],
    [3, 'failed', 'error'],
  ])('with the status %j has %s', (status, phase, severity) => {
    expect(first(deployed({ status }))).toMatchObject({ phase, severity });
  });

  it.each(['pending', 'building', 'deploying', 0, undefined])(
    'with the status %j has not ended, which is noise',
    (status) => {
      const payload = deployed({ status, endTime: undefined });

      expect(read(receive(payload))).toStrictEqual([]);
      expect(normalize({ payload, include: ['progress'] })).toMatchObject([{ phase: 'started', severity: 'info' }]);
    },
  );

  it.each(['weird', 99, 'constructor', '__proto__'])('with the status %j is told with that word', (status) => {
    expect(normalize(receive(deployed({ status })), 'app-service')).toMatchObject([
      { phase: 'unknown', word: `${status}`, severity: 'warning' },
    ]);
  });

  it('is one occurrence however often it is told, and another when it is redeployed, or fails', () => {
    expect(first(deployed()).id).toBe(first(deployed()).id);
    for (const more of [
      { startTime: '2026-11-18T08:00:01.5004404Z' },
      { status: 'failed' },
      { id: 'f'.repeat(40) },
      { hostName: 'shop-api.scm.azurewebsites.net' },
    ]) {
      expect(first(deployed(more)).id).not.toBe(first(deployed()).id);
    }
  });

  it('is of a commit where its id is one, and else of a version', () => {
    expect(first(deployed())).toMatchObject({ commit: '4be1f2d07c3f5a6e9d8c7b6a5f4e3d2c1b0a9f8e' });
    expect(first(deployed()).version).toBeUndefined();
    expect(first(deployed({ id: '9a8b7c6d5e4f40312233445566778899' }))).toMatchObject({
      version: '9a8b7c6d5e4f40312233445566778899',
    });
  });

  it('ended when it says, and lasted from its start to its end', () => {
    expect(first(deployed())).toMatchObject({ occurredAt: '2026-11-18T08:01:13.750Z', duration: 72.25 });
    expect(first(deployed({ endTime: '2026-11-18T08:00:00Z' })).duration).toBeUndefined();
    expect(first(deployed({ endTime: null }))).toMatchObject({ occurredAt: '2026-11-18T08:00:01.500Z' });
    expect(first(deployed({ endTime: null, startTime: null }))).toMatchObject({
      occurredAt: '2026-11-18T07:59:58.120Z',
    });
  });

  it.each([
    ['Robin Example', 'GitHub', 'Robin Example'],
    ['N/A', 'ZipDeploy', 'ZipDeploy'],
    ['', 'ZipDeploy', 'ZipDeploy'],
    ['robin.private@example.net', 'GitHub', 'robin.private'],
    ['N/A', 'N/A', undefined],
  ])('by %j with %j was started by %j', (author, deployer, actor) => {
    expect(first(deployed({ author, deployer })).actor).toBe(actor);
  });

  it('tells its output only where it failed', () => {
    expect(first(deployed({ statusText: 'npm ERR!' })).output).toBeUndefined();
    expect(first(deployed({ statusText: 'npm ERR!', status: 'failed' })).output).toBe('npm ERR!');
  });

  it('leads to its site, and nowhere else', () => {
    expect(first(deployed()).links).toStrictEqual([
      { rel: 'site', url: 'https://shop-api-blue.scm.azurewebsites.net/' },
    ]);
    for (const hostName of ['evil.example/?x=', 'user@evil.example', 'a b', 'javascript:alert(1)']) {
      expect(first(deployed({ hostName })).links).toStrictEqual([]);
    }
  });

  it.each([
    ['in capitals', (key: string) => key.charAt(0).toUpperCase() + key.slice(1)],
    ['with underscores', (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)],
  ])('is the same with its keys %s', (_how, renamed) => {
    const body = Object.fromEntries(Object.entries(deployed()).map(([key, value]) => [renamed(key), value]));

    expect(normalize(receive(body))).toStrictEqual(normalize(receive(deployed())));
  });

  it('of nothing that has a name is refused', () => {
    expect(appService.problems({ status: 'success' })).toStrictEqual([{ path: 'siteName', message: 'expected text' }]);
    expect(appService.problems({ id: 'a' })).toStrictEqual([{ path: 'status', message: 'expected success or failed' }]);
  });
});

describe('detection', () => {
  it.each([
    ['a status of something else', { id: 1, status: 'firing', hostname: 'a', deployer: 'b' }],
    ['a deployment without the hallmarks', { id: 1, status: 'success' }],
    ['a body without an id', { status: 'success', siteName: 'a', hostName: 'b' }],
  ])('leaves %s to others', (_what, body) => {
    expect(appService.detects(body, new Headers())).toBe(false);
  });
});

describe('the sample', () => {
  it('gives one deployment', () => {
    expect(normalize(receive(published('app-service/kudu-post-deployment-success')))).toMatchObject([
      {
        source: 'app-service',
        kind: 'deployment',
        phase: 'succeeded',
        resource: { name: 'example' },
        occurredAt: '2015-07-25T16:37:14.856Z',
        duration: 2,
      },
    ]);
  });
});
