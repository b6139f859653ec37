import { connect } from './connect.ts';
import { deadLetters } from './dead-letters.ts';
import { deliveries } from './deliveries.ts';
import { drift } from './drift.ts';
import { figures } from './figures.ts';
import { fleet } from './fleet.ts';
import { health } from './health.ts';
import { lint } from './lint.ts';
import { preview } from './preview.ts';
import { rehearse } from './rehearse.ts';
import { replay } from './replay.ts';
import { review } from './review.ts';
import { send } from './send.ts';
import { senders } from './senders.ts';
import type { Define } from './shell.ts';
import { show } from './show.ts';
import { silence } from './silence.ts';

/** Every command, in the order of `--help`. */
export const commands: readonly Define[] = [
  lint,
  preview,
  rehearse,
  send,
  deliveries,
  show,
  deadLetters,
  replay,
  silence,
  drift,
  fleet,
  figures,
  review,
  senders,
  health,
  connect,
];
