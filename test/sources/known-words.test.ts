import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../scripts/known-words.ts';
import { sources } from '../../src/sources/registry.ts';

// Autoscale's webhook tells beginnings alone, and custom events are held to our words.
const senders = sources.map(({ name }) => name).filter((name) => !['azure-autoscale', 'custom'].includes(name));

describe.each(senders)('the words of %s', (sender) => {
  const tables = wordsOf(sender);

  it('are listed, each table with the page that it is from', () => {
    expect(tables).not.toStrictEqual([]);
    expect(tables.filter(({ documented }) => !/^https:\/\/[\w-]+\./.test(documented))).toStrictEqual([]);
  });
});

it.each([
  ['github', ['timed_out', 'neutral', 'in_progress', 'rejected']],
  ['gitlab', ['waiting_for_callback', 'blocked', 'manual']],
  ['hcp-terraform', ['run:needs_attention', 'planned_and_finished', 'force_canceled']],
  ['azure-devops', ['partiallysucceeded', 'reassigned']],
  ['azure-monitor', ['rca', 'pendingapproval', 'lowerthan']],
  ['alertmanager', ['p0', 'sev4', 'all alerts resolved', 'inactive']],
  ['event-grid', ['degraded', 'scheduled', 'nocontent']],
])('of %s are all found', (sender, some) => {
  expect(wordsOf(sender).flatMap(({ words }) => words)).toEqual(expect.arrayContaining([...some]));
});
