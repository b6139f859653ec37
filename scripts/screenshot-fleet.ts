import { createFakeAzure, type FakeAzure } from '../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../dev/fake-azure/generate.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A fleet to take a picture of: drift of every age, with instances that are held and some that have failed. */
export async function shownFleet(): Promise<FakeAzure> {
  let ago = 26 * HOUR;
  const clock = { now: () => Date.now() - ago };
  const fleet = generateFleet({ clock, sets: 48, driftedShare: 0.15, regions: 3, rollingShare: 0.2, seed: 4 });
  const clean = fleet.sets.filter(({ state: { mode } }) => mode === 'Manual').slice(-6);
  const name = (at: number) => clean[at]?.id ?? '';
  const ids = (at: number, count: number) => (clean[at]?.state.instances ?? []).slice(0, count).map((each) => each.id);
  const change = (at: number, what: 'imageVersion' | 'vmSize' | 'secrets', updated: number) => {
    fleet.changeModel(name(at), what);
    if (updated > 0) fleet.update(name(at), ids(at, updated));
  };
  change(0, 'imageVersion', 4);
  fleet.scale(name(1), 24);
  change(1, 'vmSize', 9);
  ago = 7 * HOUR;
  change(2, 'secrets', 0);
  fleet.protect(name(2), ['0', '1', '2']);
  fleet.fail(name(2), ['5'], 'Failed');
  ago = 40 * MINUTE;
  change(3, 'imageVersion', 7);
  ago = 0;
  return createFakeAzure({ fleet, limits: 'off' });
}
