import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Where tests wait for processes, for clocks and for answers that do not come. */
const WAITING = /\/test\/(?:integration|telemetry|outbound|pages|browser|[\w-]+\.test\.ts$)/;

const rank = ({ moduleId }: TestSpecification): number => (WAITING.test(moduleId) ? 0 : 1);

/** Begins with the files that wait, so that those that compute run beside them and none is left over at the end. */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
