import type { Ports } from '../delivery/ports.ts';
import { wantedToken } from '../destinations/teams-bot/bot.ts';
import { typedHere } from '../event/command.ts';
import { HOUR_MILLISECONDS } from '../event/time/units.ts';
import { IdentityError, type RelayError, TimersError } from '../problems/errors.ts';
import { answered, type HttpAnswer, type HttpRequest, problem } from './http.ts';
import { VERSION } from './version.ts';

type AnswerHealth = (request: HttpRequest) => Promise<HttpAnswer>;

interface Parts {
  readonly receivers: readonly (Parameters<typeof wantedToken>[0] & { readonly name: string })[];
  /** Undefined where the drift report is off. */
  readonly drift: object | undefined;
  /** When the watch last ran (ISO); undefined where it never did. */
  readonly watchedAt: () => Promise<string | undefined>;
  readonly ports: Pick<Ports, 'deliveries' | 'ledger' | 'clock' | 'signIn'>;
}

/** Says that a relay is there and what it has; asked for more, whether its storage answers. */
export const healthOf =
  (parts: Parts): AnswerHealth =>
  (request) =>
    answered(async () => {
      const { receivers, drift } = parts;
      const looked = isDeep(request) ? await look(parts) : { storage: 'not asked' };
      const names = receivers.map(({ name }) => name);
      const isOn = drift === undefined ? 'off' : 'on';
      return { status: 200, jsonBody: { status: 'ok', version: VERSION, receivers: names, drift: isOn, ...looked } };
    });

/** The watch comes every hour; twice it may be late or fail. */
const LONGEST_SILENCE = 2.5 * HOUR_MILLISECONDS;

/** Whether storage answers, the identity gives what receivers want, and the timers run. A relay that is new, or was of a release before, has not noted the watch yet. */
async function look({ receivers, ports, watchedAt }: Parts): Promise<{ readonly watch: string }> {
  const { deliveries, ledger, clock } = ports;
  const [at, unknown] = await Promise.all([
    watchedAt(),
    withoutToken(receivers, ports.signIn),
    deliveries.check(),
    ledger.check(),
  ]);
  if (unknown.length > 0) throw new IdentityError(unknown);
  if (at === undefined) return { watch: 'not yet' };
  if (clock.now() - Date.parse(at) > LONGEST_SILENCE) throw new TimersError(at);
  return { watch: at };
}

/** The receivers that want a token, and for which there is none. */
async function withoutToken(
  receivers: Parts['receivers'],
  signIn: Parts['ports']['signIn'],
): Promise<readonly string[]> {
  const found = await Promise.all(
    receivers.map(async (receiver) => {
      const { audience, app } = wantedToken(receiver) ?? {};
      return audience === undefined || (await signIn?.tokenFor(audience, app)) !== undefined ? [] : [receiver.name];
    }),
  );
  return found.flat();
}

/**
 * Where no relay can be made of the settings: the process is there all the same, and a platform that replaced it would
 * mend nothing. That it is of no use is told to who asks for more; why, to who has a key, for problems name what is in the
 * configuration.
 */
export const healthWithout =
  (error: RelayError): AnswerHealth =>
  async (request) =>
    isDeep(request)
      ? withoutReasons(problem(error), error.problems.length)
      : { status: 200, jsonBody: { status: 'ok', version: VERSION, configuration: 'unusable' } };

function withoutReasons({ jsonBody, ...answer }: HttpAnswer, problems: number): HttpAnswer {
  const { type, title, status } = jsonBody as Readonly<Record<string, unknown>>;
  const detail = `POST /api/preview with a key says what is wrong, and so does \`${typedHere.relay} lint\``;
  return { ...answer, jsonBody: { type, title, status, detail, problems } };
}

/** `?deep=1`: the configuration and the storage are judged as well. */
const isDeep = ({ query }: HttpRequest): boolean => /^(1|true)?$/i.test(query.get('deep') ?? 'no');
