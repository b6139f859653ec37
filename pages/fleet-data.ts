import { fieldsOf, isFields, numberOf, textOf } from './json.ts';

/** The view of src/drift/rules/view.ts, which the relay has checked before it hands it out. */
export interface FleetReason {
  readonly kind: string;
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface FleetInstance {
  readonly id: string;
  readonly since: string;
  readonly held: boolean;
  readonly state: 'ok' | 'updating' | 'failed' | 'unhealthy';
  readonly reasons: readonly FleetReason[];
}

export interface FleetSet {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly orchestration: string;
  readonly mode: string;
  readonly total?: number;
  readonly verdict: string;
  readonly why?: string;
  readonly behind: number;
  readonly unknown: number;
  readonly since?: string;
  readonly sinceAtLeast?: boolean;
  readonly readAt?: string;
  readonly instances: readonly FleetInstance[];
  /** Of an upgrade that awaits approval: until when, and what Azure does then by itself. */
  readonly approval?: { readonly until?: string; readonly otherwise?: string };
  readonly advice?: string;
  readonly command?: string;
}

export interface FleetView {
  readonly ranAt: string;
  readonly subscriptions: readonly {
    readonly id: string;
    readonly name: string;
    readonly read: 'full' | 'part' | 'none';
    readonly why?: string;
  }[];
  readonly sets: readonly FleetSet[];
}

/** What verdicts, reasons and advice are called, and what to do where Azure was not read. */
export type Words = Readonly<Record<'verdict' | 'reason' | 'advice' | 'unread', Readonly<Record<string, string>>>> & {
  /** Where the portal of this cloud is. */
  readonly portal: string;
};

/** The runs of the report. */
export interface Runs {
  readonly on: boolean;
  readonly ended: number;
  /** What the run under way last said; undefined where there is none. */
  readonly step: string | undefined;
  /** What went wrong with the last one, or was left over; undefined where nothing was. */
  readonly trouble: string | undefined;
}

export interface Fleet {
  readonly runs: Runs;
  readonly words: Words;
  readonly view: FleetView | undefined;
}

async function ask(path: string): Promise<unknown> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

export const readRuns = async (): Promise<Runs> => runsIn(await ask('/fleet/runs'));

export async function readFleet(): Promise<Fleet> {
  const answer = await ask('/fleet/view');
  const { words, view } = answer as { words: Words; view?: FleetView };
  return { runs: runsIn(answer), words, view };
}

/** Has the report run now; what keeps it from that, if anything. */
export async function startRun(): Promise<string | undefined> {
  const response = await fetch('/admin/functions/drift', { method: 'POST' }).catch(() => undefined);
  if (response?.ok) return undefined;
  return response === undefined
    ? 'The check could not be started. Is the relay still running?'
    : `The relay answered ${response.status} instead of 202.`;
}

function runsIn(answer: unknown): Runs {
  const { on, ended, running, last } = fieldsOf(answer);
  const isOn = on === true;
  return {
    on: isOn,
    ended: numberOf(ended) || 0,
    step: isFields(running) ? stepOf(fieldsOf(running['step'])) : undefined,
    trouble: isOn ? troubleOf(fieldsOf(last)) : undefined,
  };
}

/** "sets to be read · urgent 3 · images 3". */
function stepOf({ step, ...details }: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(details).filter(([, value]) => typeof value !== 'object');
  return [textOf(step) || 'starting', ...told.map(([name, value]) => `${name} ${value}`)].join(' · ');
}

function troubleOf(last: Readonly<Record<string, unknown>>): string | undefined {
  const failure = textOf(last['failure']);
  if (failure !== '') return `The last check failed: ${failure}`;
  const report = fieldsOf(last['report']);
  if (report['outcome'] === 'lost') return 'Another relay took over the last check, so this one told nothing.';
  if (report['finished'] === false)
    return 'The time was not enough to read everything. The next check goes on from there.';
  return undefined;
}
