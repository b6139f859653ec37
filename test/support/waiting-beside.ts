import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Where tests wait for processes, for clocks and for answers that do not come. */
const WAITING = /\/test\/(?:integration|telemetry|outbound|cli)\//;

/** Spreads the files that wait evenly among those that compute, so that the processors have work from begin to end. */
export class WaitingBeside extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification) => WAITING.test(moduleId);
    const places = [sorted.filter(waits), sorted.filter((each) => !waits(each))].flatMap((group) =>
      group.map((file, index) => ({ file, place: index / group.length })),
    );
    // Files of one project stay together: another project needs another worker.
    return places
      .toSorted((one, other) => byProject(one.file, other.file) || one.place - other.place)
      .map(({ file }) => file);
  }
}

const byProject = (one: TestSpecification, other: TestSpecification): number =>
  one.project.name.localeCompare(other.project.name);
