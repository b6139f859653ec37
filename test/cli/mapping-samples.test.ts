import { mkdir, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cli, folderWith } from './support/cli.ts';

const CONFIG = `receivers:
  inbox: { type: slack, url: "http://127.0.0.1:9/x" }
sources:
  tides:
    like: { tide: "*" }
    map: { title: tide, severity: level }
    samples: ["samples/*.json"]
`;

const linted = async (bodies: Readonly<Record<string, unknown>>, config = CONFIG) => {
  await using folder = await folderWith({ 'relay.yaml': config });
  await mkdir(`${folder.path}/samples`);
  for (const [name, body] of Object.entries(bodies)) {
    await writeFile(`${folder.path}/samples/${name}.json`, JSON.stringify(body));
  }
  const { status, stdout } = await cli(['lint'], { cwd: folder.path, env: {} });
  return { status, stdout };
};

it('reads the sample bodies of a mapping, and says which are not read, and why', async () => {
  expect((await linted({ good: { tide: 'High', level: 'info' } })).status).toBe(0);

  const { status, stdout } = await linted({
    bad: { tide: 'High', level: 'wet' },
    strange: { ebb: 1 },
    good: { tide: 'Low' },
  });

  expect(status).not.toBe(0);
  expect(stdout).toMatch(/relay\.yaml:4:1 {2}sources\.tides\.samples: .*bad\.json: .*sources\.tides\.map\.severity/);
  expect(stdout).toMatch(/strange\.json: it is not as `like` says/);
  expect(stdout).not.toMatch(/good\.json/);
});

it('says where there are none', async () => {
  expect((await linted({})).stdout).toMatch(/samples\/\*\.json: there is no such file/);
});

it('takes a * anywhere in the name', async () => {
  const some = CONFIG.replace('*.json', 'good*');

  expect((await linted({ 'good-1': { tide: 'High' }, 'bad-1': { ebb: 1 } }, some)).status).toBe(0);
  expect((await linted({ 'bad-1': { ebb: 1 } }, some)).stdout).toMatch(/samples\/good\*: there is no such file/);
});

it('says what they became, and what is left out', async () => {
  const { status, stdout } = await linted(
    { one: { tide: 'High', level: 'error' }, two: { tide: 'Low', url: 'http://tide.example' } },
    CONFIG.replace('severity: level', 'severity: level, links: { site: url }'),
  );

  expect(status).toBe(0);
  expect(stdout).toMatch(/^tides: of 2 sample bodies: 1 custom error, 1 custom info; left out: links\.0 \(.*https/m);
});
