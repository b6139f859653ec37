import { isObject } from '../../event/json.ts';
import { PayloadError } from '../../problems/errors.ts';
import { membersOf } from '../fields.ts';
import { mapped } from './mapped.ts';

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;
const MOST = 400;
const TRIED = 5;

/**
 * Where the fields of an event may be, by the names that senders give them. There is no `id`: what is called so names a monitor or a page as
 * often as the occurrence, and all events of that but the first would be lost as told.
 */
const LIKELY: readonly { readonly field: string; readonly names: RegExp }[] = [
  { field: 'title', names: /(^|[._])(title|summary|subject|message|msg|name|text|description)$/i },
  { field: 'severity', names: /(^|[._])(severity|priority|urgency|level)$/i },
  { field: 'resource', names: /(^|[._])(resource|service|host|hostname|component|application|app)$/i },
  { field: 'story', names: /(^|[._])(incident|alert|issue|problem)[._]?(id|key|number)$/i },
  { field: 'occurredAt', names: /(^|[._])(timestamp|time|date|(occurred|created|updated)_?at)$/i },
];

const TITLE = "'…'";

/**
 * A mapping to begin with for a body that nothing reads, of its own keys and of none of its values. It reads the body; undefined where none would.
 */
export function beginning(payload: unknown): string | undefined {
  const [first] = membersOf(payload);
  const paths = pathsOf(first);
  const map: Record<string, string> = { title: TITLE };
  for (const { field, names } of LIKELY) {
    const likely = paths.filter((path) => names.test(path)).slice(0, TRIED);
    const path = likely.find((each) => isRead(first, { ...map, [field]: each }));
    if (path !== undefined) map[field] = path;
  }
  if (paths.length === 0 || !isRead(payload, map)) return undefined;
  const like = paths.slice(0, 2).map((path) => `"${path}": "*"`);
  const fields = Object.entries(map).map(([field, path]) => `${field}: ${path === TITLE ? `"${path}"` : path}`);
  return `or read it by a mapping (docs/senders/mapping.md), to begin with: sources: { my-sender: { like: { ${like.join(', ')} }, map: { ${fields.join(', ')} } } }`;
}

function isRead(payload: unknown, map: Readonly<Record<string, string>>): boolean {
  const context = { headers: new Headers(), receivedAt: new Date().toISOString(), includes: () => false };
  try {
    mapped('my-sender', { map }).read(payload, context);
    return true;
  } catch (error) {
    if (error instanceof PayloadError) return false;
    throw error;
  }
}

/** The paths to plain values under plain keys, two levels down, the upper ones first. */
function pathsOf(body: unknown): readonly string[] {
  if (!isObject(body)) return [];
  const entries = Object.entries(body)
    .slice(0, MOST)
    .filter(([key]) => PLAIN.test(key));
  const inner = entries.flatMap(([key, value]) =>
    isObject(value)
      ? Object.entries(value)
          .slice(0, 20)
          .flatMap(([each, leaf]) => (PLAIN.test(each) && typeof leaf !== 'object' ? [`${key}.${each}`] : []))
      : [],
  );
  return [...entries.flatMap(([key, value]) => (typeof value === 'object' ? [] : [key])), ...inner];
}
