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

/** What somebody did, as an event: the same for whoever does the same with the same story, so that it is told once. */
export function actOf(event: RelayEvent, { act }: Pressed, until?: string): Act {
  const { button, by, via, at } = act;
  const action = ACTIONS[button];
  const conversation = conversationOf(event)?.key;
  const { story, environment, resource, links, properties, id } = event;
  return {
    kind: 'act',
    id: identity('act', action, conversation ?? id, until ?? ''),
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
