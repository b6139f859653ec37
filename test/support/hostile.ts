import { event as eventSchema, type RelayEvent } from '../../src/event/event.ts';

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
const MACHINES = { named: [{ name: 'vm-7', zone: '1' }], count: 1, failed: 1, codes: ['x'] };
const SCALE = { setting: 's', reason: 'r', errorCode: 'c', machines: MACHINES };
const CUSTOM = { text: 't' };

export const complete = (event: RelayEvent): RelayEvent => ({
  ...OPTIONAL,
  ...(event.kind === 'scale' ? SCALE : event.kind === 'custom' ? CUSTOM : {}),
  ...event,
  // With the words about flapping, a line has less room than the longest of the hostile texts.
  ...(event.kind === 'digest' && { stories: event.stories.map((story) => ({ ...story, flapping: false })) }),
  links: [
    { rel: 'resource', url: 'https://portal.azure.com/#resource/x' },
    { rel: 'runbook', url: 'https://wiki.example.com/x' },
    { rel: 'other', url: 'https://example.com/x' },
  ],
});

export type Path = readonly (string | number)[];

// `id` is shown as a hash of itself, and `source` is a name of ours.
const NOT_FREE = ['id', 'source'];

const MARKER = 'zxzxz';

/** The paths of all free text in an event: where the schema takes any. A property is named twice, for key and value. */
export const textPaths = (event: RelayEvent): Path[] =>
  stringPaths(event).filter(
    (path) => !NOT_FREE.includes(path.join('.')) && eventSchema.safeParse(plant(event, path, MARKER)).success,
  );

function stringPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const paths = stringPaths(inner, [...path, key]);
    return path[0] === 'properties' || path[0] === 'dimensions' ? [...paths, [...path, key, KEY]] : paths;
  });
}

/** What an event has at a path of its free text. */
export const textAt = (event: RelayEvent, path: Path): string =>
  path.at(-1) === KEY ? `${path.at(-2)}` : String(at(event, path));

/** What the schema made of a text that was planted at a path: cleaned, and cut to what the field holds. */
export function plantedText(before: RelayEvent, after: RelayEvent, path: Path): string {
  if (path.at(-1) !== KEY) return textAt(after, path);
  const [known, found] = [before, after].map((event) => Object.keys(at(event, path.slice(0, -2)) as object));
  return found?.find((key) => !known?.includes(key)) ?? '';
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((so, key) => (so as Readonly<Record<string | number, unknown>>)[key], value);

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
  const planted = textPaths(event as RelayEvent).reduce<unknown>((so, path) => plant(so, path, text), event);
  const keys = Object.keys(properties).map((_key, index) => [index + text, text]);
  return { ...(planted as object), properties: Object.fromEntries(keys) };
}
