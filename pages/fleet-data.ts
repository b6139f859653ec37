import type { FleetAnswer, Runs, Words } from '../dev/host/fleet.ts';
import type { FleetView, SetView } from '../src/drift/rules/view.ts';
import { fieldsOf, textOf } from './json.ts';

export type { FleetAnswer, FleetView, Runs, SetView, Words };

export type Instance = SetView['instances'][number];

/** What has the focus or the mouse: a set, or one of its instances. */
export interface Target {
  readonly set: SetView;
  readonly instance?: Instance | undefined;
}

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

export const readRuns = (): Promise<Runs> => ask('/fleet/runs');

export const readFleet = (): Promise<FleetAnswer> => ask('/fleet/view');

/** Has the report run now; what keeps it from that, if anything. */
export async function startRun(): Promise<string | undefined> {
  const response = await fetch('/admin/functions/drift', { method: 'POST' }).catch(() => undefined);
  if (response?.ok) return undefined;
  return response === undefined
    ? 'The check could not be started. Is the relay still running?'
    : `The relay answered ${response.status} instead of 202.`;
}

/** "sets to be read · urgent 3 · images 3"; undefined where no run is under way. */
export function stepOf({ running }: Runs): string | undefined {
  if (running === undefined) return undefined;
  const { step, ...details } = fieldsOf(running.step);
  const told = Object.entries(details).filter(([, value]) => typeof value !== 'object');
  return [textOf(step) || 'starting', ...told.map(([name, value]) => `${name} ${value}`)].join(' · ');
}

/** What went wrong with the last run, or was left over; undefined where nothing was. */
export function troubleOf({ on, last }: Runs): string | undefined {
  if (!on || last === undefined) return undefined;
  if (last.failure) return `The last check failed: ${last.failure}`;
  const { outcome, finished } = fieldsOf(last.report);
  if (outcome === 'lost') return 'Another relay took over the last check, so this one told nothing.';
  return finished === false
    ? 'The time was not enough to read everything. The next check goes on from there.'
    : undefined;
}
