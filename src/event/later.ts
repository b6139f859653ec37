import * as z from 'zod';
import { type EventOf, event, eventKinds } from './event.ts';
import { common } from './fields.ts';
import { line } from './text.ts';

const kinds: readonly string[] = eventKinds;

/** Of an event whose kind only a later release knows, what every kind has, as an event that this release can tell. */
const later = z
  .object({ kind: line(40).min(1), ...common })
  .refine(({ kind }) => !kinds.includes(kind), 'expected a kind that is not known here')
  .transform(
    ({ kind, ...known }): EventOf<'custom'> => ({
      ...known,
      kind: 'custom',
      title: `${known.resource.name} · ${kind}`,
    }),
  );

/** An event from the queue, which another release may have written: before a roll-back, or while one replaces another. */
export const anyRelease = z.union([event, later]);
