import { app } from '@azure/functions';
import { http, queues, timers } from './definitions.ts';

for (const [name, options] of Object.entries(http)) app.http(name, options);
for (const [name, options] of Object.entries(queues)) app.storageQueue(name, options);
for (const [name, options] of Object.entries(timers)) app.timer(name, options);
