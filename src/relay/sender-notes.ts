import type { Ports } from '../delivery/ports.ts';
import { type Seen, type Sender, seenOf, together } from '../delivery/rules/senders.ts';
import { CredentialsError, type RelayError, StorageError } from '../problems/errors.ts';
import { nearest } from '../problems/spelling.ts';
import { sources } from '../sources/registry.ts';
import { problem } from './http.ts';
import type { RelayParts } from './parts.ts';
import type { Receipt } from './receipt.ts';

/** Notes who has sent something. */
export interface SenderNotes {
  /** Of a request to an address that may name a source. */
  note(named: string | undefined, receipt: Receipt): void;
  /** Writes what was noted; what storage does not take stays noted. */
  flush(): Promise<void>;
}

const PACE_MILLISECONDS = 60_000;
/** Whoever waits for a sender is to know soon that it came. */
const EXPECTED_PACE_MILLISECONDS = 30_000;

/**
 * Writes what came once a minute at most, in the background: what is not written yet is lost with the process. Only of
 * sources and of what the configuration describes (`own`): whoever posts to made-up addresses fills nothing.
 */
export function senderNotes(
  ports: Pick<Ports, 'ledger' | 'clock'>,
  { own = [], expects = [] }: Pick<RelayParts, 'own' | 'expects'> = {},
): SenderNotes {
  const pace = expects.length > 0 ? EXPECTED_PACE_MILLISECONDS : PACE_MILLISECONDS;
  const known = [...own, ...sources].map(({ name }) => name);
  const waiting = new Map<string, Sender>();
  let timer: NodeJS.Timeout | undefined;

  const add = (news: Sender) => {
    const before = waiting.get(news.source);
    waiting.set(news.source, before === undefined ? news : together(before, news, ports.clock.now()));
  };
  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    if (all.length === 0) return;
    const { addSender } = await import('../delivery/senders.ts');
    await Promise.all(
      all.map((news) =>
        addSender(ports, news).catch((error: unknown) => {
          if (!(error instanceof StorageError)) throw error;
          add(news);
        }),
      ),
    );
  };
  return {
    flush,
    note(named, receipt) {
      const seen = seenIn(named, receipt, known);
      if (seen === undefined) return;
      add(seenOf({ ...seen, at: ports.clock.now() }));
      // Nothing is kept alive for it.
      timer ??= setTimeout(flush, pace).unref();
    },
  };
}

/** Whose request it was, and why it was refused; undefined where nobody knows whose, or it says nothing of the sender. */
function seenIn(named: string | undefined, receipt: Receipt, known: readonly string[]): Omit<Seen, 'at'> | undefined {
  if (receipt.outcome === 'answered') return undefined;
  if (receipt.outcome === 'accepted') return { source: receipt.source };
  const { error } = receipt;
  // What the relay itself could not do, and a person who opens the address, is no refusal.
  if (error.retryable || error.code === 'method') return undefined;
  const source = refusedSource(named, error, known);
  return source === undefined
    ? undefined
    : { source, refused: { reason: reasonOf(error), status: problem(error).status } };
}

function refusedSource(named: string | undefined, error: RelayError, known: readonly string[]): string | undefined {
  if (error instanceof CredentialsError) return error.source;
  if (error.code === 'no-such-source') return nearest((named ?? '').slice(0, 80), known);
  return known.find((name) => name === named);
}

const reasonOf = (error: RelayError): string =>
  error instanceof CredentialsError ? error.reason.slice(error.source.length + 2) : error.code;
