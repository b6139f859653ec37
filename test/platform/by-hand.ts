import { Missing, type Part } from './part.ts';

const missing = (why: string) => async (): Promise<string> => {
  throw new Missing(why);
};

/** In no registry, so it is looked at by hand: the library's own end of it is held in test/bundle.test.ts. */
export const workerPart: Part = {
  name: 'Node.js worker',
  version: '3.x',
  from: 'by hand',
  checks: 'bodies of every length and none through HTTP streams',
  run: missing('no registry has the worker; test/bundle.test.ts drives the server of @azure/functions that it starts'),
};
