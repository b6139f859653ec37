import type { ReadResult, Run } from '../../drift/scale-sets.ts';
import type { Tokens } from '../sign-in/token.ts';
import { type Answered, type Ask, failed, judge } from './answer.ts';
import { exchange } from './exchange.ts';
import type { Pace, Timing } from './pace.ts';
import type { Versions } from './version.ts';

/** Asks until there is an answer or no more hope. Never rejects. */
export type Caller = (ask: Ask) => Promise<ReadResult<Answered>>;

export interface Wires {
  /** The only origin that a token goes to. */
  readonly origin: string;
  readonly tokens: Tokens;
  readonly pace: Pace;
  readonly timing: Timing;
  readonly versions: Versions;
  readonly run: Run;
}

const TIMEOUT = 15_000;

export function caller(wires: Wires): Caller {
  const { origin, pace, timing, run } = wires;
  return async (ask) => {
    const { call, name } = ask;
    if (!URL.canParse(ask.url) || new URL(ask.url).origin !== origin) return failed(ask, { code: 'ForeignLink' });
    const trouble = { failures: 0, waits: 0, renewals: 0, versions: 0 };
    for (;;) {
      const refusal = await pace.turn(ask);
      if (refusal !== undefined) return { call, name, ...refusal };
      const step = await tryOnce(wires, ask, trouble);
      if (run.signal.aborted) return { kind: 'stopped', call, name };
      if (step.kind === 'end') return step.reading;
      if (step.kind === 'renew') trouble.renewals += 1;
      if (step.kind === 'older') trouble.versions += 1;
      if (step.kind === 'hold') {
        trouble.waits += 1;
        pace.hold(ask, timing.now() + step.milliseconds);
      }
      if (step.kind === 'sleep') {
        trouble.failures += 1;
        if (timing.now() + step.milliseconds >= run.deadline) return step.otherwise;
        await timing.sleep(step.milliseconds, run.signal);
      }
    }
  };
}

async function tryOnce(
  wires: Wires,
  ask: Ask,
  trouble: Parameters<typeof judge>[2] & { readonly versions: number },
): Promise<ReturnType<typeof judge> | { readonly kind: 'older' }> {
  const { tokens, pace, timing, versions, run } = wires;
  let token: string | undefined;
  try {
    token = await tokens.get(run.signal);
  } catch {
    return { kind: 'end', reading: failed({ ...ask, call: 'token' }, { code: 'NoToken' }) };
  }
  const { body } = ask;
  const url = versions.known(ask.url);
  const incoming = await pace.within(() => {
    const milliseconds = Math.max(1, Math.min(TIMEOUT, run.deadline - timing.now()));
    return exchange({ url, body, token, signal: run.signal, milliseconds });
  });
  pace.sent(ask, incoming.kind === 'answered' ? incoming.header : undefined);
  if (trouble.versions === 0 && versions.learns(ask.url, incoming, run.note ?? (() => undefined)))
    return { kind: 'older' };
  const step = judge(ask, incoming, trouble, timing.now(), timing.random);
  if (step.kind === 'renew' && token !== undefined) tokens.forget(token);
  return step;
}
