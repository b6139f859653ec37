import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { PayloadError } from '../../src/problems/errors.ts';
import { receive } from '../../src/relay/receive.ts';
import { readJson } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { post } from '../support/relay.ts';

interface CdEvent {
  readonly context: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly subject: { readonly id: string; readonly content: Readonly<Record<string, unknown>> };
}

type Named = readonly [name: string, body: CdEvent];

const FOLDER = new URL('../fixtures/conformance/', import.meta.url);
const CONFORMANCE = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) =>
    Object.entries(readJson(new URL(file, FOLDER).pathname) as Record<string, CdEvent>).map(
      ([name, body]): Named => [`${file.replace('.json', '')} ${name}`, body],
    ),
  );

/** As the CloudEvents binding says: https://github.com/cdevents/spec/blob/main/cloudevents-binding.md */
function attributesOf({ context, subject }: CdEvent): Record<string, string> {
  const { id, source, type, timestamp } = context as Record<string, string>;
  return { specversion: '1.0', id, source, type, subject: subject.id, time: timestamp } as Record<string, string>;
}

const headersOf = (body: CdEvent): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributesOf(body)).map(([name, value]) => [`ce-${name}`, encodeURIComponent(value)]),
  );

const bytes = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

const CLOUD = { 'content-type': 'application/cloudevents+json' };

/** Every way in which a CDEvent is posted. */
const MODES: Readonly<Record<string, (body: CdEvent) => readonly [body: unknown, headers: Record<string, string>]>> = {
  plain: (body) => [body, {}],
  structured: (body) => [{ ...attributesOf(body), data: body }, CLOUD],
  'structured with bytes': (body) => [{ ...attributesOf(body), data_base64: bytes(body) }, CLOUD],
  binary: (body) => [body, headersOf(body)],
  'a batch': (body) => [
    [{ ...attributesOf(body), data: body }],
    { 'content-type': 'application/cloudevents-batch+json' },
  ],
  'binary through Event Grid': (body) => [body, { ...headersOf(body), 'aeg-event-type': 'Notification' }],
};

async function posted(body: unknown, headers: Record<string, string> = {}, source?: string, include: string[] = []) {
  const settings = { cdevents: { credentials: { secrets: [], tokens: [] }, include } };
  const { read, ignored } = await receive(post(body, source, headers), { settings, ports: memoryPorts(), keep: false });
  return { events: read as readonly RelayEvent[], ignored };
}

const changed = (body: CdEvent, type: string, content: object = {}): CdEvent => ({
  context: { ...body.context, type },
  subject: { ...body.subject, content: { ...body.subject.content, ...content } },
});

const [, FINISHED] = CONFORMANCE.find(([name]) => name === 'cdevents-0.5.1 pipelinerun_finished') ?? [];
const [, DEPLOYED] = CONFORMANCE.find(([name]) => name === 'cdevents-0.5.1 service_deployed') ?? [];
if (FINISHED === undefined || DEPLOYED === undefined) throw new Error('there is no such file');

describe.each(CONFORMANCE)('the conformance file %s', (name, body) => {
  it('is one event, or is left out for a reason, however it is posted', async () => {
    const { events, ignored } = await posted(body);
    const because = ignored.map((each) => each.because);

    expect(events.length + ignored.length).toBe(1);
    expect(
      because.filter((each) => !/ (is no news|needs `include: \[\w+\]`|is of a tool’s own: .*)$/.test(each ?? '')),
    ).toEqual([]);
    for (const mode of Object.values(MODES)) {
      for (const source of [undefined, 'cdevents']) {
        const again = await posted(...mode(body), source);

        expect(again.events).toStrictEqual(events);
        expect(again.ignored.map((each) => each.because)).toStrictEqual(because);
      }
    }
  });

  it('is told where it is of a service, an environment, an incident, an approval or the end of a run', async () => {
    const { events } = await posted(body, {}, 'cdevents', ['queued', 'tasks', 'tests']);
    const isTold = /(service|environment|incident)_|approval_c|pipelinerun_|(task|suite|case)run_(?!skipped)/.test(
      name,
    );

    expect(events.map(({ source }) => source)).toStrictEqual(isTold ? ['cdevents'] : []);
  });
});

