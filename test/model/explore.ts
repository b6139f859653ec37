import { seeded } from '../bench/faults/seeded.ts';
import { nameOf } from './instance.ts';
import type { Scenario } from './scenarios.ts';
import { type Choice, World } from './world.ts';

/** A run that breaks a law. */
interface Violation {
  readonly broken: readonly string[];
  /** What was chosen, by its place in the menu, wherever there was a choice: the rest is the first of each. */
  readonly choices: readonly number[];
}

export interface Explored {
  readonly scenario: string;
  readonly runs: number;
  readonly states: number;
  /** Whether no run was left out for there being too many. */
  readonly isWhole: boolean;
  /** The first; nothing more is looked at then. */
  readonly violation: Violation | undefined;
}

// No run of so few events comes near.
const MOST_STEPS = 3_000;

type Chosen = (menu: readonly Choice[], world: World) => number | undefined;

/** One run, in which `choose` says what happens wherever there is a choice; it ends early where that is undefined. */
async function run(scenario: Scenario, choose: Chosen, note: (label: string) => void = () => undefined) {
  const world = new World(scenario);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await world.settle();
    if (world.fault !== undefined) return [`a process threw: ${String(world.fault)}`];
    const menu = world.menu();
    if (menu.length === 0) return world.witness.ended();
    const index = menu.length === 1 ? 0 : choose(menu, world);
    if (index === undefined) return [];
    const choice = menu[index];
    if (choice === undefined) throw new RangeError(`there is no choice ${index} among ${menu.length}`);
    note(menu.length === 1 ? choice.label : `${choice.label}  [${index} of ${menu.length}]`);
    await choice.act();
  }
  return [`it does not end after ${MOST_STEPS} steps`];
}

/** Runs once as was chosen; resolves with the laws that it breaks. */
export function replay(scenario: Scenario, choices: readonly number[], note: (label: string) => void) {
  let at = 0;
  return run(scenario, () => choices[at++] ?? 0, note);
}

/**
 * Every run with so many oddities at most, those with fewer first: what comes in another order than the usual one, a crash, a
 * refusal, a clock that jumps. A state that was met before with as much left is not gone on from. `most`: so many runs.
 */
export async function explore(
  scenario: Scenario,
  { oddities, most }: { readonly oddities: number; readonly most: number },
  progress: (runs: number) => void,
): Promise<Explored> {
  const seen = new Map<string, number>();
  let runs = 0;
  let todo: readonly (readonly number[])[] = [[]];
  for (let left = oddities; left >= 0; left -= 1) {
    const next: (readonly number[])[] = [];
    for (const begun of todo) {
      if (runs >= most)
        return { scenario: scenario.name, runs, states: seen.size, isWhole: false, violation: undefined };
      const choices: number[] = [];
      const broken = await run(scenario, (menu, world) => {
        const given = begun[choices.length];
        if (given === undefined && !isNew(seen, world, left)) return undefined;
        if (given === undefined && left > 0) for (let at = 1; at < menu.length; at += 1) next.push([...choices, at]);
        choices.push(given ?? 0);
        return given ?? 0;
      });
      runs += 1;
      progress(runs);
      const violation = broken.length > 0 ? { broken, choices: trimmed(choices) } : undefined;
      if (violation) return { scenario: scenario.name, runs, states: seen.size, isWhole: false, violation };
    }
    todo = next;
  }
  return { scenario: scenario.name, runs, states: seen.size, isWhole: true, violation: undefined };
}

function isNew(seen: Map<string, number>, world: World, left: number): boolean {
  const name = nameOf(`${world.left}${world.state}`);
  if ((seen.get(name) ?? -1) >= left) return false;
  seen.set(name, left);
  return true;
}

/** So many runs with many oddities each, wherever chance puts them: the same for the same seed. */
export async function wander(
  scenario: Scenario,
  most: number,
  seed: number,
  progress: (runs: number) => void,
): Promise<Pick<Explored, 'runs' | 'violation'>> {
  const random = seeded(seed);
  for (let runs = 1; runs <= most; runs += 1) {
    const often = random() * 0.3;
    const choices: number[] = [];
    const broken = await run(scenario, (menu) => {
      choices.push(random() < often ? Math.floor(random() * menu.length) : 0);
      return choices.at(-1) ?? 0;
    });
    progress(runs);
    if (broken.length > 0) return { runs, violation: { broken, choices: trimmed(choices) } };
  }
  return { runs: most, violation: undefined };
}

const trimmed = (choices: readonly number[]): readonly number[] =>
  choices.slice(0, choices.findLastIndex((each) => each !== 0) + 1);
