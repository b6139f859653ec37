import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { event } from '../src/event/event.ts';

/** The event as a JSON Schema, for people who post their own or read ours; a test checks that docs/ has this very text. */
export function eventSchema(): string {
  const schema = z.toJSONSchema(event, { target: 'draft-2020-12', io: 'input' });
  const described = { title: 'autoscale-relay event', description: 'One fact, whoever sent it.', ...schema };
  return `${JSON.stringify(described, null, 2)}\n`;
}

if (import.meta.main) await writeFile('docs/event.schema.json', eventSchema());
