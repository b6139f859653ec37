import { conversationFor } from '../../delivery/conversation-for.ts';
import type { Dispatch } from '../../delivery/dispatch.ts';
import { conversationOf } from '../../delivery/rules/conversation.ts';
import type { Pressed } from '../../delivery/rules/delivery.ts';
import { dedupKeyOf } from '../../destinations/pagerduty/action.ts';
import type { ButtonName } from '../../event/act.ts';
import type { EventOf, RelayEvent } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { toBrief } from '../../event/importance.ts';

type Act = EventOf<'act'>;

const ACTIONS: Readonly<Record<ButtonName, Act['action']>> = {
  acknowledge: 'acknowledged',
  silenceHour: 'silenced',
  silenceMorning: 'silenced',
  meant: 'meant',
  replay: 'replayed',
};

interface Circumstances {
  /** When it ends (ISO), of what ends by itself. */
  readonly until?: string | undefined;
  readonly joins: Dispatch['joins'];
}

/** What somebody did, as an event: the same for whoever does the same with the same, so that it is told once. */
export function actOf(event: RelayEvent, { act }: Pressed, { until, joins }: Circumstances): Act {
  const { button, by, via, at } = act;
  const action = ACTIONS[button];
  const conversation = conversationFor(event, joins)?.key;
  // An alert whose sender says since when it fires is one thing until its end; what comes again otherwise is dealt with again.
  const own = event.kind === 'alert' && event.firedAt !== undefined ? conversationOf(event)?.key : undefined;
  const { story, environment, resource, links, properties, id } = event;
  return {
    kind: 'act',
    id: identity('act', action, own ?? id, until ?? ''),
    source: 'relay',
    severity: 'info',
    occurredAt: new Date(at).toISOString(),
    ...(story !== undefined && { story }),
    ...(environment !== undefined && { environment }),
    ...(properties !== undefined && { properties }),
    resource,
    links,
    ...{ action, by, via },
    ...(until !== undefined && { until }),
    ...(button === 'meant' && { note: 'canary' }),
    of: toBrief(event),
    event: id,
    ...(conversation !== undefined && { conversation }),
    pager: dedupKeyOf(event),
  };
}
