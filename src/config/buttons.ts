import type { Receiver } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import { eventOfPermit, tokenFor } from '../event/act-token.ts';
import { DAY_MILLISECONDS } from '../event/time/units.ts';
import { type ActRules, buttonsOn, mayDo } from '../routing/acts.ts';
import type { MuteRules } from '../routing/mutes.ts';

/** A button is good for so long. Rounded up to the hour, so that a message that is changed within it has the same. */
const GOOD_MILLISECONDS = 7 * DAY_MILLISECONDS;

const HOUR_SECONDS = 3_600;

/** The rules, and how they give buttons to the messages of receivers that people read. */
export const acting = (rules: ActRules) => ({
  rules,
  offer: (receiver: Receiver, quiet: MuteRules): Receiver => withButtons(receiver, rules, quiet),
});

function withButtons(receiver: Receiver, rules: ActRules, { breakThrough }: MuteRules): Receiver {
  const [key] = rules.keys;
  if (key === undefined || destinations[receiver.type].readers !== 'people') return receiver;
  const isOwn = hasOwnButtons(receiver);
  if (!isOwn && !rules.links) return receiver;
  return {
    ...receiver,
    buttons: (event, now) => {
      const ends = (Date.parse(now) + GOOD_MILLISECONDS) / 1_000;
      const expires = Math.ceil(ends / HOUR_SECONDS) * HOUR_SECONDS;
      return buttonsOn(event, breakThrough)
        .filter((name) => isOwn || mayDo(rules, name, undefined))
        .map((name) => {
          const permit = { button: name, receiver: receiver.name, event: eventOfPermit(event.id), expires };
          const token = tokenFor(permit, key);
          return { name, url: `${rules.url}/api/act/${token}`, ...(isOwn && { token }) };
        });
    },
  };
}

/** Whether its chat says who has pressed a button, and can prove that it says so. */
const hasOwnButtons = ({ signingSecrets = [], bot }: Receiver): boolean =>
  signingSecrets.length > 0 || bot !== undefined;
