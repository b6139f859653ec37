import { expect, it } from 'vitest';
import { tooOld } from '../../dev/package/node-version.ts';
import manifest from '../../package.json' with { type: 'json' };

const [, least = ''] = /^>=(\d+\.\d+)$/.exec(manifest.engines.node) ?? [];

it.each([`${least}.0`, '22.99.0', '23.0.0', '24.21.0'])('Node %s is new enough', (version) => {
  expect(tooOld(version)).toBeUndefined();
});

it.each(['18.20.8', '20.20.2', '22.17.1'])('Node %s is too old, and told what is needed', (version) => {
  expect(tooOld(version)).toBe(
    `This is Node.js ${version}, and autoscale-relay needs ${least} or newer: install one from https://nodejs.org, then run it again.`,
  );
});
