import type { Dispatch } from '../delivery/dispatch.ts';
import { createMuter } from '../delivery/muter.ts';
import { createReceiverStore } from '../delivery/receiver-store.ts';
import { NO_MUTES } from '../routing/mutes.ts';
import { remindedBy } from '../routing/routes.ts';
import type { RelayParts } from './parts.ts';

/** What delivery works with, of what a relay is made of. */
export function dispatchOf(
  {
    receivers,
    routes,
    quiet = NO_MUTES,
    joins,
    owners = [],
    drill,
    notices = [],
    docs,
    machines,
    actions,
    ports,
  }: RelayParts,
  names: readonly string[],
): Dispatch {
  // Only for what is sent: a preview has no buttons, whoever may ask for it.
  const acting = receivers.map((each) => actions?.offer(each, quiet) ?? each);
  return {
    desk: createReceiverStore(ports),
    ports,
    receiver: (name) => acting.find((each) => each.name === name),
    quiet: createMuter(quiet, ports),
    joins,
    owners,
    drill: drill && { every: drill.every, to: drill.to ?? names },
    notices,
    reminds: remindedBy(routes),
    docs,
    machines,
    acting: actions && { rules: actions.rules, receivers: names },
  };
}
