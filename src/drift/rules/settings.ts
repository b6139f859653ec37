import * as z from 'zod';
import { type CloudName, clouds } from '../../event/cloud.ts';
import { ncrontab } from '../../event/time/ncrontab-times.ts';
import { ConfigurationError } from '../../problems/errors.ts';

/** Where to look: the whole tenant, a management group, or a subscription. */
export type Scope = 'tenant' | `mg:${string}` | `sub:${string}`;

/** How the drift report is set. */
export interface DriftSettings {
  readonly scopes: readonly Scope[];
  /** NCRONTAB, UTC. */
  readonly schedule: string;
  /** auto: candidates from Resource Graph, checked by Resource Manager. arm: Resource Graph is asked nothing. */
  readonly source: 'auto' | 'arm' | 'arg';
  /** Whether Flexible sets are looked at. */
  readonly flexible: boolean;
  /** Minutes behind before drift counts. */
  readonly graceMinutes: number;
  /** Hours that a partial update counts as a canary. */
  readonly canaryHours: number;
  /** Minutes without progress before a rolling upgrade has stalled. */
  readonly stallMinutes: number;
  /** Days behind the newest image before it is told; undefined: never. */
  readonly hiddenDays: number | undefined;
  /** Hours before open drift is told again; 0: never. */
  readonly remindHours: number;
  /** Sets whose ids one of these fits are left out. */
  readonly ignore: readonly RegExp[];
  /** How much is told of who changed a model. */
  readonly actor: 'name' | 'type' | 'off';
  readonly armEndpoint: string;
  readonly apiVersion: string;
}

/** Where Azure Resource Manager is read. */
export type ArmSettings = Pick<DriftSettings, 'armEndpoint' | 'apiVersion'>;

/** Whether old images are looked for: only Resource Graph tells in a few queries which are in use. */
export const looksAtImages = ({ hiddenDays, source }: Pick<DriftSettings, 'hiddenDays' | 'source'>): boolean =>
  hiddenDays !== undefined && source !== 'arm';

type Env = Readonly<Record<string, string | undefined>>;

// The Functions host and local.settings.json give an empty string for "not set".
const setting = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.trim() || undefined : value), schema);

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const GROUP = /^[\w().-]{1,90}$/;

const split = (text: string): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

/** Whether a list of scopes can be read; a prefix holds for what follows it. */
function scopesOf(value: string): readonly Scope[] | undefined {
  if (value.toLowerCase() === 'tenant') return ['tenant'];
  const [, kind, rest = ''] = /^(mg|sub):(.*)$/is.exec(value) ?? [];
  const ids = split(rest).map((id) => id.replace(new RegExp(`^${kind}:`, 'i'), ''));
  const isSubscription = kind?.toLowerCase() === 'sub';
  const form = isSubscription ? GUID : GROUP;
  if (kind === undefined || ids.length === 0 || !ids.every((id) => form.test(id))) return undefined;
  return [...new Set(ids.map((id): Scope => (isSubscription ? `sub:${id.toLowerCase()}` : `mg:${id}`)))];
}

const scopes = z.string().transform((value, context) => {
  const found = scopesOf(value);
  if (found !== undefined) return found;
  context.addIssue({ code: 'custom', message: 'expected tenant, mg:<id>[,<id>] or sub:<guid>[,<guid>]' });
  return z.NEVER;
});

/** The sets that services manage are left out in any case; the word for them is the default and needs no expression. */
const BUILT_IN = 'managed';

const ignore = z.string().transform((value, context) => {
  try {
    // Ids hold no blanks, and an expression may well hold a comma.
    const given = value.split(/\s+/).filter((each) => each !== '' && each.toLowerCase() !== BUILT_IN);
    return given.map((expression) => new RegExp(expression, 'i'));
  } catch {
    context.addIssue({ code: 'custom', message: 'expected regular expressions with blanks between them' });
    return z.NEVER;
  }
});

const whole = (unit: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `expected a whole number of ${unit}`)
    .transform(Number)
    .pipe(z.number().min(least, `expected at least ${least}`).max(most, `expected at most ${most}`));

