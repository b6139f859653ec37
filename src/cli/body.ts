import { createReadStream } from 'node:fs';
import type { Config } from '../config/config.ts';
import { whyUnreadable } from '../config/file-text.ts';
import { typedHere } from '../event/command.ts';
import type { RelayEvent } from '../event/event.ts';
import { RelayError } from '../problems/errors.ts';
import { readJson } from '../relay/http.ts';
import { ignoredText } from '../sources/ignored.ts';
import { readAs } from '../sources/reading.ts';
import { type Listed, ownSources, sourceOf } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { CommandFailure } from './failure.ts';
import type { Work } from './shell.ts';
import { safeLine } from './text.ts';

interface Body {
  /** A path; "-" is standard input. */
  readonly file: string;
  readonly source?: string | undefined;
}

/** The events of a webhook body, read as the relay would, but for its credentials. Throws where there are none. */
export async function eventsOf(
  { file, source: named }: Body,
  sources: Config['sources'],
  { shell, screen }: Work,
): Promise<readonly RelayEvent[]> {
  if (file === '-' && shell.stdin.isTTY) screen.remark('Reading from the terminal; Ctrl-D ends.');
  const headers = new Headers();
  const { payload } = await readJson({
    method: 'POST',
    headers,
    params: {},
    query: new URLSearchParams(),
    body: file === '-' ? bytesOf(shell.stdin) : bytesOf(createReadStream(file), file),
  }).catch((error) => {
    // A file that cannot be read is no connection that broke off.
    if (error.cause instanceof CommandFailure) throw error.cause;
    if (file === '-' || !(error instanceof RelayError)) throw error;
    throw new CommandFailure(`${file}: ${error.message}.`, {
      next: `The JSON that a sender posts is wanted here; ${typedHere.relay} lint checks a configuration.`,
    });
  });
  const source = await senderOf(payload, headers, named, ownSources(sources));
  const { include = [], baseUrl } = sources[source.name] ?? {};
  const receivedAt = new Date().toISOString();
  const context = { headers, receivedAt, includes: (extra: string) => include.includes(extra), baseUrl };
  const read = await readAs(source, payload, context);
  if ('reply' in read) {
    throw new CommandFailure(
      `This is ${source.name} asking whether anybody is there: it is answered, and nobody is told.`,
    );
  }
  const ignored = source.ignored?.(payload, context) ?? [];
  if (ignored.length > 0) screen.remark(`Ignored: ${ignored.map(ignoredText).map(safeLine).join('; ')}`);
  if (read.length > 0) return read;
  const extras = Object.keys(source.extras).filter((extra) => !include.includes(extra));
  throw new CommandFailure(`${source.name} is read and this body is left out as noise: nobody is told.`, {
    next: extras.length === 0 ? undefined : `The configuration can include of ${source.name}: ${extras.join(', ')}`,
  });
}

async function senderOf(
  payload: unknown,
  headers: Headers,
  named: string | undefined,
  own: readonly Listed[],
): Promise<Source> {
  try {
    return await sourceOf(payload, headers, named, own);
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    throw new CommandFailure(error.message, {
      problems: error.problems.slice(3),
      next: named === undefined ? '--source <name> says whose it is.' : undefined,
    });
  }
}

async function* bytesOf(stream: NodeJS.ReadableStream, file?: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    if (file === undefined) throw error;
    throw new CommandFailure(`${file}: ${whyUnreadable(error)}.`, { status: 2 });
  }
}
