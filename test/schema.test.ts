import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { eventSchema, eventType } from '../scripts/schema.ts';

it('publishes the event schema as it is in the code (npm run schema writes it anew)', async () => {
  const published = await readFile(new URL('../docs/event.schema.json', import.meta.url), 'utf8');

  expect(published).toBe(eventSchema());
});

it('publishes the type of an event as it is in the code', async () => {
  const published = await readFile(new URL('../docs/event.d.ts', import.meta.url), 'utf8');

  expect(published).toBe(await eventType());
});
