import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Stack } from '../support/stack.ts';
import { localRun } from './clients/run.ts';
import { builtProgram } from './dotnet.ts';
import type { Part } from './part.ts';

const PROJECT = fileURLToPath(new URL('dotnet-clients/dotnet-clients.csproj', import.meta.url));

export const dotnetClientsPart: Part = {
  name: 'Clients of .NET',
  version: '2026-11',
  from: '.NET',
  checks: 'CloudEvents, Event Grid and Standard Webhooks: both ways',
  run: async () => {
    const program = await builtProgram('dotnet-clients', PROJECT);
    const stack = new Stack();
    try {
      const { url, secret, told } = await localRun(stack);
      const answers = lines(await output(program, ['send', `${url}/`, secret])) as Answer[];
      deepStrictEqual(new Set(answers.map(({ status }) => status)), new Set([202]), JSON.stringify(answers));
      const ids = Map.groupBy(answers, ({ text }) => (JSON.parse(text) as Accepted).accepted[0]?.id ?? 'none');
      equal(ids.size, 2, `one event of four forms, and one that is sent again: ${JSON.stringify(answers)}`);
      for (const id of ids.keys()) {
        const [read] = lines(await output(program, ['read', secret], JSON.stringify(await told(id)))) as string[][];
        deepStrictEqual(read, [id, id]);
      }
      ok(answers.length > 4);
      return 'CloudNative.CloudEvents 2.9.0, Azure.Messaging.EventGrid 4.17.0, StandardWebhooks 1.1.2';
    } finally {
      await stack.disposeAsync();
    }
  },
};

interface Answer {
  readonly name: string;
  readonly status: number;
  readonly text: string;
}

interface Accepted {
  readonly accepted: readonly { readonly id: string }[];
}

const lines = (output: string): unknown[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** What the program prints. Rejects with what it said where it failed. */
async function output(program: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn('dotnet', [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if ((await ended) !== 0) throw new Error(`${args[0]}: ${said.trim().slice(0, 2_000)}`);
  return out;
}
