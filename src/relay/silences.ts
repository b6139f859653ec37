import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readSilences } from '../delivery/muter.ts';
import type { Ports } from '../delivery/ports.ts';
import type { ReceiverStore } from '../delivery/receiver-store.ts';
import { QUIET, silenceKey } from '../delivery/rules/keys.ts';
import { iso } from '../event/time/units.ts';
import { inFewWords } from '../problems/complaint.ts';
import { PayloadError, RequestError } from '../problems/errors.ts';
import { complaintsOf, worded } from '../problems/issues.ts';
import { conditions } from '../routing/conditions.ts';
import { duration } from '../routing/duration.ts';
import type { MuteRules } from '../routing/mutes.ts';
import { type Silence, silence } from '../routing/silences.ts';
import { type HttpAnswer, type HttpRequest, readJson } from './http.ts';
import { actorOf, noteChange } from './ui/changes.ts';
import { windowsNow } from './windows-now.ts';

const wish = z
  .strictObject({
    match: conditions,
    author: z.string().default('unknown'),
    reason: z.string().default('none given'),
    for: duration.optional(),
    endsAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine((given) => (given.for === undefined) !== (given.endsAt === undefined), {
    path: ['for'],
    error: 'expected "for", such as 10m or 2h, or "endsAt", an ISO date with its zone; one of them',
  });

/** Written down first; then every receiver's state is marked, by which all instances notice. */
export async function keepSilence(
  { receivers, ports: { ledger, clock }, desk }: Keeping,
  given: Silence,
): Promise<void> {
  await ledger.write(QUIET, [{ kind: 'put', key: silenceKey(given.id), value: given }]);
  const mark = `${given.id} ${clock.now()}`;
  for (const name of receivers) {
    await desk.change(name, async (state) => ({ changes: [], state: { ...state, silences: mark }, result: undefined }));
  }
}

interface Keeping {
  readonly receivers: readonly string[];
  readonly ports: Pick<Ports, 'ledger' | 'clock'>;
  readonly desk: ReceiverStore;
}

/** Makes, lists and ends silences. `receivers` are those whose events they can keep back. */
export function createSilences(
  receivers: readonly string[],
  ports: Ports,
  desk: ReceiverStore,
  quiet: Pick<MuteRules, 'windows'>,
) {
  const { clock } = ports;
  const keep = (given: Silence) => keepSilence({ receivers, ports, desk }, given);

  async function add(request: HttpRequest): Promise<HttpAnswer> {
    const { payload } = await readJson(request);
    const { actor } = request;
    const asked = wished(payload, clock.now());
    const made = actor === undefined ? asked : held(silence, { ...asked, author: actor.by });
    await noteChange(ports, { ...actorOf(request), what: 'silence', about: made.id });
    await keep(made);
    return { status: 201, jsonBody: { silence: made } };
  }

  async function end(request: HttpRequest, id: string): Promise<HttpAnswer> {
    const found = (await readSilences(ports)).find((each) => each.id === id);
    if (found === undefined) throw new RequestError('no-such-silence', `there is no silence ${id.slice(0, 40)}`);
    // Somebody else was quicker.
    if (Date.parse(found.endsAt) <= clock.now()) return { status: 200, jsonBody: { silence: found, ended: 'already' } };
    await noteChange(ports, { ...actorOf(request), what: 'silenceEnded', about: id });
    // What never began would have an end before its start.
    const ended = { ...found, endsAt: iso(Math.max(clock.now(), Date.parse(found.startsAt) + 1)) };
    await keep(ended);
    return { status: 200, jsonBody: { silence: ended } };
  }

  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const id = request.params['id'];
    if (request.method === 'GET') {
      const now = iso(clock.now());
      const silences = (await readSilences(ports)).filter(({ endsAt }) => endsAt > now);
      return { status: 200, jsonBody: { silences, windows: await windowsNow(ports, quiet, receivers) } };
    }
    return request.method === 'DELETE' ? end(request, id ?? '') : add(request);
  };
}

/** The silence that a body asks for. Throws a PayloadError. */
function wished(payload: unknown, now: number): Silence {
  const { for: milliseconds, endsAt, ...given } = held(wish, payload);
  const ends = milliseconds === undefined ? Date.parse(endsAt ?? '') : now + milliseconds;
  const id = randomBytes(4).toString('hex');
  return held(silence, { id, ...given, startsAt: iso(now), endsAt: iso(ends) });
}

function held<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const { data, error } = schema.safeParse(value, { error: worded });
  if (error === undefined) return data;
  throw new PayloadError('the silence', inFewWords(error.issues.flatMap((issue) => complaintsOf(issue))));
}
