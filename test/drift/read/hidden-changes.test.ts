import { describe, expect, it } from 'vitest';
import type { ChangeName } from '../../../dev/fake-azure/model-changes.ts';
import { brief, fleetRun, MINUTE } from '../read-support/fleet-run.ts';

/** What is told once a set of ten that has drifted by this change has been updated. */
async function over(source: string, ...changes: readonly ChangeName[]) {
  const run = await fleetRun({ fleet: { sets: 0 }, env: { DRIFT_SOURCE: source } });
  await using _ = run;
  run.fleet.addSet({ name: 'web', instances: 10 });
  await run.after(0);
  for (const change of changes) run.fleet.changeModel('web', change);
  expect(brief([...(await run.after(40)), ...(await run.after(40))])).toStrictEqual(['opened pending 10/10']);
  run.fleet.update('web');
  const events = await run.after(30);
  expect(brief(events)).toStrictEqual(['resolved pending 0/10']);
  return events[0];
}

/** What is told once a set was updated whose model changed twice, the second time after its drift was told. */
async function again(minutes: number, change: ChangeName, first: ChangeName = 'licence') {
  const run = await fleetRun({ fleet: { sets: 0 }, env: { DRIFT_SOURCE: 'auto' } });
  await using _ = run;
  run.fleet.addSet({ name: 'web', instances: 10 });
  await run.after(0);
  run.fleet.changeModel('web', first);
  await run.after(40);
  await run.after(40);
  run.clock.advance(MINUTE);
  if (first !== 'licence') run.fleet.update('web', ['0', '1', '2', '3', '4']);
  run.fleet.changeModel('web', change);
  run.fleet.scale('web', 12);
  if (minutes > 0) await run.after(minutes);
  run.fleet.update('web');
  const events = await run.after(30);
  expect(events).toMatchObject([{ change: 'resolved' }]);
  return events[0];
}

describe('an instance that Azure calls up to date', () => {
  it.each<[string, string, readonly ChangeName[]]>([
    ['custom data, which a new disk alone brings', 'auto', ['unseen']],
    ['what nobody knows, where Azure shows no difference', 'arm', ['unseen']],
    ['what nobody knows, and was changed back', 'arm', ['nothing']],
  ])('may lack %s', async (_what, source, changes) => {
    expect(await over(source, ...changes)).toMatchObject({ change: 'resolved', unseen: true });
  });

  it.each<[string, number, ChangeName]>([
    ['seen, and told with the rest', 40, 'unseen'],
    ['over before anybody looked again', 0, 'unseen'],
  ])('may lack custom data that changed after the drift was told: %s', async (_what, minutes, change) => {
    expect(await again(minutes, change)).toMatchObject({ change: 'resolved', unseen: true });
  });

  it('may lack custom data that changed after a part of the set was given a new image', async () => {
    expect(await again(40, 'unseen', 'imageVersion')).toMatchObject({ change: 'resolved', unseen: true });
  });

  it('does not lack a setting that Azure shows and that changed after the drift was told', async () => {
    for (const minutes of [40, 0]) expect(await again(minutes, 'vmSize')).not.toHaveProperty('unseen');
  });

  it.each<[string, string, readonly ChangeName[]]>([
    ['a setting that Azure shows', 'auto', ['licence']],
    ['a setting, and nobody knows of another', 'arm', ['licence']],
    ['a setting that was changed back', 'auto', ['nothing']],
    ['custom data and an image, whose update brings a new disk', 'auto', ['imageVersion', 'unseen']],
  ])('does not lack %s', async (_what, source, changes) => {
    expect(await over(source, ...changes)).not.toHaveProperty('unseen');
  });
});
