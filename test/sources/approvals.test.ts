import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../src/event/event.ts';
import { en } from '../../src/locales/en/en.ts';
import { readEvent } from '../../src/message/reading.ts';
import { BUDGET, trim } from '../../src/message/trim.ts';
import { approversIn, waitsUntil } from '../../src/sources/approvers.ts';
import { examples } from '../support/examples.ts';
import { normalize } from '../support/normalize.ts';
import { bodyOf, put } from './support/azure-devops.ts';
import { caseOf } from './support/github.ts';

const ops = (body: unknown) => normalize({ payload: body }, 'azure-devops')[0];

describe('a review that GitHub asks for', () => {
  const { body, headers } = caseOf('github', 'review-requested');
  const asked = (payload: unknown) => normalize({ payload, headers }, 'github')[0];
  const reviewer = (type: string, given: object) => ({ type, reviewer: given });

  it('names every person and every team, up to the six that GitHub takes', () => {
    const six = [
      reviewer('Team', { name: 'Release managers', slug: 'release-managers' }),
      // GitHub's published example has teams without a login, and with both.
      reviewer('Team', { slug: 'admins' }),
      ...['a', 'b', 'c', 'd'].map((letter) => reviewer('User', { login: letter.repeat(39) })),
    ];
    const { waitingFor } = asked(put(body, 'reviewers', six)) as EventOf<'deployment'>;
    expect(waitingFor?.split(', ')).toStrictEqual([
      ...['Release managers', 'admins'],
      ...['a', 'b', 'c', 'd'].map((letter) => letter.repeat(39)),
    ]);
  });

  it('waits for thirty days, as GitHub documents, and a verdict for no one', () => {
    expect(asked(body)).toMatchObject({ expiresAt: '2026-12-20T14:03:30.000Z', links: [{ rel: 'review' }, {}, {}] });
    const rejected = caseOf('github', 'review-rejected');
    const verdict = normalize({ payload: rejected.body, headers: rejected.headers }, 'github')[0];
    expect(verdict).toMatchObject({ phase: 'rejected', expiresAt: undefined, waitingFor: undefined });
  });

  it('says nothing of its end where nobody knows when it began', () => {
    for (const since of [null, '9999-12-31T00:00:00Z'])
      expect(asked(put(body, 'since', since))).toMatchObject({ phase: 'waiting', expiresAt: undefined });
  });
});

describe('an approval of a stage in Azure DevOps', () => {
  const body = bodyOf('azure-devops', 'approval-pending');
  const step = (displayName: string, status = 'pending') => ({ assignedApprover: { displayName }, status });
  const withSteps = (least: number | undefined, ...steps: readonly object[]) =>
    ops(put(put(body, 'resource.approval.minRequiredApprovers', least), 'resource.approval.steps', steps));

  it('names all who may give it, and how many have to', () => {
    expect(withSteps(2, step('Ann'), step('Ben'), step('Release managers'))).toMatchObject({
      waitingFor: 'Ann, Ben, Release managers',
      properties: { approvals: '2 of 3' },
    });
  });

  it.each([undefined, 0, 2])('says no number where all of them have to (%s)', (least) => {
    const event = withSteps(least, step('Ann'), step('Ben'));
    expect(event).toMatchObject({ waitingFor: 'Ann, Ben' });
    expect(event?.properties).not.toHaveProperty('approvals');
  });

  it('does not wait for who has approved before, in sequence', () => {
    expect(withSteps(2, step('Ann', 'approved'), step('Ben'), step('Cem', 'uninitiated'))).toMatchObject({
      waitingFor: 'Ben, Cem',
    });
  });
});

describe('an approval of a release in Azure DevOps', () => {
  const body = bodyOf('azure-devops', 'release-approval-pending');
  const asked = (displayName: string, status = 'pending', isAutomated = false) => ({
    ...{ status, isAutomated },
    approver: { displayName },
  });
  const withStage = (more: object) =>
    ops(put(body, 'resource.release.environments', [{ id: 7 }, { id: 801, name: 'Production', ...more }]));

  it('names whoever else may give it, for each is told by an event of their own', () => {
    const preDeployApprovals = [
      asked('Release managers'),
      asked('Ann'),
      asked('Ben', 'approved'),
      asked('x', 'pending', true),
    ];
    const options = { approvalOptions: { requiredApproverCount: 1, timeoutInMinutes: 90 } };
    expect(withStage({ preDeployApprovals, preApprovalsSnapshot: options })).toMatchObject({
      waitingFor: 'Release managers, Ann',
      expiresAt: '2026-11-20T14:55:00.260Z',
      properties: { approvals: '1 of 4' },
    });
  });

  it.each([
    [0, '2026-12-20T13:25:00.260Z'],
    [undefined, undefined],
    [-1e300, undefined],
    ['soon', undefined],
  ])('that has %s minutes ends at %s', (timeoutInMinutes, expiresAt) => {
    const event = withStage({ preApprovalsSnapshot: { approvalOptions: { timeoutInMinutes } } });
    expect(event).toMatchObject({ waitingFor: 'Release managers' });
    expect((event as EventOf<'deployment'>).expiresAt).toBe(expiresAt);
  });

  it('takes those before a deployment and those after it apart', () => {
    const stage = { preDeployApprovals: [asked('Before')], postDeployApprovals: [asked('After')] };
    const after = put(body, 'resource.approval.approvalType', 'postDeploy');
    const event = ops(put(after, 'resource.release.environments', [{ id: 801, ...stage }]));
    expect(event).toMatchObject({ waitingFor: 'Release managers, After' });
  });
});

describe('the names of approvers', () => {
  it('are whole, each once, and counted where there is no room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.stringMatching(/^[a-z]{1,80}$/), { nil: undefined }), { maxLength: 60 }),
        (names) => {
          const said = approversIn(names) ?? '';
          const all = [...new Set(names)].filter((name) => name !== undefined);
          const [, listed = '', more = '0'] = /^(.*?)(?: \+(\d+))?$/.exec(said) ?? [];
          const shown = listed === '' ? [] : listed.split(', ');
          expect(said.length).toBeLessThanOrEqual(600);
          expect(shown).toStrictEqual(all.slice(0, shown.length));
          expect(shown.length + Number(more)).toBe(all.length);
        },
      ),
    );
  });

  it('all stand in the message, in lines that have room', () => {
    const names = Array.from({ length: 9 }, (_, at) => `${at}${'x'.repeat(38)}`);
    const waitingFor = names.join(', ');
    const { check: _, ...event } = { ...examples.deployment, phase: 'waiting' as const, waitingFor, check: undefined };
    const { facts } = trim(readEvent(event, { say: en, timeZone: 'UTC' }));
    const lines = facts.filter(({ label }) => label === en.label.waitingFor).map(({ value }) => value);
    expect(lines.join(' ')).toBe(waitingFor);
    expect(lines.every(({ length }) => length <= BUDGET.value)).toBe(true);
  });

  it('have until a date that can be written', () => {
    expect(waitsUntil('2026-11-20T14:05:09.000Z', 60_000)).toBe('2026-11-20T14:06:09.000Z');
    expect(waitsUntil('9999-12-31T23:59:59.000Z', 60_000)).toBeUndefined();
    expect(waitsUntil('2026-11-20T14:05:09.000Z', Number.MAX_VALUE)).toBeUndefined();
    expect(waitsUntil(undefined, 60_000)).toBeUndefined();
  });
});
