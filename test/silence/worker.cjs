// The deployed folder in a process of its own, as Azure's worker runs it: many calls at once, each with an id.
const { invoke, start, terminate } = require('../support/functions-host.cjs');

const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;

const does = {
  invoke,
  terminate,
  /** What is in memory once nobody uses the rest. */
  memory: async () => {
    for (let times = 0; times < 3; times += 1) {
      global.gc();
      await new Promise((done) => setTimeout(done, 50));
    }
    return process.memoryUsage().heapUsed;
  },
  /** The clock of the machine is set anew. */
  jump: ({ milliseconds }) => {
    ahead = milliseconds;
  },
};

process.on('message', async ({ id, does: name, ...given }) => {
  try {
    process.send({ id, value: await does[name](given) });
  } catch (error) {
    process.send({ id, error: String(error) });
  }
});
process.on('unhandledRejection', (error) => process.send({ unhandled: String(error) }));
process.send({ registered: start(process.argv[2]).length });
