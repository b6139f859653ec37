import { clean } from './clean.ts';
import { deliver } from './deliver.ts';
import { health } from './health.ts';
import { preview } from './preview.ts';
import { webhook } from './webhook.ts';

/** Every function, by the name that Azure shows. Azure and the local run serve the same list. */
export const http = { webhook, preview, health };
export const queues = { deliver };
export const timers = { clean };
