// What Azure's Node.js worker does with a deployed folder, as far as a test needs it: it puts `@azure/functions-core`
// in place, loads the folder's main file, and calls what was registered through the library's own invocation model
// (https://github.com/Azure/azure-functions-nodejs-worker).
const Module = require('node:module');
const { join } = require('node:path');

const functions = new Map();
const requested = new Set();
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
Module._load = (request, ...rest) => {
  requested.add(request);
  return request === '@azure/functions-core' ? core : load(request, ...rest);
};

/** Loads a file or a folder with a package.json; returns the functions that it registers. */
exports.start = (path) => {
  require(path.endsWith('.cjs') ? path : join(path, require(join(path, 'package.json')).main));
  return [...functions.values()].map(({ metadata }) => metadata);
};

/** The answer of a function, and what it logged. */
exports.invoke = async ({ name, data, triggerMetadata }) => {
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
};

/** Everything that was asked for with require(), as it was asked for. */
exports.requested = requested;
