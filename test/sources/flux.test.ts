import { describe, expect, it } from 'vitest';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

type Body = Readonly<Record<string, unknown>>;

const bodyOf = (name: string): Body => fixturesOf('flux').find((each) => each.name === name)?.body as Body;
const FAILED = bodyOf('kustomization-health-check-failed');
const RECONCILED = bodyOf('kustomization-reconciled');
const UPGRADED = bodyOf('helmrelease-upgraded');
const FETCHED = bodyOf('gitrepository-new-artifact-is-not-told');

const told = (body: Body, include: readonly string[] = []) => normalize({ ...receive(body), include }, 'flux');
const revised = (body: Body, revision: string) => ({ ...body, metadata: { revision } });

describe('an event of Flux', () => {
  it('of severity error is a failure, whatever its reason', () => {
    for (const reason of ['Progressing', 'ReconciliationSucceeded', 'error', 'Brandnew', undefined]) {
      expect(told({ ...FAILED, reason })).toMatchObject([{ phase: 'failed', severity: 'error' }]);
    }
  });

  it('is no success without a severity or by a reason that nobody knows', () => {
    for (const changes of [{ severity: undefined }, { severity: 'trace' }, { reason: 'Brandnew' }, { reason: '' }]) {
      expect(told({ ...UPGRADED, message: 'x', ...changes })).toMatchObject([
        { phase: 'unknown', severity: 'warning', word: expect.any(String) },
      ]);
    }
  });

  // https://github.com/fluxcd/flux2/issues/4453
  it.each([
    ['Helm install has started', { phase: 'started' }],
    ['Helm upgrade succeeded', { phase: 'succeeded' }],
    ['Helm rollback succeeded', { phase: 'succeeded', step: 'Rollback', severity: 'warning' }],
    ['Helm test succeeded', { phase: 'succeeded', step: 'Test' }],
    ['Something else succeeded', { phase: 'unknown', word: 'info' }],
  ])('that repeats its severity as its reason stands as its message says: %s', (message, outcome) => {
    expect(told({ ...UPGRADED, reason: 'info', message })).toMatchObject([outcome]);
  });

  it.each([
    ['main@sha1:4f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819', { branch: 'main' }],
    ['feat/tides/4f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819', { branch: 'feat/tides' }],
    ['sha1:4f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819', { branch: undefined }],
  ])('at the Git revision %s has branch and commit', (revision, { branch }) => {
    const [event] = told(revised(FAILED, revision));

    expect(event).toMatchObject({ commit: '4f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819' });
    expect((event as { branch?: string }).branch).toBe(branch);
  });

  it.each(['6.5.0', 'v1.2.3@sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427'])(
    'at the revision %s has that version',
    (version) => {
      expect(told(revised(UPGRADED, version))).toMatchObject([{ version }]);
    },
  );

  it('that all is well is one event for each revision, however often it is said', () => {
    const idOf = (body: Body) => told(body)[0]?.id;
    const later = { ...RECONCILED, timestamp: '2026-11-20T14:15:09Z', message: 'Reconciliation finished in 2.07s' };
    const newer = { revision: 'main@sha1:5f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819', commit_status: 'update' };

    expect(idOf(later)).toBe(idOf(RECONCILED));
    expect(idOf({ ...later, metadata: newer })).not.toBe(idOf(RECONCILED));
    expect(idOf({ ...later, severity: 'error' })).not.toBe(idOf({ ...RECONCILED, severity: 'error' }));
  });

  it('that an object is healthy again is its own end', () => {
    const well = { ...RECONCILED, reason: 'Progressing', message: 'Health check passed in 31s', metadata: {} };

    expect(told(well)).toMatchObject([{ phase: 'succeeded', step: 'Health check' }]);
  });

  it('of a source that went well is told where that is wanted', () => {
    expect(told(FETCHED)).toStrictEqual([]);
    expect(told(FETCHED, ['sources'])).toMatchObject([{ phase: 'succeeded', subject: 'GitRepository/maps' }]);
  });

  it('has a story for each object and revision, and shows no token', () => {
    const stories = [FAILED, RECONCILED, bodyOf('kustomization-progressing')].map((body) => told(body)[0]?.story);

    expect(new Set(stories).size).toBe(1);
    expect(told(revised(RECONCILED, '2'))[0]?.story).not.toBe(stories[0]);
    expect(JSON.stringify(told(bodyOf('helmrelease-of-flux-2.1')))).not.toContain('abcd1234');
  });

  it('keeps the ten first of many facts, the cluster before all', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`fact-${index}`, `${index}`]));
    const [event] = told({
      ...FAILED,
      metadata: { ...many, cluster: 'north', 'event.toolkit.fluxcd.io/summary': 's' },
    });

    expect(event?.resource).toStrictEqual({ name: 'tide-tables', group: 'north' });
    expect(Object.keys(event?.properties ?? {}).slice(0, 4)).toStrictEqual([
      'cluster',
      'summary',
      'reason',
      'namespace',
    ]);
    expect(Object.keys(event?.properties ?? {})).toHaveLength(10);
  });
});
