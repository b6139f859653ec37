import { styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableLines } from '../../src/cli/table.ts';

describe('a table', () => {
  it('has columns two blanks apart, and no blanks at the end of a line', () => {
    expect(
      tableLines(
        [
          ['A', 'LONG', 'C'],
          ['one', 'x', ''],
        ],
        [],
        undefined,
      ),
    ).toStrictEqual(['A    LONG  C', 'one  x']);
  });

  it('counts what is wide as two columns, and colours as none', () => {
    const red = styleText('red', 'red', { validateStream: false });

    const lines = tableLines(
      [
        ['한국', '|'],
        ['🔴 ok', '|'],
        [red, '|'],
        ['é\u0301', '|'],
      ],
      [],
      undefined,
    );

    expect(lines).toStrictEqual(['한국   |', '🔴 ok  |', `${red}    |`, 'é\u0301      |']);
  });

  it('cuts flexible columns where the terminal is too narrow, and marks the cut', () => {
    const rows = [['2026-11-20', 'scale out of a very long name', 'no_service and more']];

    expect(tableLines(rows, [1, 2], 40)).toStrictEqual(['2026-11-20  scale out of…  no_service a…']);
    expect(tableLines(rows, [1, 2], 40)[0]?.length).toBeLessThanOrEqual(40);
  });

  it('fits whatever it holds, as long as the columns that stay whole leave room', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '한', '文', '🔴', '👩‍🔧', '…') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), fc.integer({ min: 18, max: 100 }), (rows, room) => {
        const [one] = tableLines(rows, [0, 1], room);
        // No width is asked for that a terminal does not have: two columns for each letter at most.
        return rows.length > 0 && [...(one ?? '').replace(/[^\x20-\x7e]/g, '')].length <= room;
      }),
    );
  });
});
