import { spawn } from 'node:child_process';
import * as jmespath from 'jmespath';
import { actionGroup, type Monitor, type Resource } from '../../../../dev/fake-azure/monitor.ts';

/** What pasting lines has come to. */
export interface Pasted {
  readonly status: number | null;
  readonly output: string;
  /** The words of each call of az, as the shell made them. */
  readonly calls: readonly (readonly string[])[];
}

/**
 * Pastes lines into a real shell, in which `az` changes what is kept here as the Azure command line would. It gives its words
 * through one pipe and gets a status and what to print through another: starting a program for each would cost most of the test.
 */
export async function pasted(lines: readonly string[], monitor: Monitor, code = 'c0de=='): Promise<Pasted> {
  const calls: (readonly string[])[] = [];
  const child = spawn('bash', ['-c', `${AZ}\nset -e\n${lines.join('\n')}`], {
    env: { PATH: process.env['PATH'] ?? '', RELAY_CODE: code },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const [, stdout, stderr, asked, answers] = child.stdio;
  let output = '';
  for (const stream of [stdout, stderr]) stream?.on('data', (part: Buffer) => (output += part));
  let waiting = '';
  asked?.on('data', (part: Buffer) => {
    waiting += part;
    const [count = '', ...words] = waiting.split('\0');
    if (count === '' || words.length <= Number(count)) return;
    waiting = '';
    calls.push(words.slice(0, Number(count)));
    if (answers && 'write' in answers) answers.write(`${answered(calls.at(-1) ?? [], monitor)}\0`);
  });
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, output, calls };
}

const AZ =
  'az() { printf "%s\\0" "$#" "$@" >&3; local status answer; IFS= read -rd "" status <&4; IFS= read -rd "" answer <&4; printf "%s" "$answer"; return "$status"; }';

function answered(words: readonly string[], monitor: Monitor): string {
  try {
    return `0\0${az(words, monitor)}`;
  } catch (error) {
    return `1\0${error}`;
  }
}

/** One call of az; what it prints. Throws on any that no line may hold. */
function az(words: readonly string[], monitor: Monitor): string {
  const first = words.findIndex((word) => word.startsWith('-'));
  const options = optionsOf(words.slice(first));
  const one = (name: string): string => options.find(([key]) => key === name)?.[1][0] ?? '';
  switch (words.slice(0, first).join(' ')) {
    case 'resource show':
      return JSON.stringify(jmespath.search(known(monitor, one('--ids')), one('--query')));
    case 'resource update':
      monitor.put(changed(known(monitor, one('--ids')), options));
      return '';
    case 'monitor action-group create': {
      const [, [, name = '', uri = '', schema] = []] = options.find(([key]) => key === '--action') ?? [];
      const receiver = { name, serviceUri: uri, useCommonAlertSchema: schema === 'usecommonalertschema' };
      monitor.put(actionGroup(one('--subscription'), one('-g'), one('-n'), { webhookReceivers: [receiver] }));
      return '';
    }
    case 'monitor action-group delete':
      monitor.delete(actionGroup(one('--subscription'), one('-g'), one('-n'), {}).id);
      return '';
    case 'functionapp function keys list':
      return 'c0de==';
    default:
      throw new Error(`no such command: ${words.join(' ')}`);
  }
}

type Option = readonly [name: string, values: readonly string[]];

function optionsOf(words: readonly string[]): readonly Option[] {
  const options: [string, string[]][] = [];
  for (const word of words) {
    const [, name, value] = /^(--?[a-z]+(?:-[a-z]+)*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) options.at(-1)?.[1].push(word);
    else options.push([name, value === undefined ? [] : [value]]);
  }
  return options;
}

function known(monitor: Monitor, id: string): Resource {
  const found = monitor.resources.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

type Node = Record<string | number, unknown>;

/**
 * The generic update of azure.cli.core.commands.arm: paths with indices, `--set` of JSON or text, `--add` of texts, or of words
 * `key=value`, which make an object of texts. What is not there cannot be gone into.
 */
function changed(resource: Resource, options: readonly Option[]): Resource {
  const copy = structuredClone(resource) as Node;
  const at = (keys: readonly (string | number)[]): Node =>
    keys.reduce<Node>((node, key) => {
      const next = node[typeof key === 'number' && key < 0 ? (node as unknown as unknown[]).length + key : key];
      if (next === undefined) throw new Error(`couldn't find ${key}`);
      return next as Node;
    }, copy);
  for (const [name, [path = '', ...values]] of options) {
    if (name === '--set') {
      const [, dotted = '', text = ''] = /^([^=]*?)=(.*)$/s.exec(path) ?? [];
      const keys = keysOf(dotted);
      at(keys.slice(0, -1))[keys.at(-1) ?? ''] = parsed(text);
    }
    if (name === '--add') {
      const [value = ''] = values;
      const [, key, text] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
      (at(keysOf(path)) as unknown as unknown[]).push(key === undefined ? parsed(value) : { [key]: text });
    }
  }
  return copy as unknown as Resource;
}

const keysOf = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/\[(-?\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? '') : Number(index),
  );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
