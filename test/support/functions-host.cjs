// What Azure's Node.js worker does with a deployed folder, as far as a test needs it: it puts `@azure/functions-core`
// in place, loads the folder's main file, and calls what was registered through the library's own invocation model
// (https://github.com/Azure/azure-functions-nodejs-worker). HTTP goes the way of streams: the library opens a server, and the host
// passes each request on to it under the id of its invocation (https://github.com/Azure/azure-functions-host, DefaultHttpProxyService).
const { randomUUID } = require('node:crypto');
const { request: httpRequest } = require('node:http');
const Module = require('node:module');
const { join } = require('node:path');

const functions = new Map();
const hooks = [];
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
  registerHook: (name, callback) => {
    hooks.push({ name, callback });
    return { dispose: () => undefined };
  },
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

let capabilities;

/** Passes a request on to the library's own server. `body.parts`: chunks without a length, `body.cut`: broken off after them. */
async function passOn({ method, url, headers = {}, body = {} }, invocationId) {
  capabilities ??= model.getCapabilities({});
  const { HttpUri } = await capabilities;
  if (HttpUri === undefined) throw new Error('the app does not ask for streams');
  const { pathname, search, host, protocol } = new URL(url);
  const forwarded = {
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-ms-invocation-id': invocationId,
  };
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      new URL(pathname + search, HttpUri),
      { method, headers: { ...headers, ...forwarded } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const http = {
            statusCode: String(response.statusCode),
            headers: response.headers,
            body: { bytes: Buffer.concat(chunks) },
          };
          resolve({ returnValue: { http } });
        });
      },
    );
    call.on('error', (error) => (body.cut ? resolve({ cut: true }) : reject(error)));
    if (body.parts === undefined) return call.end(body.string);
    const write = async () => {
      for (const part of body.parts) {
        // Once it has left: what is cut before that was never a request.
        await new Promise((left) => call.write(part, left));
        await new Promise((done) => setTimeout(done, body.pause ?? 0));
      }
      if (body.cut) call.destroy();
      else call.end();
    };
    write().catch(reject);
  });
}

const metadataOf = ({ headers = {}, params = {} }) => ({
  Headers: { json: JSON.stringify(headers) },
  ...Object.fromEntries(Object.entries(params).map(([name, string]) => [name, { string }])),
});

/** The answer of a function, and what it logged. */
exports.invoke = async ({ name, data, triggerMetadata }) => {
  const { metadata, callback } = functions.get(name);
  const [trigger] = Object.entries(metadata.bindings).find(([, { type }]) => type.endsWith('Trigger'));
  const invocationId = randomUUID();
  const passed = data.http && passOn(data.http, invocationId);
  const about = data.http ? { ...triggerMetadata, ...metadataOf(data.http) } : triggerMetadata;
  const request = { inputData: [{ name: trigger, data }], triggerMetadata: about };
  const logs = [];
  const invocation = model.getInvocationModel({
    invocationId,
    metadata,
    request,
    state: undefined,
    log: (_level, _category, line) => logs.push(line),
  });
  const { context, inputs } = await invocation.getArguments();
  const response = await invocation.getResponse(context, await invocation.invokeFunction(context, inputs, callback));
  return { response: passed ? await passed : response, logs };
};

/** What the worker does before it ends. */
exports.terminate = () =>
  Promise.all(hooks.filter(({ name }) => name === 'appTerminate').map(({ callback }) => callback({})));

/** Everything that was asked for with require(), as it was asked for. */
exports.requested = requested;
