import { act } from './act.ts';
import { changes } from './changes.ts';
import { clean } from './clean.ts';
import { count } from './count.ts';
import { deadLetters } from './dead-letters.ts';
import { deliver } from './deliver.ts';
import { deliveries } from './deliveries.ts';
import { drift } from './drift.ts';
import { expected } from './expected.ts';
import { figures } from './figures.ts';
import { fleet } from './fleet.ts';
import { health } from './health.ts';
import { now } from './now.ts';
import { preview } from './preview.ts';
import { queueDrift } from './queue-drift.ts';
import { replay } from './replay.ts';
import { review } from './review.ts';
import { senders } from './senders.ts';
import { show } from './show.ts';
import { silences } from './silences.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { ui } from './ui.ts';
import { watch } from './watch.ts';
import { webhook } from './webhook.ts';

/** Every function, by the name that Azure shows. Azure and the local run serve the same list. */
export const http = {
  ...{ webhook, preview, health, act, slack, teams, ui },
  ...{ deliveries, deadLetters, show, replay, silences, fleet, figures, review },
  ...{ now, changes, senders, queueDrift },
};
export const queues = { deliver };
export const timers = { clean, watch, drift, count, expected };
