import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

const NEW = 'timed_out_new_word';

type Decides = (path: string, body: unknown) => boolean;

const at =
  (pattern: RegExp): Decides =>
  (path) =>
    pattern.test(path);

const says = (body: unknown, pattern: RegExp): boolean => pattern.test(JSON.stringify(body));

/** Where each sender says how something stands. Autoscale's webhook has no such word, and custom events are held to ours. */
const DECIDES: Readonly<Record<string, Decides>> = {
  acr: at(/^action$/),
  alertmanager: at(/^alerts\.\d+\.status$/),
  'app-service': at(/^status$/),
  'azure-devops': at(
    /^resource\.(result|deployment\.deploymentStatus|approval\.status|run\.result|stage\.result|job\.result)$/,
  ),
  // Of autoscale's own records, the condition says nothing.
  'azure-monitor': (path, body) =>
    says(body, /"operationName":"[^"]*autoscalesettings/i)
      ? /\.status$/.test(path) && says(body, /"operationName":"[^"]*scale\w*result/i)
      : /\.monitorCondition$/.test(path) || (/^(data\.)?status$/.test(path) && !says(body, /"activityLog"/)),
  cdevents: at(/(^|\.)subject\.content\.(outcome|status)$/),
  'event-grid': at(/^(\d+\.)?data\.status$/),
  flux: at(/^(severity|reason)$/),
  github: at(/^(workflow_(run|job)\.conclusion|deployment_status\.state)$/),
  gitlab: (path, body) =>
    says(body, /"object_attributes"/) ? path === 'object_attributes.status' : /^(build_)?status$/.test(path),
  grafana: (path, body) => (says(body, /"alerts"/) ? /^alerts\.\d+\.status$/.test(path) : path === 'state'),
  'hcp-packer': at(/^event_action$/),
  'hcp-terraform': at(/^notifications\.\d+\.(trigger|run_status)$/),
  jenkins: at(/^(build\.status|event)$/),
  octopus: at(/^Payload\.Event\.Category$/),
  spinnaker: (path, body) =>
    // A stage says it twice; its copy in the execution counts where the other is missing.
    path === 'content.context.judgmentStatus' ||
    (path.endsWith('.judgmentStatus') &&
      !textsIn(body).some((each) => each.join('.') === 'content.context.judgmentStatus')) ||
    (path === 'content.execution.status' && says(body, /"orca:(pipeline|orchestration)/)),
};

/** Every copy of a body with another word where the sender says how it stands. */
function* mutated(body: unknown, decides: Decides): Generator<readonly [path: string, body: unknown]> {
  for (const path of textsIn(body)) {
    if (!decides(path.join('.'), body)) continue;
    const copy = structuredClone(body);
    const last = path.at(-1) ?? '';
    const holder = path
      .slice(0, -1)
      .reduce<Record<string, unknown>>((inner, key) => inner[key] as never, copy as never);
    holder[last] = path.join('.').endsWith('.trigger') ? `run:${NEW}` : NEW;
    yield [path.join('.'), copy];
  }
}

function textsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

const GOOD = ['succeeded', 'approved', 'completed', 'pushed', 'deleted', 'resolved'];

const standings = (event: RelayEvent): readonly unknown[] =>
  (['phase', 'action', 'state'] as const).flatMap((key) =>
    key in event ? [(event as Record<string, unknown>)[key]] : [],
  );

const good = (events: readonly RelayEvent[]): number =>
  events.filter((event) => standings(event).some((each) => GOOD.includes(String(each)))).length;

describe.each(Object.entries(DECIDES))('an outcome of %s that nobody knows', (source, decides) => {
  const cases = fixturesOf(source).flatMap(({ name, headers, body }) => {
    const told = (payload: unknown) => normalize(receive(payload, undefined, headers), source);
    const before = Array.isArray(body) || 'reply' in (body as object) ? undefined : body;
    if (before === undefined && !Array.isArray(body)) return [];
    return [...mutated(body, decides)].map(([path, changed]) => ({ name, path, body, changed, told }));
  });
  const told = cases.filter(({ body, told }) => {
    try {
      return told(body).length > 0;
    } catch {
      return false;
    }
  });

  it('is in a fixture', () => {
    expect(told.length).toBeGreaterThan(0);
  });

  it.each(told.map((each) => [`${each.name} ${each.path}`, each] as const))(
    'is told, and not as a success: %s',
    (_, each) => {
      const before = each.told(each.body);
      const after = each.told(each.changed);

      expect(after.length).toBeGreaterThanOrEqual(before.length);
      const strange = after.filter((event) => 'word' in event && event.word?.toLowerCase().includes(NEW));
      // Of several, the others stand as they stood.
      if (before.length > 1) expect(strange.length).toBeGreaterThan(0);
      else expect(good(after)).toBeLessThan(Math.max(1, good(before)));
      expect(good(strange)).toBe(0);
      expect(good(after)).toBeLessThanOrEqual(good(before));
      for (const event of strange) expect(event.severity).not.toBe('info');
      // A body that says in another word how it stands may go by that one.
      const failed = after.filter((event) => 'phase' in event && event.phase === 'failed');
      if (good(before) > 0) expect(strange.length + failed.length).toBeGreaterThan(0);
    },
  );
});
