import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter } from 'vitest/node';
import * as z from 'zod';

const place = z.looseObject({ start: z.looseObject({ line: z.number().optional(), column: z.number().optional() }) });

// What istanbul says of a file: for each branch its ways, and how often each was gone.
const files = z.record(
  z.string(),
  z.looseObject({
    branchMap: z.record(z.string(), z.looseObject({ type: z.string(), loc: place, locations: z.array(place) })),
    b: z.record(z.string(), z.array(z.number())),
  }),
);

/** Says with `--coverage` which ways of which branches no test took: file, line and column, and what is written there. */
export class Untaken implements Reporter {
  onCoverage(coverage: unknown): void {
    const untaken = Object.entries(files.parse(JSON.parse(JSON.stringify(coverage)))).flatMap(
      ([file, { branchMap, b }]) =>
        Object.entries(branchMap).flatMap(([id, { type, loc, locations }]) =>
          (b[id] ?? []).flatMap((count, way) => {
            if (count > 0) return [];
            const own = locations[way]?.start;
            const { line = 0, column = 0 } = own?.line === undefined ? loc.start : own;
            return [{ file, line, column, type }];
          }),
        ),
    );
    for (const { file, line, column, type } of untaken) {
      const written = readFileSync(file, 'utf8').split('\n')[line - 1]?.trim();
      console.log(`${relative('', file)}:${line}:${column + 1} ${type} is never taken: ${written}`);
    }
    console.log(`${untaken.length} untaken branches`);
  }
}
