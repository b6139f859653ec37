import { quoted } from '../../src/drift/rules/quote.ts';
import { typedHere } from '../../src/event/command.ts';
import { answers, isAlive } from './alive.ts';
import { freePort } from './free-port.ts';
import { storageFile } from './storage-file.ts';

/** Throws an Error that says what to do where a relay already works in this folder. `port` is the one wanted for the new. */
export async function refuseSecondRelay(dataDir: string, port: number): Promise<void> {
  const url = await relayIn(dataDir);
  if (url === undefined) return;
  const settings = `PORT=${await freePortFrom(port)} RELAY_DATA_DIR=${quoted(await freeFolderAfter(dataDir))}`;
  throw new Error(
    [
      `A relay already runs in this folder: ${url}. End it (Ctrl-C in its terminal), or start a second one: ${settings} ${typedHere.start}`,
      'Other settings that you gave on the command line go before it as well.',
    ].join('\n'),
  );
}

/** The URL of the relay that works in a folder. What one that was killed left there does not count. */
async function relayIn(dataDir: string): Promise<string | undefined> {
  const { relay, relayPid } = (await storageFile(dataDir).read()) ?? {};
  if (relay === undefined || (relayPid !== undefined && !isAlive(relayPid))) return undefined;
  return (await answers(`${relay}/api/health`)) ? relay : undefined;
}

const MOST_TRIED = 20;

async function freePortFrom(first: number): Promise<number> {
  for (let port = first; port > 0 && port < first + MOST_TRIED && port <= 65_535; port += 1) {
    if ((await freePort(port)) !== undefined) return port;
  }
  // The system takes one then.
  return 0;
}

/** `.relay-2` beside `.relay`, or the next that no relay works in. */
async function freeFolderAfter(dataDir: string): Promise<string> {
  const [, name, number = '1'] = /^(.*?)(?:-(\d{1,3}))?[\\/]*$/.exec(dataDir) ?? [];
  let next = Number(number) + 1;
  while ((await relayIn(`${name}-${next}`)) !== undefined) next += 1;
  return `${name}-${next}`;
}
