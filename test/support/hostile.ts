import type { RelayEvent } from '../../src/event/event.ts';

/** Text that means something to Slack, to Teams or to a terminal. Each is short enough for every budget. */
export const HOSTILE: readonly string[] = [
  '<!channel> <!here> <@U1> <#C1|x>',
  '<https://e.vil|bank> &lt;b&gt; &amp;',
  '*b* _i_ ~s~ `c` ```d``` vm_app_01',
  '[x](https://e.vil) ![y](https://e.vil)',
  '<at>Bob</at> @here @channel :tada: x',
  '{{DATE(2026-01-01T00:00:00Z)}}',
  '{{TIME(2026-01-01T00:00:00Z)}}',
  '{{{DATE(2026-01-01T00:00:00Z,SHORT)}}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like a template.
  '<!date^1^{time}|x> ${x} #{x} %s %d',
  '# h\n> quote\n- item\r\n1. one\u2028x',
  '"q" \\ \\" \'a\' \\n \\u0041 </script>',
  '\u202eexe.gnp\u2066x\u0000\u001b[31m\ud800y',
];

/** Everything at once, far beyond every budget. */
export const FLOOD = `${HOSTILE.join(' ')} ${'한'.repeat(10_000)}`;

/** Every field that an event can have, so that text can be put into each. */
const OPTIONAL = { story: 's', environment: 'e', properties: { team: 'shop', cost: 'low' } };
const SCALE = { setting: 's', reason: 'r' };
const CUSTOM = { text: 't' };

export const complete = (event: RelayEvent): RelayEvent => ({
  ...OPTIONAL,
  ...(event.kind === 'scale' ? SCALE : event.kind === 'custom' ? CUSTOM : {}),
  ...event,
  links: [
    { rel: 'resource', url: 'https://portal.azure.com/#resource/x' },
    { rel: 'runbook', url: 'https://wiki.example.com/x' },
    { rel: 'other', url: 'https://example.com/x' },
  ],
});

// `id` is shown as a hash of itself, `source` is a name of ours, and the rest have a form that the schema checks.
const NOT_FREE = [
  'kind',
  'id',
  'source',
  'severity',
  'occurredAt',
  'direction',
  'phase',
  'url',
  'action',
  'state',
  'level',
  'operator',
  'firedAt',
  'expiresAt',
];

type Path = readonly (string | number)[];

/** The paths of all free text in an event; a property is named twice, for its key and for its value. */
export function textPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !NOT_FREE.includes(key))
    .flatMap(([key, inner]) => {
      const paths = textPaths(inner, [...path, key]);
      return path[0] === 'properties' || path[0] === 'dimensions' ? [...paths, [...path, key, KEY]] : paths;
    });
}

const KEY = '(key)';

/** A copy with the text at one path replaced. Not yet held to the schema. */
export function plant(value: unknown, [key, ...rest]: Path, text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value)) return value.map((each, index) => (`${index}` === key ? plant(each, rest, text) : each));
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      if (name !== key) return [name, inner];
      return rest[0] === KEY ? [text, inner] : [name, plant(inner, rest, text)];
    }),
  );
}

/** A copy with the same text in every place at once; keys stay apart by a digit. */
export function plantAll(value: RelayEvent, text: string): unknown {
  const { properties = {}, ...event } = value;
  const planted = textPaths(event).reduce<unknown>((so, path) => plant(so, path, text), event);
  const keys = Object.keys(properties).map((_key, index) => [index + text, text]);
  return { ...(planted as object), properties: Object.fromEntries(keys) };
}
