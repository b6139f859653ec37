import { type Decision, decide } from '../../../src/drift/rules/decide.ts';
import type { DriftedInstance, RunReading, ScopeReading, SetReading } from '../../../src/drift/rules/reading.ts';
import { type DriftSettings, driftSettings } from '../../../src/drift/rules/settings.ts';
import type { DriftState } from '../../../src/drift/rules/state.ts';
import type { EventOf, RelayEvent } from '../../../src/event/event.ts';
import { SUBSCRIPTION, scaleSet } from './models.ts';

export const SETTINGS: DriftSettings = settingsOf({});

export function settingsOf(env: Readonly<Record<string, string>>): DriftSettings {
  const settings = driftSettings({ DRIFT_SCOPE: `sub:${SUBSCRIPTION}`, ...env });
  if (settings === undefined) throw new Error('there is no DRIFT_SCOPE');
  return settings;
}

export const START = Date.parse('2026-11-20T12:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Some instances that are behind, with ids from 0. */
export const behind = (count: number, over: Partial<DriftedInstance> = {}, from = 0): readonly DriftedInstance[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `${from + index}/vm-${from + index}`,
    instanceId: `${from + index}`,
    reasons: [{ kind: 'imageVersion', from: '1.4.2', to: '1.5.0' }],
    fingerprint: 'one',
    held: false,
    state: 'ok',
    ...over,
  }));

/** A reading of a set of ten, whose model is 15 hours old at the start. */
export const setReading = (drifted: readonly DriftedInstance[], over: Partial<SetReading> = {}): SetReading => ({
  set: scaleSet({ modelCreatedAt: '2026-11-19T21:10:00.000Z' }),
  total: 10,
  drifted,
  unknown: 0,
  ...over,
});

export const scope: ScopeReading = { subscriptionId: SUBSCRIPTION, name: 'Prod-EU', read: 'full' };

export const runReading = (sets: readonly SetReading[], over: Partial<RunReading> = {}): RunReading => ({
  scopes: [scope],
  sets,
  gone: [],
  ...over,
});

/** A report that has been running, and has found nothing until now. */
export const quiet = (now = START - 30 * MINUTE): DriftState => decide(undefined, runReading([]), now, SETTINGS).state;

/** One run after the other, from a state. */
export class Report {
  state: DriftState | undefined;
  readonly settings: DriftSettings;

  constructor(state: DriftState | undefined = quiet(), settings = SETTINGS) {
    this.state = state;
    this.settings = settings;
  }

  /** A run some minutes after the start; its events. */
  run(minutes: number, reading: RunReading): readonly RelayEvent[] {
    const { state, events }: Decision = decide(this.state, reading, START + minutes * MINUTE, this.settings);
    // What crosses storage must come back as it was.
    this.state = JSON.parse(JSON.stringify(state)) as DriftState;
    return events;
  }

  /** A run that reads these sets in full. */
  read(minutes: number, ...sets: readonly SetReading[]): readonly RelayEvent[] {
    return this.run(minutes, runReading(sets));
  }
}

export const driftsIn = (events: readonly RelayEvent[]): readonly EventOf<'drift'>[] =>
  events.filter((event) => event.kind === 'drift');

/** What an event says in brief. */
export const brief = (events: readonly RelayEvent[]): readonly string[] =>
  events.map((event) => {
    if (event.kind === 'drift')
      return `${event.change} ${event.verdict} ${event.severity} ${event.behind}/${event.total}`;
    if (event.kind === 'digest') return `digest ${event.cause} ${event.severity} ${event.total}`;
    return event.kind === 'notice' ? `${event.topic} ${event.about}` : event.kind;
  });
