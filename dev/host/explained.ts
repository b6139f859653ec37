import { typedHere } from '../../src/event/command.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';

/** Why the local run could not start, for whoever started it. */
export function explained(error: unknown): string {
  if (error instanceof ConfigurationError) {
    const problems = error.problems.map(({ path, message }) => `  ${path}: ${message}`);
    return ['The settings cannot be used:', ...problems].join('\n');
  }
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as { readonly code?: unknown; readonly port?: unknown };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. ${TAKE_ANOTHER}`;
  // The first 1,024 are kept for the system in some places.
  if (code === 'EACCES' && port !== undefined) return `Port ${port} is not for every program. ${TAKE_ANOTHER}`;
  return error.message;
}

const TAKE_ANOTHER = `Take a free one: PORT=0 ${typedHere.start}`;
