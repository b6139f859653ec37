import * as z from 'zod';
import { event, eventKinds } from '../event/event.ts';
import { didYouMean } from '../problems/spelling.ts';
import { glob } from './glob.ts';
import { comparison, type Field, fields, ordered } from './match.ts';

/** The words that a key of the event's kinds can be. */
const wordsOf = (key: string): readonly string[] =>
  event.options.flatMap(({ shape }) => {
    const schema = (shape as Readonly<Record<string, unknown>>)[key];
    return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
  });

/** Fields that can only be one of some words. Others hold what senders call things. */
const vocabulary: Readonly<Partial<Record<Field, readonly string[]>>> = {
  ...ordered,
  kind: eventKinds,
  phase: [...new Set(wordsOf('phase'))],
  state: [...new Set(['state', 'action', 'verdict', 'topic'].flatMap(wordsOf))],
};

const DESCRIPTIONS: Readonly<Record<Field, string>> = {
  kind: 'What happened.',
  source: 'Who sent it: a sender, `drift` or `relay`.',
  phase: 'Of scaling and deployments: how far they are.',
  state: "Of alerts: fired or resolved; an artifact's action; drift's verdict, or resolved; a notice's topic.",
  severity: 'How bad it is; with `>=`, `>`, `<=` or `<` before it, from `info` up to `critical`.',
  level: "Azure Monitor's own, compared by its number: `<=Sev1` is Sev0, the worst, and Sev1.",
  environment: 'What the sender calls it, or a rule of `environments`: prod, staging.',
  resource: 'Its name.',
  id: 'Its ARM id: `/subscriptions/*/resourceGroups/shop-*/*`.',
  group: 'Its resource group; of Prometheus and Grafana, the cluster or else the namespace.',
  subscription: 'The id of its subscription.',
  region: 'Where it is.',
  type: 'Its ARM type: `Microsoft.Compute/virtualMachineScaleSets`.',
  subject: 'What it is about: an application or pipeline, the rule of an alert, the title of a custom event.',
  version: 'What is deployed or was made.',
  actor: 'Who did it.',
};

// A pattern's time is the product of its length and the text's.
const MOST_LETTERS = 300;

const each = z.string().min(1).max(MOST_LETTERS);

function patterns(words: readonly string[] | undefined, order: readonly string[] | undefined, examples = words) {
  const one = each.check(({ value, issues }) => {
    const wrong = words && misfit(value, words, order);
    if (wrong !== undefined) issues.push({ code: 'custom', message: wrong, input: value });
  });
  return z.union([examples === undefined ? one : one.meta({ examples: [...examples] }), z.array(one).min(1).max(100)]);
}

/** What is wrong with a pattern for a field that can only be one of some words. */
export function misfit(text: string, words: readonly string[], order?: readonly string[]): string | undefined {
  const plain = text.replace(/^!/, '');
  const word = (order && comparison(plain)?.word) ?? plain;
  if (words.some(glob(word))) return undefined;
  const signs = order === undefined ? '' : ' (after >=, >, <=, < or !, if you like)';
  return `expected ${words.join(', ')}${signs}${didYouMean(word, words)}`;
}

/** The schema of conditions. Without the names of the sources there are, any will do. */
export const conditionsOf = (sources?: readonly string[]) =>
  z
    .strictObject({
      ...(Object.fromEntries(
        fields.map((field) => {
          const examples = field === 'source' ? sources : vocabulary[field];
          return [
            field,
            patterns(vocabulary[field], ordered[field], examples).optional().describe(DESCRIPTIONS[field]),
          ];
        }),
      ) as Record<Field, z.ZodOptional<ReturnType<typeof patterns>>>),
      properties: z
        .record(z.string().min(1), patterns(undefined, undefined))
        .optional()
        .describe(
          'What the sender attached (custom properties, labels, dimensions, tags), by name: `properties: { team: payments }`.',
        ),
    })
    .describe('All must hold. Each is a value, a glob with `*` and `?`, either after `!`, or a list of them.');

/** The schema of conditions, whatever names it knows. */
export type Matching = ReturnType<typeof conditionsOf>;

export const conditions = conditionsOf();
