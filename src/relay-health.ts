import type { RelayError } from './errors.ts';
import { answered, type HttpAnswer, type HttpRequest, problem } from './http.ts';
import type { Ports } from './ports.ts';
import { VERSION } from './version.ts';

type AnswerHealth = (request: HttpRequest) => Promise<HttpAnswer>;

interface Parts {
  readonly receivers: readonly { readonly name: string }[];
  /** Undefined where the drift report is off. */
  readonly drift: object | undefined;
  readonly ports: Pick<Ports, 'deliveries' | 'ledger'>;
}

/** Says that a relay is there and what it has; asked for more, whether its storage answers. */
export const healthOf =
  ({ receivers, drift, ports }: Parts): AnswerHealth =>
  (request) =>
    answered(async () => {
      if (isDeep(request)) await Promise.all([ports.deliveries.check(), ports.ledger.check()]);
      const names = receivers.map(({ name }) => name);
      const isOn = drift === undefined ? 'off' : 'on';
      return { status: 200, jsonBody: { status: 'ok', version: VERSION, receivers: names, drift: isOn } };
    });

/**
 * Where no relay can be made of the settings: the process is there all the same, and a platform that replaced it would
 * mend nothing. Why it is of no use is told to who asks for more.
 */
export const healthWithout =
  (error: RelayError): AnswerHealth =>
  async (request) =>
    isDeep(request)
      ? problem(error)
      : { status: 200, jsonBody: { status: 'ok', version: VERSION, configuration: 'unusable' } };

/** `?deep=1`: the configuration and the storage are judged as well. */
const isDeep = ({ query }: HttpRequest): boolean => /^(1|true)?$/i.test(query.get('deep') ?? 'no');
