import { describe, expect, it } from 'vitest';
import { event } from '../../src/event/event.ts';
import { outline } from '../../src/event/outline.ts';
import { examples } from '../support/examples.ts';

const [, deployment] = event.options;
const phases = deployment.shape.phase.options;
const { outcome: _, ...given } = { ...examples.deployment, outcome: undefined };
const stateOf = (phase: (typeof phases)[number], check: boolean) => outline({ ...given, phase, check }).state;

describe('what only tries a change', () => {
  it.each(['requested', 'waiting', 'approved', 'rejected'] as const)('is %s as a deployment is', (phase) => {
    expect(stateOf(phase, true)).toBe(stateOf(phase, false));
  });

  it.each(['started', 'succeeded', 'failed', 'cancelled', 'unknown'] as const)(
    'is %s in words of its own, since it deploys nothing',
    (phase) => {
      expect(stateOf(phase, true)).not.toBe(stateOf(phase, false));
    },
  );

  it('has a state of its own for each of its phases', () => {
    expect(new Set(phases.map((phase) => stateOf(phase, true))).size).toBe(phases.length);
  });
});
