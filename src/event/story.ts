import type { RelayEvent } from './event.ts';
import { isUnseen } from './text.ts';

/**
 * The name of the story that an event belongs to, as the ledger joins its events: an alert's instance, the step of a deployment in one
 * environment, a scale set. The same name of two sources is two stories. Undefined where each event is news by itself.
 */
export function storyOf(event: RelayEvent): string | undefined {
  const { story, source } = event;
  if (story === undefined || isUnseen(story)) return undefined;
  switch (event.kind) {
    case 'alert':
      return `alert ${story}`;
    case 'deployment':
      // A run has steps in several environments, each with an end of its own.
      return `deployment ${JSON.stringify([story, event.environment || undefined, event.step || undefined])}`;
    case 'scale':
      // What people post has a row of its own, as the release before has it.
      return `scale ${source === 'custom' ? 'custom ' : ''}${story}`.toLowerCase();
    default:
      return undefined;
  }
}
