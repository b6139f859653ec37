import { describe, expect, it } from 'vitest';
import { cli, json } from './support/cli.ts';

const COMMANDS = [
  'lint',
  'preview',
  'send',
  'deliveries',
  'dead-letters',
  'replay',
  'silence',
  'silence add',
  'silence list',
  'silence end',
  'drift',
  'fleet',
  'health',
  'connect',
];

describe('the help', () => {
  it('lists every command', async () => {
    const { status, stdout } = await cli(['--help']);

    expect(status).toBe(0);
    for (const name of COMMANDS.filter((each) => !each.includes(' '))) {
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
  });

  it.each(COMMANDS)('of %s has examples of it', async (name) => {
    const { status, stdout, stderr } = await cli([...name.split(' '), '--help']);

    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: npm run relay -- ${name}\\b`));
    expect(stdout).toMatch(new RegExp(`Examples:\n  npm run relay -- ${name}\\b`));
    expect(stdout).toContain('--json');
  });

  it('is an error where a command is missing, and goes to standard error', async () => {
    const { status, stdout, stderr } = await cli([]);

    expect({ status, stdout }).toStrictEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Commands:');
  });

  it('tells the version', async () => {
    expect(await cli(['--version'])).toStrictEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });
});

describe('wrong usage', () => {
  it.each([
    [['lnt'], "unknown command 'lnt'", 'Did you mean lint?'],
    [['deliveries', '--sinse', '1h'], "unknown option '--sinse'", 'Did you mean --since?'],
    [['deliveries', '--since', 'yesterday'], /--since <time>.*Expected 90s, 30m, 1h or 7d/, /./],
    [['deliveries', '--state', 'lost'], /--state <state>.*Allowed choices are.*failed/, /./],
    [['deliveries', '--most', '0'], /--most <number>.*from 1 to 1000/, /./],
    [['deliveries', '--most', '5000'], /--most <number>.*from 1 to 1000/, 'npm run relay -- deliveries --help'],
    [['send', '--xyz'], "unknown option '--xyz'", 'npm run relay -- send --help'],
    [['silence', 'list', '--xyz'], "unknown option '--xyz'", 'npm run relay -- silence list --help'],
    [['preview'], "missing required argument 'file'", /--help/],
    [['silence', 'add', '--for', '10m'], "required option '--match <field=pattern>' not specified", /--help/],
    [['silence', 'add', '--match', 'shop-web', '--for', '10m'], /resource=shop-web/, /./],
    [['silence', 'add', '--match', 'kind=scale', '--for', '0m'], /--for <time>/, /./],
    [['health', '--url', 'relay.example.net'], /--url is not .*; write https:\/\/relay\.example\.net/, undefined],
    [['health', '--url', '127.0.0.1:7071'], /--url is not .*; write http:\/\/127\.0\.0\.1:7071/, undefined],
    [['health', '--url', 'relay.example.net?code=a'], /--url is not an http: or https: URL\./, undefined],
  ])('%j is told with status 2', async (args, message, next) => {
    const [text, machine] = await Promise.all([cli(args), cli([...args, '--json'])]);

    expect({ status: text.status, stdout: text.stdout }).toStrictEqual({ status: 2, stdout: '' });
    expect(text.stderr).toMatch(message);
    expect(machine).toMatchObject({ status: 2, stdout: '' });
    expect(json(machine.stderr)).toMatchObject({
      error: { status: 2, message: expect.stringMatching(message), ...(next && { next: expect.stringMatching(next) }) },
    });
  });
});
