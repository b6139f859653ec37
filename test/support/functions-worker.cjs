// What Azure's Node.js worker does with a deployed folder, as far as a test needs it: it puts `@azure/functions-core`
// in place, loads the folder's main file, and calls what was registered through the library's own invocation model
// (https://github.com/Azure/azure-functions-nodejs-worker). Talks to its parent process by messages.
const Module = require('node:module');
const { join } = require('node:path');

const [folder] = process.argv.slice(2);
const functions = new Map();
let model;

const core = {
  version: '3.12.0',
  hostVersion: '4.1040.0',
  setProgrammingModel: (given) => {
    model = given;
  },
  registerFunction: (metadata, callback) => {
    functions.set(metadata.name, { metadata, callback });
    return { dispose: () => undefined };
  },
  registerHook: () => ({ dispose: () => undefined }),
  log: () => undefined,
};

const load = Module._load;
Module._load = (request, ...rest) => (request === '@azure/functions-core' ? core : load(request, ...rest));
require(join(folder, require(join(folder, 'package.json')).main));

async function invoke({ name, data, triggerMetadata }) {
  const { metadata, callback } = functions.get(name);
  const [trigger] = Object.entries(metadata.bindings).find(([, { type }]) => type.endsWith('Trigger'));
  const request = { inputData: [{ name: trigger, data }], triggerMetadata };
  const logs = [];
  const invocation = model.getInvocationModel({
    invocationId: 'test',
    metadata,
    request,
    state: undefined,
    log: (_level, _category, line) => logs.push(line),
  });
  const { context, inputs } = await invocation.getArguments();
  const response = await invocation.getResponse(context, await invocation.invokeFunction(context, inputs, callback));
  return { response, logs };
}

process.on('message', (message) => {
  invoke(message).then(
    (answer) => process.send(answer),
    (error) => process.send({ error: String(error) }),
  );
});
process.send({ registered: [...functions.keys()] });
