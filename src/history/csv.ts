import type { DayCount, Spread } from './rules/day-count.ts';

type Cell = string | number | undefined;

const spreadOf = (name: string, of: (count: DayCount) => Spread | undefined): readonly Column[] => [
  [`${name}_count`, (count) => of(count)?.count],
  [`${name}_seconds`, (count) => of(count)?.seconds],
  [`${name}_longest_seconds`, (count) => of(count)?.longest],
];

type Column = readonly [name: string, cell: (count: DayCount) => Cell];

/** The columns, in their order. A new one comes last: programs may go by the place. */
const COLUMNS: readonly Column[] = [
  ['day', ({ day }) => day],
  ['of', ({ of }) => of],
  ['name', ({ name }) => name],
  ['id', ({ id }) => id],
  ['environment', ({ environment }) => environment],
  ['events', ({ events }) => events],
  ['info', ({ severities }) => severities.info],
  ['warning', ({ severities }) => severities.warning],
  ['error', ({ severities }) => severities.error],
  ['critical', ({ severities }) => severities.critical],
  ['scale_out', ({ scale }) => scale?.out],
  ['scale_in', ({ scale }) => scale?.in],
  ['scale_failed', ({ scale }) => scale?.failed],
  ['scale_held', ({ scale }) => scale?.held],
  ['capacity_minimum', ({ scale }) => scale?.minimum],
  ['capacity_maximum', ({ scale }) => scale?.maximum],
  ['capacity_last', ({ scale }) => scale?.steps.at(-1)?.to],
  ['deployments_succeeded', ({ deployments }) => deployments?.succeeded],
  ['deployments_failed', ({ deployments }) => deployments?.failed],
  ['deployments_cancelled', ({ deployments }) => deployments?.cancelled],
  ...spreadOf('lead', ({ deployments }) => deployments?.lead),
  ...spreadOf('restore', ({ deployments }) => deployments?.restore),
  ['alerts_fired', ({ alerts }) => alerts?.fired],
  ['alerts_resolved', ({ alerts }) => alerts?.resolved],
  ['alerts_acknowledged', ({ alerts }) => alerts?.acknowledged],
  ['alerts_flaps', ({ alerts }) => alerts?.flaps],
  ...spreadOf('acknowledge', ({ alerts }) => alerts?.acknowledge),
  ...spreadOf('resolve', ({ alerts }) => alerts?.resolve),
  ['drift_minutes', ({ drift }) => drift?.minutes],
  ['messages_sent', ({ messages }) => messages?.sent],
  ['messages_bundled', ({ messages }) => messages?.bundled],
  ['messages_held', ({ messages }) => messages?.held],
  ['messages_silenced', ({ messages }) => messages?.silenced],
  ['messages_dead', ({ messages }) => messages?.dead],
  ['messages_overtaken', ({ messages }) => messages?.overtaken],
];

// What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection
const FORMULA = /^[=+\-@\t\r]/;

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : `${cell}`;
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180: a line of names, then one for each count; empty where nothing was counted. */
export const csvOf = (counts: readonly DayCount[]): string =>
  [COLUMNS.map(([name]) => name), ...counts.map((count) => COLUMNS.map(([, cell]) => written(cell(count))))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
