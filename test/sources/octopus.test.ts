import { describe, expect, it } from 'vitest';
import { octopus } from '../../src/sources/octopus/octopus.ts';
import { fixturesOf, receive, wire } from '../support/fixtures.ts';
import { normalize, read, sourceFor } from '../support/normalize.ts';
import { allEvents, bodyOf, lacking, put, samplesOf } from './support/azure-devops.ts';

const EXTRAS = Object.keys(octopus.extras);
const fixtures = fixturesOf('octopus').map((fixture) => [fixture.name, fixture] as const);
const body = (name: string) => bodyOf('octopus', name);
const one = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include }, 'octopus')[0];
const idOf = (payload: unknown) => one(payload, EXTRAS)?.id;

const started = body('deployment-started');

describe.each(fixtures)('the payload %s', (_name, { body: payload, expected }) => {
  it('gives exactly what is expected, detected and named', () => {
    expect(wire(read(receive(payload)))).toStrictEqual(expected);
    expect(wire(read(receive(payload), 'octopus'))).toStrictEqual(expected);
  });

  const needed = /^(Payload|Payload\.Event) as/;

  it('is read whatever one of its values is, as long as it has an event', () => {
    for (const [path, lacked] of lacking(payload).filter(([each]) => !needed.test(each))) {
      expect(() => read({ payload: lacked, include: EXTRAS }, 'octopus'), path).not.toThrow();
    }
  });
});

describe('a category', () => {
  it.each([
    ['DeploymentStarted', 'started', 'info'],
    ['DeploymentSucceeded', 'succeeded', 'info'],
    ['DeploymentFailed', 'failed', 'error'],
    ['ManualInterventionInterruptionRaised', 'waiting', 'warning'],
    ['GuidedFailureInterruptionRaised', 'waiting', 'warning'],
    ['TaskCanceled', 'cancelled', 'warning'],
  ])('%s is told', (category, phase, severity) => {
    expect(one(put(started, 'Payload.Event.Category', category))).toMatchObject({ phase, severity });
  });

  it('that succeeded with warnings is no plain success, by the field of its task or by its message', () => {
    const good = body('deployment-succeeded');
    const warned = { phase: 'succeeded', outcome: 'warnings', severity: 'warning' };
    const message = 'Deploy to Production succeeded with warnings for Shop Web release 1.8.2 to Production';

    expect(one(good)).toMatchObject({ severity: 'info', outcome: undefined });
    expect(one(put(good, 'Payload.Event.HasWarningsOrErrors', true))).toMatchObject(warned);
    expect(one(put(put(good, 'Payload.Event.Message', message), 'Payload.Event.MessageReferences', []))).toMatchObject(
      warned,
    );
  });

  it('of a project that is called "with warnings" succeeded', () => {
    const named = put(body('deployment-succeeded'), 'Payload.Event.Message', 'Deploy of with warnings succeeded');
    const references = [{ ReferencedDocumentId: 'Projects-670', StartIndex: 10, Length: 13 }];

    expect(one(put(named, 'Payload.Event.MessageReferences', references))).toMatchObject({ severity: 'info' });
  });

  it.each([
    ['DeploymentQueued', 'queued', 'requested'],
    ['DeploymentResumed', 'resumed', 'started'],
  ])('%s is told only if the configuration includes %s', (category, extra, phase) => {
    const payload = put(started, 'Payload.Event.Category', category);

    expect(one(payload)).toBeUndefined();
    expect(one(payload, [extra])).toMatchObject({ phase });
  });

  it('of a runbook is told only if the configuration includes runbooks', () => {
    expect(one(body('runbook-failed'))).toBeUndefined();
    expect(one(body('runbook-failed'), ['runbooks'])).toMatchObject({ phase: 'failed', subject: 'Shop Web' });
  });

  it.each(['MachineUnhealthy', 'Modified', 'LoginSucceeded', 'CertificateExpired', ''])(
    '%j is read and never told',
    (category) => {
      expect(read({ payload: put(started, 'Payload.Event.Category', category), include: EXTRAS })).toStrictEqual([]);
    },
  );

  it.each(['DeploymentTimedOut', '__proto__'])('%j of a deployment is told with that word', (category) => {
    expect(one(put(started, 'Payload.Event.Category', category))).toMatchObject({
      phase: 'unknown',
      word: category,
      severity: 'warning',
    });
  });

  it('of a task that is no deployment is never told', () => {
    expect(one(body('health-check-canceled'), EXTRAS)).toBeUndefined();
  });
});

