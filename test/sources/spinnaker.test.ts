import { describe, expect, it } from 'vitest';
import { spinnaker } from '../../src/sources/spinnaker/spinnaker.ts';
import { fixturesOf, receive, wire } from '../support/fixtures.ts';
import { normalize, read, sourceFor } from '../support/normalize.ts';
import { bodyOf, lacking, put } from './support/azure-devops.ts';

const EXTRAS = Object.keys(spinnaker.extras);
const fixtures = fixturesOf('spinnaker').map((fixture) => [fixture.name, fixture] as const);
const body = (name: string) => bodyOf('spinnaker', name);
const one = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include }, 'spinnaker')[0];
const idOf = (payload: unknown) => one(payload, EXTRAS)?.id;

const complete = body('pipeline-complete');
const { eventId: _eventId, ...old } = complete;

describe.each(fixtures)('the event %s', (_name, { body: payload, expected }) => {
  it('gives exactly what is expected, detected and named', () => {
    expect(wire(read(receive(payload)))).toStrictEqual(expected);
    expect(wire(read(receive(payload), 'spinnaker'))).toStrictEqual(expected);
  });

  const needed = /^(payload|(payload\.)?details(\.type)?) as/;

  it('is read whatever one of its values is, as long as it has a type', () => {
    for (const [path, lacked] of lacking(payload).filter(([each]) => !needed.test(each))) {
      expect(() => read({ payload: lacked, include: EXTRAS }, 'spinnaker'), path).not.toThrow();
    }
  });
});

describe('the shape of the body', () => {
  const expected = one(complete);
  const flat = {
    ...complete,
    details: JSON.stringify(complete['details']),
    content: JSON.stringify(complete['content']),
  };

  it.each([
    ['flattened', flat],
    ['wrapped', { eventName: 'spinnaker_events', payload: complete }],
    ['wrapped under another name', { eventName: 'ours', fieldName: complete }],
    ['wrapped and flattened', { eventName: 'spinnaker_events', payload: flat }],
    ['wrapped without a name', { payload: complete }],
  ])('may be %s', (_how, payload) => {
    expect(one(payload)).toStrictEqual(expected);
  });

  it.each([
    ['plain', complete],
    ['flattened', flat],
    ['wrapped under another name', { eventName: 'ours', fieldName: complete }],
  ])('is detected when it is %s', (_how, payload) => {
    expect(sourceFor(payload, new Headers()).name).toBe('spinnaker');
  });

  it('may be as large as a body can be', () => {
    const stage = {
      id: 's',
      type: 'deploy',
      name: 'Deploy',
      status: 'TERMINAL',
      context: { manifest: 'x'.repeat(4_000) },
    };
    const large = put(body('pipeline-failed'), 'content.execution.stages', Array(230).fill(stage));

    expect(JSON.stringify(large).length).toBeGreaterThan(900_000);
    expect(one(large)).toMatchObject({ phase: 'failed', failedStep: 'Deploy' });
  });
});

describe('a pipeline', () => {
  it.each([
    ['SUCCEEDED', 'succeeded', 'info'],
    ['TERMINAL', 'failed', 'error'],
    ['FAILED_CONTINUE', 'failed', 'error'],
    ['CANCELED', 'cancelled', 'warning'],
    ['STOPPED', 'cancelled', 'warning'],
  ])('whose status is %s has %s, whatever the type of the event says', (status, phase, severity) => {
    const event = put(body('pipeline-failed'), 'content.execution.status', status);

    expect(one(event)).toMatchObject({ phase, severity });
    expect(one(put(event, 'details.type', 'orca:pipeline:complete'))).toMatchObject({ phase, severity });
  });

  it('that was skipped is no event', () => {
    expect(one(put(complete, 'content.execution.status', 'SKIPPED'), EXTRAS)).toBeUndefined();
  });

  it.each([
    ['orca:pipeline:complete', 'succeeded'],
    ['orca:pipeline:failed', 'failed'],
  ])('without a status has ended as the type %s says', (type, phase) => {
    expect(one(put(put(complete, 'content.execution.status', null), 'details.type', type))).toMatchObject({ phase });
  });

  it('names the stage that failed, as people called it, and what its part said', () => {
    expect(one(body('pipeline-failed'))).toMatchObject({
      failedStep: 'Deploy',
      output: 'Quota exceeded in westeurope',
    });
  });

  it('links to Deck where the configuration says where that is', () => {
    const [event] = normalize({ payload: complete, baseUrl: 'https://deck.northwind.example/' });

    expect(event?.links).toStrictEqual([
      { rel: 'run', url: 'https://deck.northwind.example/#/applications/shop/executions/01JD4SHOPEXEC' },
    ]);
  });

  it('has one story from its start to its end, judgments and stages included', () => {
    const names = [
      'pipeline-starting',
      'judgment-waiting',
      'judgment-continued',
      'stage-complete',
      'pipeline-complete',
    ];
    const events = names.map((name) => one(body(name), EXTRAS));

    expect(new Set(events.map((event) => event?.story)).size).toBe(1);
    expect(new Set(events.map((event) => event?.id)).size).toBe(names.length);
  });
});

describe('an occurrence', () => {
  it('is the same when echo sends it again, and another for another event', () => {
    expect(idOf(structuredClone(complete))).toBe(idOf(complete));
    expect(idOf(put(complete, 'eventId', 'another'))).not.toBe(idOf(complete));
  });

  it('without an id of its own is the end of an execution, or of a stage', () => {
    expect(idOf(structuredClone(old))).toBe(idOf(old));
    expect(idOf(put(old, 'content.execution.id', 'another'))).not.toBe(idOf(old));
    expect(idOf(put(old, 'details.type', 'orca:pipeline:failed'))).not.toBe(idOf(old));
    // A pipeline that is restarted ends again.
    expect(idOf(put(old, 'content.execution.endTime', 1795183299999))).not.toBe(idOf(old));
  });
});

it('a pipeline that succeeds although a stage has failed says so', () => {
  const ignored = put(complete, 'content.execution.stages', [{ id: 's', name: 'Smoke', status: 'FAILED_CONTINUE' }]);

  expect(one(complete)).toHaveProperty('outcome', undefined);
  expect(one(ignored)).toMatchObject({ phase: 'succeeded', outcome: 'warnings', severity: 'warning' });
});
