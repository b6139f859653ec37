import { readFileSync } from 'node:fs';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Where tests wait for processes, for clocks and for answers that do not come. */
const WAITING = /\/test\/(?:integration|telemetry|outbound|cli)\//;

/** What starts a process of its own, which takes long however short the file is. */
const STARTS = /from '(?:node:child_process|.*\/(?:local-run|shell|cli)\.ts)'/;

// Those that start processes have begun before the last part of the others: none is left alone at the end.
const EARLY = 0.6;

/** Spreads the files that wait evenly among those that compute, so that the processors have work from begin to end. */
export class WaitingBeside extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const starts = ({ moduleId }: TestSpecification) => STARTS.test(readFileSync(moduleId, 'utf8'));
    const groups = Object.entries(
      Object.groupBy(sorted, (file) => (starts(file) ? 'starts' : WAITING.test(file.moduleId) ? 'waits' : 'computes')),
    );
    const places = groups.flatMap(([name, group]) =>
      group.map((file, index) => ({ file, place: (index / group.length) * (name === 'starts' ? EARLY : 1) })),
    );
    // Files of one project stay together: another project needs another worker.
    return places
      .toSorted((one, other) => byProject(one.file, other.file) || one.place - other.place)
      .map(({ file }) => file);
  }
}

const byProject = (one: TestSpecification, other: TestSpecification): number =>
  one.project.name.localeCompare(other.project.name);
