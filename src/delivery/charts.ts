import type { Receiver } from '../destinations/receiver.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Dispatch } from './dispatch.ts';
import { regardless } from './regardless.ts';
import type { Written } from './send.ts';

type Known = Pick<Dispatch, 'desk' | 'ports'>;

/** Chats bring out what they draw workspace by workspace: what one refused, it may take a week later. */
const FORGOTTEN_MILLISECONDS = 7 * 86_400_000;

/**
 * Tells an event with its charts. Where the chat refuses that, at once without them, and without them from then on: all
 * instances remember it for a week. Rejects with a StorageError.
 */
export async function sentWithCharts(
  dispatch: Known,
  receiver: Receiver,
  event: RelayEvent,
  told: (charts: boolean) => Promise<Written>,
): Promise<Written> {
  const hasCharts = event.kind === 'review' && event.charts.length > 0;
  if (!hasCharts || (await refusesCharts(dispatch, receiver.name))) return told(false);
  const drawn = await told(true);
  if (drawn.verdict.kind !== 'refused') return drawn;
  const written = await told(false);
  // Where it is refused all the same, the charts are not what is wrong with it.
  if (written.verdict.kind === 'sent') await regardless(rememberRefusal(dispatch, receiver.name));
  return written;
}

async function refusesCharts({ desk, ports }: Known, name: string): Promise<boolean> {
  const { result } = await desk.change(name, async ({ chartsRefused }) => ({ changes: [], result: chartsRefused }));
  return result !== undefined && Math.abs(ports.clock.now() - result) < FORGOTTEN_MILLISECONDS;
}

const rememberRefusal = ({ desk, ports }: Known, name: string): Promise<unknown> =>
  desk.change(name, async (state) => ({
    changes: [],
    state: { ...state, chartsRefused: ports.clock.now() },
    result: undefined,
  }));
