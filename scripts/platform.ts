import { parseArgs } from 'node:util';
import { PARTS } from '../test/platform/registry.ts';
import { isGood, type Result, row, runAll } from '../test/platform/table.ts';

// Puts the product to the real parts of the platform that are to be had without an account. Names choose some of them.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { strict: { type: 'boolean', default: false }, long: { type: 'boolean', default: false } },
});
const isMeant = ({ name }: { readonly name: string }) =>
  positionals.some((each) => name.toLowerCase().includes(each.toLowerCase()));
const parts = positionals.length === 0 ? PARTS : PARTS.filter(isMeant);
if (parts.length === 0) throw new Error(`no part is called so; there are: ${PARTS.map(({ name }) => name).join(', ')}`);

const results: Result[] = [];
for await (const result of runAll(parts, { isLong: values.long })) {
  results.push(result);
  console.log(row(result));
}
for (const { part, outcome, text } of results) {
  if (outcome === 'failed') console.error(`\n── ${part.name} ${part.version}\n${text}`);
}
const count = (outcome: Result['outcome']) => results.filter((each) => each.outcome === outcome).length;
console.log(`\n${count('checked')} checked, ${count('missing')} not checked, ${count('failed')} failed`);
if (!isGood(results, values.strict)) process.exitCode = 1;
