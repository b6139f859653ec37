import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Missing } from '../part.ts';

/** A message of FunctionRpc.proto: an id, and one of its contents by its name. */
export type Message = Readonly<Record<string, unknown>> & { readonly requestId?: string; readonly content?: string };

/** The stream between a host and its worker. */
export interface Call {
  on(event: 'data', listener: (message: Message) => void): void;
  on(event: 'error' | 'end', listener: () => void): void;
  write(message: Message): void;
  end(): void;
}

interface GrpcServer {
  addService(service: unknown, handlers: Readonly<Record<string, (call: Call) => void>>): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  start(): void;
  forceShutdown(): void;
}

interface Grpc {
  readonly Server: new (options: Readonly<Record<string, number>>) => GrpcServer;
  readonly ServerCredentials: { createInsecure(): unknown };
}

interface Loader {
  loadSync(
    file: string,
    options: object,
  ): Readonly<Record<string, { readonly EventStream?: { readonly requestType: unknown } }>>;
}

const PROTO = 'azure-functions-language-worker-protobuf/src/proto';
// What Azure's host sets, and more than any body here.
export const MOST_BYTES = 128 * 1024 * 1024;

/** A server for the worker of a folder, with that worker's own libraries and messages. `take` gets its stream. */
export async function rpcServer(folder: string, take: (call: Call) => void) {
  const from = createRequire(join(folder, 'package.json'));
  let grpc: Grpc;
  let loader: Loader;
  try {
    grpc = from('@grpc/grpc-js');
    loader = from('@grpc/proto-loader');
  } catch {
    throw new Missing(`${folder} has no @grpc/grpc-js and @grpc/proto-loader; npm install there`);
  }
  const definition = loader.loadSync('FunctionRpc.proto', {
    ...{ includeDirs: [join(folder, PROTO)], defaults: false, oneofs: true, enums: String, longs: Number },
  });
  const server = new grpc.Server({
    'grpc.max_receive_message_length': MOST_BYTES,
    'grpc.max_send_message_length': MOST_BYTES,
  });
  server.addService(definition['AzureFunctionsRpcMessages.FunctionRpc'], { EventStream: take });
  const port = await new Promise<number>((done, fail) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? done(bound) : fail(error),
    );
  });
  // Before 1.10, which the worker's lock file names, it refuses every stream until then; from then on it only says that it need not be asked.
  server.start();
  return { port, [Symbol.asyncDispose]: async () => server.forceShutdown() };
}
