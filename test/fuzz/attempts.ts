import { fixturesOf } from '../support/fixtures.ts';
import { ask } from './ask.ts';
import { planted } from './mutations.ts';
import { falseProofs, type Proof, proofOf } from './proofs.ts';
import type { Stand } from './stand.ts';

/** The ways to write the address of a sender, and that of any. */
const doorsOf = (source: string): readonly string[] => [
  `/api/webhooks/${source}`,
  '/api/webhooks',
  `/api/preview/${source}`,
];

const writtenOtherwise = (source: string): readonly string[] => [
  ...[
    source.toUpperCase(),
    `${source}/`,
    `%${source.charCodeAt(0).toString(16)}${source.slice(1)}`,
    `.//${source}`,
    `${source};x`,
    `${source}%20`,
    `${source}?source=custom`,
  ].map((each) => `/api/webhooks/${each}`),
  `/API/WEBHOOKS/${source}`,
  `/api//webhooks/${source}`,
  `/api/preview/../webhooks/${source}`,
];

async function knock(url: string, body: Uint8Array, headers: Readonly<Record<string, string>>, proof: Proof) {
  const response = await ask(`${url}${proof.query === undefined ? '' : `?${proof.query}`}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers, ...proof.headers },
    body: new Uint8Array(body),
  });
  return { status: response.status, text: await response.text() };
}

/** Every attempt to post as a sender without being it, at each of its doors, and the one that is it. */
export async function knocksAt(there: Stand, source: string): Promise<readonly (() => Promise<void>)[]> {
  const [fixture] = fixturesOf(source).filter(({ expected }) => Array.isArray(expected) && expected.length > 0);
  if (fixture === undefined) throw new Error(`no body of ${source}`);
  const body = Buffer.from(JSON.stringify(fixture.body));
  const tried =
    (door: string, what: string, proof: Proof, law: string, isRight: (status: number) => boolean) => async () => {
      const { status, text } = await knock(there.url + door, body, fixture.headers, proof);
      there.watch(`the answer to ${what}`, text);
      if (!isRight(status))
        there.falls.push({ law, seen: `${source} at ${door} with ${what}: ${status} ${text.slice(0, 200)}` });
    };
  const refused = (door: string, what: string, proof: Proof) =>
    tried(door, what, proof, 'nobody else gets in', (status) => status >= 400 && status < 500);
  const attempts = await falseProofs(source, body, there.keys, there.others);
  const [named = ''] = doorsOf(source);
  return [
    tried(named, 'its proof', await proofOf(source, body, there.keys), 'a sender gets in', (status) => status === 202),
    ...doorsOf(source).flatMap((door) => attempts.map(([what, proof]) => refused(door, what, proof))),
    ...writtenOtherwise(source).map((door) =>
      refused(door, 'a key of somebody', { headers: { 'x-api-key': planted(0) } }),
    ),
  ];
}
