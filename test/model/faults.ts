import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A mistake that somebody could make: in a copy of the code in memory, each text is another one. */
export interface Fault {
  readonly name: string;
  /** The scenario in which `npm test` finds it. */
  readonly scenario: string;
  readonly file: `src/${string}.ts`;
  /** What is there, exactly once, and what is there instead. */
  readonly texts: readonly (readonly [there: string, instead: string])[];
  /** Where the same mistake takes another file as well. */
  readonly also?: Pick<Fault, 'file' | 'texts'>;
}

export const faults: readonly Fault[] = [
  {
    name: 'an event is recorded as sent before it is sent',
    scenario: 'one',
    file: 'src/delivery/rules/claim.ts',
    texts: [["    state: 'sending',", "    state: 'sent',"]],
  },
  {
    name: 'the next try is queued only once the row says so',
    scenario: 'one',
    file: 'src/delivery/settle.ts',
    texts: [
      ['  await deliveries.send({ ...delivery, ...next, receivers: [name] }, delay);\n', ''],
      [
        "  return { outcome: 'retry', reason, delay };",
        "  await deliveries.send({ ...delivery, ...next, receivers: [name] }, delay);\n  return { outcome: 'retry', reason, delay };",
      ],
    ],
  },
  {
    name: 'a message takes over the claim of another one that is being sent',
    scenario: 'twice',
    file: 'src/delivery/rules/claim.ts',
    texts: [["const free = entry.state !== 'sending' ||", 'const free = entry.receiver === wish.receiver ||']],
  },
  {
    name: "an event's row is written whatever is there",
    scenario: 'one',
    file: 'src/delivery/claim.ts',
    texts: [
      ["(row === undefined ? { kind: 'insert', key, value }", "(row === undefined ? { kind: 'put', key, value }"],
    ],
  },
  {
    name: 'a flush ends without a call for what still waits',
    scenario: 'urgent',
    file: 'src/delivery/flush.ts',
    texts: [['  if (at !== undefined) await callFlush(ports, { name, call, at });\n', '']],
  },
  {
    name: 'a flush holds no lease',
    scenario: 'long flush',
    file: 'src/delivery/flush.ts',
    texts: [
      ['      !isMine && isFlushing(state, now)\n', '      !isMine && isFlushing(state, Number.POSITIVE_INFINITY)\n'],
    ],
    also: {
      file: 'src/delivery/in-turn.ts',
      texts: [['state.flushing?.owner !== owner || (lane', '(lane']],
    },
  },
  {
    name: 'a flush tells the urgent events last',
    scenario: 'urgent',
    file: 'src/delivery/rules/lanes.ts',
    texts: [
      ['return units.toSorted((a, b) => Number(isRefused(a)) - Number(isRefused(b)));', 'return units.toReversed();'],
    ],
  },
  {
    name: 'what a message waits for is not called for again when it is back',
    scenario: 'window',
    file: 'src/relay/pipeline.ts',
    texts: [['if (decision.entry.owner === owner) await callAgain(ports, decision.entry, now);', '']],
  },
  {
    name: 'the end of one story ends another',
    scenario: 'stories',
    file: 'src/event/story.ts',
    texts: [[`return \`alert $\{story}\`;`, "return 'alert';"]],
  },
  {
    name: 'what has left the parking place is written down in another transaction',
    scenario: 'parked',
    file: 'src/delivery/parked.ts',
    texts: [
      [": { kind: 'delete', key },", ": { kind: 'put', key: eventKey(id), value },"],
      [
        "    if ((await write(some)) !== 'conflict') continue;",
        "    await dispatch.ports.ledger.write(name, some.map(({ key }) => ({ kind: 'delete' as const, key })));\n    if ((await write(some)) !== 'conflict') continue;",
      ],
    ],
  },
];

/** From now on the code is loaded with this fault. Throws where a text is not there exactly once. */
export function plant({ name, file, texts, also }: Omit<Fault, 'scenario'>): void {
  if (also !== undefined) plant({ name, ...also });
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const source = texts.reduce(
    (text, [there, instead]) => planted(text, there, instead, name),
    readFileSync(path, 'utf8'),
  );
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      return url === pathToFileURL(path).href ? { ...loaded, source } : loaded;
    },
  });
}

function planted(text: string, there: string, instead: string, name: string): string {
  const [before, after, ...more] = text.split(there);
  if (before === undefined || after === undefined || more.length > 0)
    throw new RangeError(`"${name}" is to change a text that is not there exactly once: ${there}`);
  return before + instead + after;
}
