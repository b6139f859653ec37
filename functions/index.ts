import { app } from '@azure/functions';
import { relay, stopTelemetry } from '../src/app/main.ts';
import { http, queues, timers } from './definitions.ts';

// Without streams the host drops a body that comes without its length, as .NET's PostAsJsonAsync sends it.
app.setup({ enableHttpStream: true });

for (const [name, options] of Object.entries(http)) app.http(name, options);
for (const [name, options] of Object.entries(queues)) app.storageQueue(name, options);
for (const [name, options] of Object.entries(timers)) app.timer(name, options);

// The platform lets a moment pass before the first call. What goes wrong meanwhile is told by that call.
setImmediate(() => relay().catch(() => undefined));

app.hook.appTerminate(() => stopTelemetry());