describe('a CDEvent', () => {
  it('is told as a success in no word that nobody knows, of whatever version', async () => {
    const strange = [
      changed(FINISHED, 'dev.cdevents.pipelinerun.finished.9.0.0', { outcome: 'timedout' }),
      changed(FINISHED, 'dev.cdevents.pipelinerun.finished.0.3.0', { outcome: undefined }),
      changed(FINISHED, 'dev.cdevents.pipelinerun.suspended.0.3.0'),
      changed(DEPLOYED, 'dev.cdevents.service.drained.1.0.0-draft'),
      changed(DEPLOYED, 'dev.cdevents.environment.frozen.1.0.0'),
      changed(DEPLOYED, 'dev.cdevents.approval.closed.0.1.0', { status: 'lapsed' }),
      changed(DEPLOYED, 'dev.cdevents.incident.acknowledged.0.3.0'),
    ];
    for (const body of strange) {
      const { events } = await posted(body);

      expect(events).toMatchObject([{ severity: 'warning', word: expect.any(String) }]);
      expect(['unknown', 'fired']).toContain(events.map((each) => ('phase' in each ? each.phase : 'fired'))[0]);
    }
  });

  it('of a newer version is read as far as it is known', async () => {
    const newer = changed(FINISHED, 'dev.cdevents.pipelineRun.finished.1.2.0', {
      outcome: 'Failure',
      more: { x: [1] },
    });

    expect((await posted(newer)).events).toMatchObject([{ phase: 'failed', subject: 'myPipeline' }]);
  });

  it('of a subject that nobody knows is left out, and the answer says so', async () => {
    const { events, ignored } = await posted(changed(DEPLOYED, 'dev.cdevents.dataset.trained.0.1.0'));

    expect(events).toStrictEqual([]);
    expect(ignored).toStrictEqual([{ key: 'type', because: 'dataset trained is not known' }]);
  });

  it('says what it lacks', async () => {
    const { subject: _, ...rest } = DEPLOYED;

    await expect(posted(rest)).rejects.toThrow(PayloadError);
    await expect(posted(rest)).rejects.toThrow(/subject/);
  });

  it('that cannot be read does not lose the others of its batch', async () => {
    const { events, ignored } = await posted([DEPLOYED, { context: DEPLOYED.context }, { hello: 1 }]);

    expect(events).toHaveLength(1);
    expect(ignored.map(({ key }) => key)).toStrictEqual(['1.type', '2.type']);
  });

  it.each([
    ['pkg:oci/app@sha256%3A0b31?tag=1.2', '1.2'],
    ['pkg:oci/app@sha256%3A0b31', 'sha256:0b31'],
    ['pkg:golang/mygit.com/myorg/myapp@234fd47e', '234fd47e'],
    ['pkg:npm/%40maps/tides@1.4.0#lib', '1.4.0'],
    ['pkg:npm/tides', undefined],
    ['0b31b1c02ff458ad', '0b31b1c02ff458ad'],
    ['pkg:oci/app@%', '%'],
  ])('of the artifact %s has the version %s', async (artifactId, version) => {
    const { events } = await posted(changed(DEPLOYED, DEPLOYED.context.type, { artifactId }));

    expect(events.map((event) => (event as { version?: string }).version)).toStrictEqual([version]);
  });

  it('shows an address as a link alone, and none that is not https or carries a secret', async () => {
    for (const uri of ['http://ci.example/1', 'javascript:alert(1)', 'https://ci.example/1?token=abcdefghijklmnop']) {
      const { events } = await posted(changed(FINISHED, FINISHED.context.type, { uri }));

      expect(events).toMatchObject([{ links: [] }]);
      expect(JSON.stringify(events)).not.toContain(uri);
    }
  });
});
