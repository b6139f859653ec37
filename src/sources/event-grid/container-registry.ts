import { imageOf, notification } from '../acr/acr.ts';
import { armResource } from '../arm.ts';
import { madeAs } from '../phase.ts';
import { linkTo, portalUrl } from '../source.ts';
import { common, family } from './message.ts';

// https://learn.microsoft.com/azure/event-grid/event-schema-container-registry: `data` is the body of the registry's own
// webhook. It may hold the address of who pushed, which is not read.
const MADE: ReadonlyMap<string, 'pushed' | 'deleted'> = new Map([
  ['pushed', 'pushed'],
  ['deleted', 'deleted'],
]);

export const containerRegistry = family({
  types: /^Microsoft\.ContainerRegistry\.(Image|Chart)(\w+)$/i,
  data: notification,
  meaning(message, given, context) {
    const id = message.topic ?? '';
    const image = imageOf(given);
    const word = /(?:Image|Chart)(\w+)$/i.exec(message.type)?.[1] ?? message.type;
    const arm = armResource(id);
    return [
      {
        ...common(message, context, given?.timestamp),
        ...image,
        kind: 'artifact',
        resource: { ...arm, name: arm?.name ?? given?.request?.host ?? image.name },
        links: linkTo('resource', portalUrl(id)),
        ...madeAs(MADE.get(word.toLowerCase()), word),
      },
    ];
  },
});
