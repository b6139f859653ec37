import { writeFile } from 'node:fs/promises';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import * as z from 'zod';
import { configFile } from '../src/config/schema.ts';
import { event } from '../src/event/event.ts';

/** The event as a JSON Schema, for people who post their own or read ours; a test checks that docs/ has this very text, and of the others. */
export const eventSchema = (): string => `${JSON.stringify(eventSchemaObject(), null, 2)}\n`;

const eventSchemaObject = () => ({
  title: 'autoscale-relay event',
  description: 'One fact, whoever sent it.',
  ...z.toJSONSchema(event, { target: 'draft-2020-12', io: 'input' }),
});

/** The same as a TypeScript type without imports, for subscribers to copy. */
export const eventType = (): Promise<string> =>
  compile({ ...eventSchemaObject(), title: 'RelayEvent' } as JSONSchema, 'RelayEvent', {
    bannerComment: '// Written by "npm run schema" from src/event/event.ts.',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { printWidth: 120, singleQuote: true },
  });

const VARIABLE = '\\$\\{\\w+\\}';

/** The configuration file as a JSON Schema, for editors. Draft 7 is the one that they know best. */
export function relaySchemaObject() {
  const schema = z.toJSONSchema(configFile, {
    target: 'draft-7',
    io: 'input',
    override({ jsonSchema, path }) {
      if (path.at(-1) === 'propertyNames') return;
      // Wherever a text of some form is expected, a variable can stand for it.
      if (jsonSchema.pattern !== undefined) jsonSchema.pattern = `^${VARIABLE}$|${jsonSchema.pattern}`;
      if (jsonSchema.format === 'uri') delete jsonSchema.format;
    },
  });
  return { title: 'autoscale-relay configuration', description: 'relay.yaml: docs/configuration.md', ...schema };
}

export const relaySchema = (): string => `${JSON.stringify(relaySchemaObject(), null, 2)}\n`;

if (import.meta.main) {
  await writeFile('docs/event.schema.json', eventSchema());
  await writeFile('docs/event.d.ts', await eventType());
  await writeFile('docs/relay.schema.json', relaySchema());
}
