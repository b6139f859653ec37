import { describe, expect, it } from 'vitest';
import { cli, json } from './support/cli.ts';

const BODY = {
  kind: 'custom',
  title: 'Backup finished',
  occurredAt: '2026-11-20T14:05:09Z',
  properties: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`label ${index}`, 'v'])),
  environment: 'prod',
  resource: { name: 'shop-db', group: 'rg-shop' },
  text: Array.from({ length: 12 }, (_, index) => `line ${index}`).join('\n'),
};

const preview = (body: object, ...more: string[]) => cli(['preview', '-', ...more], { stdin: JSON.stringify(body) });

describe('a message as preview prints it', () => {
  it('is cut as the chats cut it, and says what is left out', async () => {
    const { stdout } = await preview(BODY);

    expect(stdout.match(/label \d/g)).toHaveLength(5);
    expect(stdout).toMatch(/^ {2}… and 5 more$/m);
    expect(stdout.match(/line \d+/g)).toHaveLength(7);
    expect(stdout).toMatch(/^ {4}> …$/m);
  });

  it.each([
    ['long ago', '2026-11-20T14:05:09Z', true],
    ['just now', new Date().toISOString(), false],
  ])('says that it would be late for what happened %s', async (_when, occurredAt, late) => {
    const [text, document] = await Promise.all([
      preview({ ...BODY, occurredAt }),
      preview({ ...BODY, occurredAt }, '--json'),
    ]);

    expect(text.stdout.includes('Late, ')).toBe(late);
    expect(JSON.stringify(json(document.stdout)).includes('Late, ')).toBe(late);
  });
});
