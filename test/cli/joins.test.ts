import { describe, expect, it } from 'vitest';
import { shownId } from '../../src/event/identity.ts';
import { examples } from '../support/examples.ts';
import { cli, folderWith, json } from './support/cli.ts';
import { fakeRelay } from './support/fake-relay.ts';

const RECEIVERS = 'receivers:\n  ops-slack: { type: slack, url: "http://127.0.0.1:7071/inbox/slack" }\n';
const JOINS = 'threads: { join: [scale, deployment], within: 90m }\n';
const SAID = 'joins the conversation of shop-web, within 90 min of its last step';

const BODY = JSON.stringify({
  ...{ kind: 'scale', direction: 'out', from: 3, to: 6, phase: 'started', resource: { name: 'Shop-Web' } },
});

/** A command with that configuration and that body. */
async function run(config: string, ...args: string[]) {
  await using folder = await folderWith({ 'relay.yaml': config });
  const ended = await cli(args, { cwd: folder.path, stdin: BODY });
  return ended;
}

describe('which conversation an event joins', () => {
  it.each([
    ['preview', '-'],
    ['lint', '--event', '-'],
  ])('is said by %s', async (...args) => {
    expect((await run(RECEIVERS + JOINS, ...args)).stdout).toContain(SAID);
    expect((await run(RECEIVERS, ...args)).stdout).not.toContain('conversation');
  });

  it('is in their documents', async () => {
    const joins = { conversation: expect.stringMatching(/^[0-9a-f]{32}$/), of: 'shop-web', within: 5_400 };
    const preview = json((await run(RECEIVERS + JOINS, 'preview', '-', '--json')).stdout);
    const verdicts = json((await run(RECEIVERS + JOINS, 'lint', '--event', '-', '--json')).stdout);
    expect(preview).toMatchObject({ joins: [joins] });
    expect(verdicts).toMatchObject({ events: [{ joins }] });
  });

  it('is said by show, as the relay answers', async () => {
    const event = examples.scale;
    const joins = { of: 'shop-web', within: 5_400 };
    const events = [{ short: shownId(event), event, joins, deliveries: [], without: [] }];
    await using relay = await fakeRelay({ 'GET /api/show': { json: { events } } });
    expect((await cli(['show', shownId(event), '--url', relay.url])).stdout).toContain(`\n  ${SAID}\n`);
  });
});

describe('lint', () => {
  it('sums up what is one conversation, and warns where no receiver has threads', async () => {
    const { stdout } = await run(RECEIVERS + JOINS, 'lint');
    expect(stdout).toContain('one conversation of scale, deployment with the same resource, within 90 min');
    expect(stdout).toContain('`threads` joins nothing: no receiver is a chat app');
  });

  it('refuses a kind that cannot join', async () => {
    const { status, stderr, stdout } = await run(`${RECEIVERS}threads: { join: [alert] }\n`, 'lint');
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('threads.join');
  });
});
