import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folderWith } from './support/cli.ts';

const ENTRY = fileURLToPath(new URL('../../src/cli/relay.ts', import.meta.url));

// More than a pipe holds, so that writing goes on after the reader has gone.
const ROUTES = Array.from({ length: 3_000 }, (_, at) => `  - { match: { environment: prod-${at} }, to: [ops] }`);
const FILE = ['receivers:', '  ops: { type: slack, url: "http://127.0.0.1:9/" }', 'routes:', ...ROUTES].join('\n');

it('ends quietly when nobody reads on', async () => {
  await using folder = await folderWith({ 'relay.yaml': FILE });
  const command = `"${process.execPath}" "${ENTRY}" lint | head -1; echo "status \${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['-c', command], { cwd: folder.path });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  await new Promise((done) => child.on('close', done));

  expect(output).toBe('good  relay.yaml\nstatus 0\n');
});
