import type { EventOf } from './event.ts';
import { BY_REASON } from './trouble-reasons.ts';

type Notice = EventOf<'notice'>;

/** What is wrong, as far as somebody has to do one thing or another about it. */
export type Trouble =
  | (typeof BY_REASON)[keyof typeof BY_REASON]
  | 'fault'
  | 'broken'
  | 'senderKey'
  | 'senderAddress'
  | 'senderBody'
  | Exclude<Notice['topic'], 'receiverBroken'>;

/** What a reason means; undefined of one that is not known, such as a sentence. */
export function troubleBy(reason: string): Trouble | undefined {
  if (Object.hasOwn(BY_REASON, reason)) return BY_REASON[reason as keyof typeof BY_REASON];
  if (/^(?:status-(408|409|423|425|5\d\d)|smtp-4\w\w)$/.test(reason)) return 'fault';
  if (/^status-(400|413|422)$/.test(reason)) return 'refused';
  return /^status-\d+$/.test(reason) ? 'broken' : undefined;
}

// Of the many words that Azure has for each:
// https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations and request-limits-and-throttling
const BUSY_STATUS = /^(408|409|429|5\d\d)$/;

/** What Azure's refusal means, by its word, and where that is not known by the HTTP status. */
function azureTrouble(reason: string, status: number | undefined): Trouble | undefined {
  const known = troubleBy(reason);
  if (known !== undefined) return known;
  const code = `${status ?? reason}`;
  if (BUSY_STATUS.test(code)) return 'azureBusy';
  return code === '403' ? 'noRole' : undefined;
}

/** Why nothing of a sender is accepted, by the status that it was answered. */
function senderTrouble(status: number | undefined): Trouble {
  if (status === 401 || status === 403) return 'senderKey';
  return status === 404 ? 'senderAddress' : 'senderBody';
}

interface Troubled {
  readonly trouble: Trouble;
  /** Of how many things; undefined where that is not said. */
  readonly count?: number;
}

type Telling = Pick<Notice, 'topic' | 'reason' | 'reasons'>;

/** What a notice is about, by its reasons; without one that is known, by its topic. What passes by itself comes last. */
export function troublesOf({ topic, reason = '', reasons = [] }: Telling): readonly [Troubled, ...Troubled[]] {
  const otherwise = topic === 'receiverBroken' ? 'broken' : topic;
  const counts = new Map<Trouble, number>();
  for (const each of reasons) {
    const trouble =
      topic === 'silent' ? senderTrouble(each.status) : (azureTrouble(each.reason, each.status) ?? otherwise);
    counts.set(trouble, (counts.get(trouble) ?? 0) + each.count);
  }
  const isPassing = ({ trouble }: Troubled) => Number(trouble === 'azureBusy');
  const counted = [...counts].map(([trouble, count]) => ({ trouble, count }));
  const [first, ...rest] = counted.sort((one, other) => isPassing(one) - isPassing(other) || other.count - one.count);
  if (first !== undefined) return [first, ...rest];
  const known = [reason, ...reason.split(/[,;:]\s*/)].flatMap(
    (each) => (topic === 'driftUnreadable' ? azureTrouble(each, undefined) : troubleBy(each)) ?? [],
  );
  return [{ trouble: known.find((trouble) => trouble !== 'azureBusy') ?? known[0] ?? otherwise }];
}
