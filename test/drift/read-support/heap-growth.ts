import { getHeapSpaceStatistics } from 'node:v8';
import { inSmallHeap } from '../../../src/drift/in-small-heap.ts';

// How V8's young generation grows under the same work, within and without. One line of JSON, in bytes.

const young = (): number =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;

/** Half of what it makes outlives a collection, which is what makes V8 grow the young generation. */
async function work(): Promise<number> {
  const alive: object[][] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    alive[turn % 20] = Array.from({ length: 20_000 }, (_, at) => ({ at }));
    await undefined;
  }
  return young();
}

const before = young();
const [within] = await Promise.all([inSmallHeap(work), inSmallHeap(async () => undefined)]);
console.log(JSON.stringify({ before, within, without: await work() }));
