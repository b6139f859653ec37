import * as z from 'zod';
import { DEEPEST, deeperThan } from '../event/depth.ts';
import { isObject, jsonIn } from '../event/json.ts';
import { isUnseen } from '../event/text.ts';
import { anyInstant } from '../event/time/instant.ts';
import { MOST_EVENTS } from './source.ts';

// The words of every sender's schema. Whatever was seen null, absent, empty or of another type is read; what is not
// there is `undefined`, never null and never "".

const blank = (value: unknown): unknown =>
  value === null || (typeof value === 'string' && isUnseen(value)) ? undefined : value;

// Far more than any field of an event holds. One text can be said in each of a thousand alerts.
const LONGEST = 20_000;

/** The start of a text, in whole characters: half of one cannot stand in an address. */
export const wellFormed = (given: string): string => given.slice(0, LONGEST).toWellFormed();

/** Text, or a number or boolean where a sender mixes them. */
export const text = z.preprocess((value) => {
  const given = blank(value);
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  return typeof given === 'string' ? wellFormed(given).trim() || undefined : undefined;
}, z.string().optional());

/** Text that a body of this kind cannot lack. */
export const required = z.preprocess(
  (value) => {
    const given = typeof value === 'number' ? String(value) : blank(value);
    return typeof given === 'string' ? wellFormed(given) : given;
  },
  z.string({ error: 'expected text' }).trim().min(1),
);

/** Who somebody is without where: `kim@contoso.com` is kim. Of an address with a password in it nothing is cut, for nobody would know the half again. */
export const loginOf = (name: string | undefined): string | undefined =>
  (/^[^\s:/@]*@/.test(name ?? '') ? name?.split('@')[0] : name) || undefined;

const PLAIN = /^[+-]?(?:\d{1,30}|[1-9]\d{0,2}(?:,\d{3}){1,10})?(?:(?<=\d)\.|\.\d{1,30})?(?:(?<=[\d.])e[+-]?\d{1,3})?$/i;
const DECIMAL_COMMA = /^[+-]?\d{1,30},\d{1,30}$/;

/**
 * The number that a text is; undefined for other text. Commas stand between groups of three digits; a single comma that
 * cannot do that is a decimal one: no language groups digits so that "87,5" or "0,125" is a whole number.
 */
export function numberIn(given: string): number | undefined {
  const said = given.trim();
  if (said.length > 80 || !/\d/.test(said)) return undefined;
  const plain = PLAIN.test(said) ? said.replaceAll(',', '') : undefined;
  const value = Number(plain ?? (DECIMAL_COMMA.test(said) ? said.replace(',', '.') : Number.NaN));
  return Number.isFinite(value) ? value : undefined;
}

/** A number, also as a text that is one; anything else is absent. */
export const number = z.preprocess((value) => {
  const given = typeof value === 'string' ? numberIn(value) : value;
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
}, z.number().optional());

/** A date in any form that senders use, as ISO in UTC; absent where it is none. */
export const date = z.preprocess(
  (value) => (typeof value === 'string' || typeof value === 'number' ? anyInstant(value) : undefined),
  z.string().optional(),
);

/** An object that may be null, absent, or JSON in a string (senders flatten); anything else is absent. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => {
    const given = typeof value === 'string' ? fromJson(value) : value;
    return isObject(given) ? given : undefined;
  }, z.object(shape).optional());

/** A list that may be null or absent, or one thing without its list. Members that do not fit are left out. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.unknown()).transform((members) =>
      members.flatMap((member) => {
        const result = item.safeParse(member);
        return result.success ? [result.data] : [];
      }),
    ),
  );

function fromJson(value: string): unknown {
  const parsed = jsonIn(value);
  // The levels inside of a string were not counted when the body was read.
  return deeperThan(parsed, DEEPEST) ? undefined : parsed;
}

/** The members of a body's list that are read, or the body where it is none. */
export const membersOf = (payload: unknown): readonly unknown[] =>
  (Array.isArray(payload) ? payload : [payload]).slice(0, MOST_EVENTS);

/** One body or a list of them. A member that cannot be read does not lose the others. */
export const eachOf = <Member extends z.ZodType>(member: Member, expected: string) =>
  z.unknown().transform((body, issues): readonly z.output<Member>[] => {
    const results = membersOf(body).map((each) => member.safeParse(each));
    const read = results.flatMap(({ success, data }) => (success ? [data] : []));
    if (read.length > 0) return read;
    const problems = results[0]?.error?.issues ?? [{ path: [], message: expected }];
    for (const problem of problems)
      issues.addIssue({ code: 'custom', path: [...problem.path], message: problem.message });
    return z.NEVER;
  });
