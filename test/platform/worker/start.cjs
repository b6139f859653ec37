// The worker of a folder, as its own nodejsWorker.js starts it, but for its list of versions of Node: that knows none that came after it.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(process.env.AZURE_FUNCTIONS_WORKER, 'dist/src');
const released = join(folder, 'worker-bundle.js');
const { worker, startNodeWorker } = require(existsSync(released) ? released : join(folder, 'Worker.js'));
(worker?.startNodeWorker ?? startNodeWorker)(process.argv);
