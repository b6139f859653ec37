import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Config } from '../config/config.ts';
import { readConfigText, whyUnreadable } from '../config/file-text.ts';
import type { RelayEvent } from '../event/event.ts';
import { outline } from '../event/outline.ts';
import { PayloadError, type Problem } from '../problems/errors.ts';
import { glob } from '../routing/glob.ts';
import { ignoredText } from '../sources/ignored.ts';
import { ownSources } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';

/** What became of a sample body: a fault, or its events and what they leave out. */
type Sample =
  | { readonly fault: string }
  | { readonly events: readonly RelayEvent[]; readonly ignored: readonly string[] };

/** What the samples of one mapping amount to. */
export interface ReadSamples {
  readonly source: string;
  readonly samples: number;
  /** How many of each: "alert fired". */
  readonly events: Readonly<Record<string, number>>;
  readonly ignored: readonly string[];
}

/** The sample bodies of mappings, each read as if it had been posted, and what is wrong with them. `name` and `text` are the configuration's. */
export async function readSamples(
  { name, text }: { readonly name: string; readonly text: string },
  sources: Config['sources'],
): Promise<{ readonly read: readonly ReadSamples[]; readonly problems: readonly Problem[] }> {
  const lines = text.split('\n');
  const found = ownSources(sources).map(async (own) => {
    const source = await own.load();
    const { samples = [], like } = sources[own.name] ?? {};
    const line = lines.findIndex((each) => each.trimStart().startsWith(`${own.name}:`)) + 1 || 1;
    const all = await Promise.all(
      samples.map((each) => samplesOf(join(dirname(name), each), source, like !== undefined)),
    );
    const path = `${name}:${line}:1  sources.${own.name}.samples`;
    const problems = all.flat().flatMap((each) => ('fault' in each ? [{ path, message: each.fault }] : []));
    return { problems, read: samples.length === 0 ? [] : [summed(own.name, all.flat())] };
  });
  const done = await Promise.all(found);
  return { read: done.flatMap(({ read }) => read), problems: done.flatMap(({ problems }) => problems) };
}

function summed(source: string, all: readonly Sample[]): ReadSamples {
  const good = all.flatMap((each) => ('fault' in each ? [] : [each]));
  const states = good.flatMap(({ events }) => events.map((event) => `${event.kind} ${outline(event).state}`));
  const events = Object.fromEntries(
    [...Map.groupBy(states, (state) => state)].map(([state, each]) => [state, each.length]),
  );
  return { source, samples: all.length, events, ignored: [...new Set(good.flatMap(({ ignored }) => ignored))] };
}

async function samplesOf(pattern: string, source: Source, hasLike: boolean): Promise<readonly Sample[]> {
  const folder = dirname(pattern);
  const name = basename(pattern);
  try {
    const files = name.includes('*') ? (await readdir(folder)).filter(glob(name)) : [name];
    if (files.length === 0) return [{ fault: `${pattern}: there is no such file` }];
    return await Promise.all(files.sort().map((each) => sampleOf(join(folder, each), source, hasLike)));
  } catch (error) {
    return [{ fault: `${pattern}: ${whyUnreadable(error)}` }];
  }
}

async function sampleOf(file: string, source: Source, hasLike: boolean): Promise<Sample> {
  let body: unknown;
  try {
    body = JSON.parse(await readConfigText(file));
  } catch (error) {
    return { fault: `${file}: ${error instanceof SyntaxError ? 'it is no JSON' : whyUnreadable(error)}` };
  }
  const headers = new Headers();
  if (hasLike && !source.detects(body, headers)) return { fault: `${file}: it is not as \`like\` says` };
  const context = { headers, receivedAt: new Date().toISOString(), includes: () => false };
  try {
    const read = source.read(body, context);
    return { events: 'reply' in read ? [] : read, ignored: (source.ignored?.(body, context) ?? []).map(ignoredText) };
  } catch (error) {
    if (error instanceof PayloadError) return { fault: `${file}: ${error.message}` };
    throw error;
  }
}