describe('names', () => {
  const expected = { subject: 'Shop Web', version: '1.8.2', environment: 'Production' };

  it('come from where the references point in the message', () => {
    expect(one(started)).toMatchObject(expected);
  });

  it('come from the links of the message where there are no references', () => {
    expect(one(body('deployment-failed-without-an-address'))).toMatchObject(expected);
  });

  it('are the message where there are neither', () => {
    const bare = put(started, 'Payload.Event.MessageReferences', null);

    expect(one(bare)).toMatchObject({ subject: expect.stringContaining('Deploy to Production (#3)') });
    expect(one(bare)).toHaveProperty('version', undefined);
  });

  it('are not cut out of nowhere by references that point outside of the message', () => {
    const wrong = [{ ReferencedDocumentId: 'Projects-670', StartIndex: 5_000, Length: 10 }];

    expect(one(put(started, 'Payload.Event.MessageReferences', wrong))).toMatchObject({
      resource: { name: expect.stringContaining('Deploy') },
    });
  });
});

describe('links', () => {
  it('lead to the deployment below the address of the server', () => {
    expect(one(started)?.links).toStrictEqual([
      { rel: 'run', url: 'https://octopus.northwind.example/app#/Spaces-83/deployments/Deployments-15970' },
    ]);
  });

  it('take the configured address where the server does not know its own', () => {
    const payload = body('deployment-failed-without-an-address');

    expect(one(payload)?.links).toStrictEqual([]);
    expect(normalize({ payload, baseUrl: 'https://deploy.northwind.example/' })[0]?.links).toStrictEqual([
      { rel: 'run', url: 'https://deploy.northwind.example/app#/Spaces-83/deployments/Deployments-15970' },
    ]);
  });

  it('are none without TLS', () => {
    expect(one(put(started, 'Payload.ServerUri', 'http://octopus.northwind.example'))?.links).toStrictEqual([]);
  });
});

describe('an occurrence', () => {
  it('is the same in another batch and through another subscription', () => {
    const again = put(put(started, 'Payload.BatchId', 'another'), 'Payload.Subscription', { Id: 'Subscriptions-62' });

    expect(idOf(again)).toBe(idOf(started));
  });

  it('is another for another event, also of the same deployment', () => {
    expect(idOf(put(started, 'Payload.Event.Id', 'Events-2'))).not.toBe(idOf(started));
    expect(idOf(body('deployment-succeeded'))).not.toBe(idOf(started));
    expect(one(body('deployment-succeeded'))?.story).toBe(one(started)?.story);
  });

  it('without an id is told from others by what it is and when', () => {
    const nameless = put(started, 'Payload.Event.Id', null);

    expect(idOf(nameless)).toBe(idOf(structuredClone(nameless)));
    expect(idOf(put(nameless, 'Payload.Event.Category', 'DeploymentFailed'))).not.toBe(idOf(nameless));
  });

  it('without a time of its own has that of its batch, of its sending, of its receipt', () => {
    const timeless = put(started, 'Payload.Event.Occurred', '0001-01-01T00:00:00+00:00');
    const batchless = put(timeless, 'Payload.BatchProcessingDate', null);

    expect(one(timeless)?.occurredAt).toBe('2026-11-20T14:05:24.279Z');
    expect(one(batchless)?.occurredAt).toBe('2026-11-20T14:05:25.215Z');
    expect(one(put(batchless, 'Timestamp', null))?.occurredAt).toBe('2026-11-20T14:05:10.000Z');
  });
});

it('tells nothing of addresses, subscriptions and their secrets', () => {
  expect(allEvents('octopus', EXTRAS)).not.toMatch(/hunter2|203\.0\.113|@|Users-21|"actor":"system"/);
});

describe('a broken body', () => {
  it('is told what is missing', () => {
    expect(octopus.detects({ EventType: 'SubscriptionPayload' }, new Headers())).toBe(true);
    expect(octopus.problems({ EventType: 'SubscriptionPayload' }).map(({ path }) => path)).toStrictEqual(['Payload']);
    expect(octopus.problems(put(started, 'Payload.Event', null)).map(({ path }) => path)).toStrictEqual([
      'Payload.Event',
    ]);
  });

  it('of somebody else is not taken', () => {
    expect(octopus.detects({ Payload: { ref: 'x' }, EventType: 'other' }, new Headers())).toBe(false);
  });
});

describe('the published samples', () => {
  const samples = samplesOf('octopus');

  // The documentation prints the event itself empty.
  it.each(samples)('include %s, which is detected and read', (_name, payload) => {
    expect(sourceFor(payload, new Headers()).name).toBe('octopus');
    expect(read({ payload, include: EXTRAS })).toStrictEqual([]);
  });
});
