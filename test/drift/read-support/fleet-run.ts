import { type HandClock, handClock } from '../../../dev/fake-azure/clock.ts';
import { createFakeAzure, type FakeAzure, type FakeAzureOptions } from '../../../dev/fake-azure/fake-azure.ts';
import type { Fleet, FleetOptions } from '../../../dev/fake-azure/fleet.ts';
import { generateFleet } from '../../../dev/fake-azure/generate.ts';
import { type DriftSettings, driftSettings } from '../../../src/drift/rules/settings.ts';
import { type DriftState, parseState } from '../../../src/drift/rules/state.ts';
import { createDriftCheck, type DriftParts, type DriftReport, stateName } from '../../../src/drift/run.ts';
import type { RelayEvent } from '../../../src/event/event.ts';
import { resourceManager } from '../../../src/outbound/arm/resource-manager.ts';
import { MemoryDriftStore } from './memory-store.ts';

const START = Date.parse('2026-11-20T08:07:00Z');
export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

type Done = Extract<DriftReport, { outcome: 'done' }>;

export interface FleetRun extends AsyncDisposable {
  readonly fake: FakeAzure;
  readonly fleet: Fleet;
  readonly clock: HandClock;
  readonly store: MemoryDriftStore;
  readonly settings: DriftSettings;
  /** Everything that was queued. */
  readonly sent: readonly RelayEvent[];
  /** Everything that was logged. */
  readonly logged: readonly string[];
  readonly state: DriftState;
  /** Lets minutes pass and runs; what was queued. */
  after(minutes: number): Promise<readonly RelayEvent[]>;
  /** As `after`; how it ended. */
  report(minutes?: number): Promise<DriftReport>;
  done(minutes?: number): Promise<Done>;
  /** Another process with the same storage. */
  check(more?: Partial<DriftParts>): ReturnType<typeof createDriftCheck>;
  /** Called with each batch that is queued; may throw as storage does. */
  onSend: (events: readonly RelayEvent[]) => void;
}

export interface FleetRunOptions {
  readonly fleet?: FleetOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly azure?: Omit<FakeAzureOptions, 'fleet'>;
  readonly parts?: Partial<DriftParts>;
}

/** A drift report over a fleet of this machine, whose time passes by hand, and while it waits. */
export async function fleetRun(options: FleetRunOptions = {}): Promise<FleetRun> {
  const clock = handClock(START);
  const fleet = generateFleet({ clock, driftedShare: 0, ...options.fleet });
  const fake = await createFakeAzure({ fleet, ...options.azure });
  const settings = driftSettings({
    DRIFT_SCOPE: `sub:${fleet.subscriptions.map(({ id }) => id).join(',')}`,
    DRIFT_SOURCE: 'arm',
    ARM_ENDPOINT: fake.url,
    ...options.env,
  });
  if (settings === undefined) throw new Error('there is no scope');
  const store = new MemoryDriftStore();
  const sent: RelayEvent[] = [];
  const logged: string[] = [];
  const open = resourceManager({ endpoint: fake.url, identity: { kind: 'managed' }, timing: handTiming(clock) });
  const run: FleetRun = {
    ...{ fake, fleet, clock, store, settings, sent, logged },
    get state() {
      const state = parseState(store.texts.get(stateName(settings)) ?? '');
      if (state === undefined) throw new Error('there is no state');
      return state;
    },
    onSend: () => undefined,
    check: (more) =>
      createDriftCheck({
        ...{ settings, store, open, clock },
        // Every fleet counts as a large one, unless a test says otherwise.
        few: 0,
        async send(events) {
          run.onSend(events);
          sent.push(...events);
        },
        ...options.parts,
        ...more,
      }),
    async after(minutes) {
      const before = sent.length;
      await run.done(minutes);
      return sent.slice(before);
    },
    async report(minutes = 0) {
      clock.advance(minutes * MINUTE);
      const report = await check((step, details) => logged.push(JSON.stringify([step, details])));
      logged.push(JSON.stringify(report));
      return report;
    },
    async done(minutes) {
      const report = await run.report(minutes);
      if (report.outcome !== 'done') throw new Error(`the run ended as ${report.outcome}`);
      return report;
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
  const check = run.check();
  return run;
}

export const handTiming = (clock: HandClock) => ({
  now: clock.now,
  random: () => 0.5,
  // Whoever waits at the same time waits for the same time.
  async sleep(milliseconds: number, signal: AbortSignal) {
    const due = clock.now() + milliseconds;
    await new Promise((done) => setImmediate(done));
    if (!signal.aborted) clock.advance(Math.max(0, due - clock.now()));
  },
});

/** What events say in brief. */
export const brief = (events: readonly RelayEvent[]): readonly string[] =>
  events.map((event) => {
    if (event.kind === 'drift') return `${event.change} ${event.verdict} ${event.behind}/${event.total}`;
    if (event.kind === 'digest') return `digest ${event.cause} ${event.total}`;
    return event.kind === 'notice' ? `${event.topic} ${event.about}` : event.kind;
  });