// Whether it may be plain http: is for whoever knows where the relay runs to say (config.ts).
const endpoint = z.string().refine((value) => {
  const url = URL.parse(value);
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') return false;
  return /^https?:$/.test(url.protocol);
}, 'expected https:// and a host');

const settings = z.object({
  DRIFT_SCOPE: setting(scopes),
  DRIFT_SCHEDULE: setting(ncrontab.default('0 7,37 * * * *')),
  DRIFT_SOURCE: setting(z.enum(['auto', 'arm', 'arg'], 'expected auto, arm or arg').default('auto')),
  DRIFT_FLEXIBLE: setting(z.enum(['on', 'off'], 'expected on or off').default('on')),
  DRIFT_GRACE_MIN: setting(whole('minutes', 0, 43_200).default(30)),
  DRIFT_CANARY_H: setting(whole('hours', 0, 8_760).default(24)),
  DRIFT_STALL_MIN: setting(whole('minutes', 1, 43_200).default(90)),
  DRIFT_HIDDEN_DAYS: setting(z.union([z.literal('off'), whole('days', 1, 3_650)], 'expected days, or off').default(14)),
  DRIFT_REMIND_H: setting(whole('hours', 0, 8_760).default(168)),
  DRIFT_IGNORE: setting(ignore.default([])),
  DRIFT_ACTOR: setting(z.enum(['name', 'type', 'off'], 'expected name, type or off').default('type')),
  ARM_ENDPOINT: setting(endpoint.optional()),
  COMPUTE_API_VERSION: setting(
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\d(-preview)?$/, 'expected a date, such as 2026-04-01')
      .default('2026-04-01'),
  ),
});

export const driftSettingNames: readonly string[] = Object.keys(settings.shape);

/**
 * The settings of the drift report; undefined where DRIFT_SCOPE is not set, which turns it off. Throws a
 * ConfigurationError with every problem at once, and repeats no setting's value.
 */
export function driftSettings(env: Env): DriftSettings | undefined {
  if (!env['DRIFT_SCOPE']?.trim()) return undefined;
  const { data: given, error } = settings.safeParse(env);
  if (error !== undefined) {
    throw new ConfigurationError(problemsOf(error));
  }
  return {
    scopes: given.DRIFT_SCOPE,
    schedule: given.DRIFT_SCHEDULE,
    source: given.DRIFT_SOURCE,
    flexible: given.DRIFT_FLEXIBLE === 'on',
    graceMinutes: given.DRIFT_GRACE_MIN,
    canaryHours: given.DRIFT_CANARY_H,
    stallMinutes: given.DRIFT_STALL_MIN,
    hiddenDays: given.DRIFT_HIDDEN_DAYS === 'off' ? undefined : given.DRIFT_HIDDEN_DAYS,
    remindHours: given.DRIFT_REMIND_H,
    ignore: given.DRIFT_IGNORE,
    actor: given.DRIFT_ACTOR,
    armEndpoint: (given.ARM_ENDPOINT ?? resourceManagerOf(env)).replace(/\/$/, ''),
    apiVersion: given.COMPUTE_API_VERSION,
  };
}

const resourceManagerOf = ({ AZURE_CLOUD: name = '' }: Env): string =>
  (Object.hasOwn(clouds, name.trim()) ? clouds[name.trim() as CloudName] : clouds.public).resourceManager;

const arm = settings.pick({ ARM_ENDPOINT: true, COMPUTE_API_VERSION: true });

/** Where Azure is read by what is no part of the report. Throws a ConfigurationError, as above. */
export function armSettings(env: Env): ArmSettings {
  const { data: given, error } = arm.safeParse(env);
  if (error !== undefined) throw new ConfigurationError(problemsOf(error));
  return {
    armEndpoint: (given.ARM_ENDPOINT ?? resourceManagerOf(env)).replace(/\/$/, ''),
    apiVersion: given.COMPUTE_API_VERSION,
  };
}

const problemsOf = ({ issues }: z.ZodError) => issues.map(({ path, message }) => ({ path: path.join('.'), message }));
