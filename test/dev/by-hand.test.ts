import { spawn } from 'node:child_process';
import { describe, it } from 'vitest';

interface Ended {
  readonly output: string;
  readonly code: number | null;
}

/** Runs a script as somebody at a terminal does, until it ends or has said `enough`. */
function run(script: string, args: readonly string[], enough?: RegExp): Promise<Ended> {
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (enough?.test(output)) child.kill('SIGTERM');
    });
  }
  return new Promise((done) => child.on('close', (code) => done({ output, code })));
}

describe.concurrent('a script that is started by hand', () => {
  it.for(['fake-azure', 'gallery'])('explains itself (%s)', async (script, { expect }) => {
    const { output, code } = await run(script, ['--help']);

    expect(output).toContain(`npm run ${script} -- [options]`);
    expect(code).toBe(0);
  });

  it.for(['fake-azure', 'gallery'])('says in one line what it does not know (%s)', async (script, { expect }) => {
    const { output, code } = await run(script, ['--wrong']);

    expect(output).toMatch(/^.*--wrong.*\(--help says more\)$/m);
    expect(output).not.toMatch(/^ +at /m);
    expect(code).toBe(2);
  });

  it.for([
    ['1', '1', '1 scale set in 1 subscription'],
    ['4', '2', '4 scale sets in 2 subscriptions'],
  ] as const)('counts what it made (%s sets, %s subscriptions)', async ([sets, subscriptions, said], { expect }) => {
    const args = ['--port', '0', '--sets', sets, '--subscriptions', subscriptions];

    const { output } = await run('fake-azure', args, /^run /m);

    expect(output).toMatch(new RegExp(`^ready .*\\(${said}\\)$`, 'm'));
  });
});
