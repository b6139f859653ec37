import { queries } from './kusto/queries.ts';
import { diagnose } from './kusto/service.ts';
import type { Part } from './part.ts';

// What must be found wrong, or nothing is looked at.
const WRONG = ['traces | where messag has "x"', 'traces | summarize first = min(timestamp) | order by first'];

export const kustoPart: Part = {
  name: 'Kusto language service',
  version: '12.4.1',
  from: 'npm',
  checks: 'every query of infra, workbook, alert rules and docs',
  run: async () => {
    const problemsOf = await diagnose();
    const all = await queries();
    const problems = all.flatMap(({ where, text }) => problemsOf(text).map((problem) => `${where}: ${problem}`));
    if (problems.length > 0) throw new Error([...new Set(problems)].join('\n'));
    const passed = WRONG.filter((query) => problemsOf(query).length === 0);
    if (passed.length > 0 || all.length < 10)
      throw new Error(`it does not look: ${passed.join('; ')}, ${all.length} queries`);
    return `${all.length} queries`;
  },
};
