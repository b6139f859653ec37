import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hcpTerraform } from '../../src/sources/hcp-terraform/hcp-terraform.ts';
import { read } from '../support/normalize.ts';
import { caseOf, eventsOf, fixtureLaws, type Json, nullLaws, oneOf, privacyLaw, sampleLaws } from './support/github.ts';

const SOURCE = 'hcp-terraform';
const { body } = caseOf(SOURCE, 'run-errored');
const drifted = caseOf(SOURCE, 'drifted');
const reminder = caseOf(SOURCE, 'auto-destroy-reminder');

const ofRun = (changes: Json, include: readonly string[] = []) => {
  const [first] = body['notifications'] as Json[];
  return eventsOf(read({ payload: { ...body, notifications: [{ ...first, ...changes }] }, include }, SOURCE));
};

describe('the fixtures of HCP Terraform', () => fixtureLaws(SOURCE));

describe('HCP Terraform', () => {
  nullLaws(SOURCE, []);
  privacyLaw(SOURCE, [/email/, /run_updated_by/]);

  it('signs the body with SHA-512', () => {
    const bytes = Buffer.from('{}');
    const signature = createHmac('sha512', 's3cret').update(bytes).digest('hex');
    const made = (secret: string) =>
      hcpTerraform.signature?.(
        { bytes, headers: new Headers({ 'x-tfe-notification-signature': signature }), now: 0 },
        secret,
      );

    expect([made('s3cret'), made('other')]).toStrictEqual([true, false]);
  });

  it('is known by its header, so that its broken body gets its errors', () => {
    expect(hcpTerraform.detects({}, new Headers({ 'x-tfe-notification-signature': 'x' }))).toBe(true);
  });

  it('tells each of several notifications of one run', () => {
    const notifications = ['run:created', 'run:applying'].map((trigger) => ({ trigger, run_status: 'x' }));

    expect(read({ payload: { ...body, notifications } }, SOURCE)).toMatchObject([
      { phase: 'requested' },
      { phase: 'started' },
    ]);
  });
});

describe('a run', () => {
  it.each([
    ['run:created', 'pending', 'requested', 'info'],
    ['run:needs_attention', 'planned', 'waiting', 'warning'],
    ['run:needs_attention', 'policy_override', 'waiting', 'warning'],
    ['run:applying', 'applying', 'started', 'info'],
    ['run:completed', 'applied', 'succeeded', 'info'],
    ['run:errored', 'errored', 'failed', 'error'],
    ['run:errored', 'canceled', 'cancelled', 'warning'],
    ['run:errored', 'discarded', 'cancelled', 'warning'],
    ['run:errored', null, 'failed', 'error'],
  ])('with %s and the status %s is %s', (trigger, run_status, phase, severity) => {
    expect(ofRun({ trigger, run_status })).toMatchObject([{ phase, severity, subject: 'network-prod' }]);
  });

  it('that plans is told when it is asked for', () => {
    expect(ofRun({ trigger: 'run:planning', run_status: 'planning' })).toStrictEqual([]);
    expect(ofRun({ trigger: 'run:planning', run_status: 'planning' }, ['planning'])).toMatchObject([
      { phase: 'started', step: 'plan' },
    ]);
  });

  it.each([['constructor'], [null]])('with the trigger %s is read and not reported', (trigger) => {
    expect(ofRun({ trigger, run_status: 'pending' })).toStrictEqual([]);
  });

  it('with a trigger or an end that nobody knows is told with that word', () => {
    expect(ofRun({ trigger: 'run:new', run_status: 'pending' })).toMatchObject([{ phase: 'unknown', word: 'run:new' }]);
    expect(ofRun({ trigger: 'run:completed', run_status: 'halted' })).toMatchObject([
      { phase: 'unknown', word: 'halted' },
    ]);
  });

  it('with an unknown trigger is told by its status when that is an end', () => {
    expect(ofRun({ trigger: 'run:new', run_status: 'errored' })).toMatchObject([{ phase: 'failed' }]);
  });

  it('is one occurrence for all configurations of its workspace', () => {
    const other = oneOf({ payload: { ...body, notification_configuration_id: 'nc-other' } }, SOURCE);

    expect(other.id).toBe(ofRun({})[0]?.id);
  });

  it('needs attention twice as two occurrences of one story', () => {
    const at = (run_status: string) => ofRun({ trigger: 'run:needs_attention', run_status })[0];

    expect(at('planned')?.id).not.toBe(at('policy_override')?.id);
    expect(at('planned')?.story).toBe(at('policy_override')?.story);
  });
});

describe('a notification of the second version', () => {
  it('is the same occurrence for the same assessment only', () => {
    const details = drifted.body['details'] as Json;
    const next = { ...details, new_assessment_result: { id: 'asmtres-next' } };

    expect(oneOf({ payload: { ...drifted.body, details: next } }, SOURCE).id).not.toBe(
      oneOf({ payload: drifted.body }, SOURCE).id,
    );
  });

  it('of a failed assessment is an alert', () => {
    const payload = { ...drifted.body, trigger: 'assessment:failed', message: 'Health Assessment Failed' };

    expect(read({ payload }, SOURCE)).toMatchObject([
      { kind: 'alert', state: 'fired', severity: 'error', rule: 'Health Assessment Failed' },
    ]);
  });

  it('with a trigger unknown here is told in its own words', () => {
    const payload = { ...reminder.body, trigger: 'change_request:created', message: 'Upgrade the provider' };

    expect(read({ payload }, SOURCE)).toMatchObject([
      { kind: 'custom', severity: 'info', title: 'Upgrade the provider' },
    ]);
  });

  it('links nothing but https', () => {
    const payload = { ...drifted.body, notification_configuration_url: 'http://tfe.local/api/v2/x' };

    expect(oneOf({ payload }, SOURCE).links).toStrictEqual([]);
  });
});

sampleLaws(SOURCE, {
  'hashicorp/tfc-run-errored': [
    { phase: 'cancelled', resource: { name: 'pier-workspace' }, occurredAt: '2018-06-22T17:29:51.000Z' },
  ],
  'hashicorp/tfc-auto-destroy-reminder': [
    { kind: 'custom', severity: 'warning', resource: { name: 'patient-silver-heron' }, title: 'Auto Destroy Reminder' },
  ],
  'hashicorp/tfc-auto-destroy-results': [
    { kind: 'custom', resource: { name: 'patient-silver-heron' }, occurredAt: '2021-11-04T04:15:38.000Z' },
  ],
  'hashicorp/tfc-verification': { reply: {} },
});
