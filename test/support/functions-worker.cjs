// A process that has loaded a deployed folder as Azure's worker does, and talks to its parent by messages.
const { invoke, requested, start } = require('./functions-host.cjs');

process.on('message', (message) => {
  invoke(message).then(
    (answer) => process.send({ ...answer, requested: [...requested] }),
    (error) => process.send({ error: String(error), requested: [...requested] }),
  );
});
process.send({ registered: start(process.argv[2]) });
