import { describe, expect, it } from 'vitest';
import { listen } from '../support/server.ts';
import { cliProcess, folderWith, json } from './support/cli.ts';

// What npm 10.9 and 11.19 make of an option before `--`.
const run = { npm_lifecycle_event: 'relay' };

describe('an option that npm kept for itself', () => {
  it.each([
    [['lint'], { npm_config_deployed: 'true' }, '--deployed', 'lint --deployed'],
    [['send'], { npm_config_to: 'ops-slack' }, '--to', 'send --to ops-slack'],
    [['send'], { npm_config_token_description: 'ops-slack' }, '--to', 'send --to ops-slack'],
    [['send', 'ops-slack'], { npm_config_to: 'true' }, '--to', 'send --to <receiver>'],
    [['lint', 'a.json'], { npm_config_event: 'true' }, '--event', 'lint --event <file>'],
    [
      ['deliveries', '1h', 'ops'],
      { npm_config_since: 'true', npm_config_receiver: 'true' },
      '--since, --receiver',
      'deliveries --since <time> --receiver <name>',
    ],
    [
      ['silence', 'add', 'kind=scale'],
      { npm_config_match: 'true', npm_config_for: '10m' },
      '--match, --for',
      'silence add --match <field=pattern> --for 10m',
    ],
  ])('makes %j wrong usage (%j)', async (args, kept, names, next) => {
    const env = { ...run, ...kept };
    const [text, machine] = await Promise.all([cliProcess(args, { env }), cliProcess([...args, '--json'], { env })]);

    expect(text).toStrictEqual({
      status: 2,
      stdout: '',
      stderr: `error  npm kept ${names} for itself: write npm run relay -- ${next}\n`,
    });
    expect(json(machine.stderr)).toMatchObject({ error: { status: 2 } });
  });

  it('sends nothing to those who were not named', async () => {
    await using slack = await listen({ status: 200, body: 'ok' });
    const file = `receivers: { a: { type: slack, url: "${slack.url}" }, b: { type: slack, url: "${slack.url}" } }\n`;
    await using folder = await folderWith({ 'relay.yaml': file });

    expect(await cliProcess(['send'], { cwd: folder.path, env: { ...run, npm_config_to: 'a' } })).toMatchObject({
      status: 2,
    });
    expect(slack.received).toStrictEqual([]);
  });
});

describe('a setting of npm', () => {
  it.each([
    ['is its own where npm has it', ['lint'], { ...run, npm_config_json: 'true', npm_config_force: 'true' }],
    ['is not of this command', ['lint'], { ...run, npm_config_to: 'a' }],
    ['that is not set is none', ['lint'], { ...run, npm_config_deployed: '' }],
    ['is of the script that runs this one', ['lint'], { npm_lifecycle_event: 'test', npm_config_deployed: 'true' }],
  ])('%s', async (_what, args, env) => {
    expect(await cliProcess(args, { env })).toMatchObject({ status: 0 });
  });
});
