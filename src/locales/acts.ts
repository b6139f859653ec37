import type { EventOf } from '../event/event.ts';
import { cutAtWord } from '../event/text.ts';
import { named } from './parts.ts';
import { unended } from './reasons.ts';

/** "web-cpu (shop-web, prod)": what somebody did something with. */
export const actedOn = ({ of }: EventOf<'act'>): string =>
  unended(named({ ...of, subject: cutAtWord(of.subject, 80) }));

/** "13:00 UTC", with the day where it is another one. */
export function untilOf({ until, occurredAt }: EventOf<'act'>): string | undefined {
  const [day = '', time = ''] = until?.split('T') ?? [];
  if (until === undefined) return undefined;
  return `${occurredAt.startsWith(day) ? '' : `${day} `}${time.slice(0, 5)} UTC`;
}
