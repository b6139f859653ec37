// One cold start, timed: loads a function app in this process and, where a call is given, makes it after a pause.
// Prints JSON: milliseconds of the load, of load and call together without the pause, and the answer's status.
const { setTimeout: sleep } = require('node:timers/promises');
const { invoke, start } = require('../support/functions-host.cjs');

const [path, pause, name, request] = process.argv.slice(2);

async function once() {
  const began = performance.now();
  start(path);
  const load = performance.now() - began;
  if (name === undefined) return { load };
  if (pause !== '0') await sleep(Number(pause));
  const called = performance.now();
  const { response } = await invoke({ name, data: { http: JSON.parse(request) } });
  return { load, whole: load + performance.now() - called, status: response.returnValue.http.statusCode };
}

function print(figures) {
  process.stdout.write(JSON.stringify(figures));
  // Connections to storage are kept open.
  process.exit();
}

once().then(print, (error) => {
  throw error;
});
