import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { listen, type Reply } from './support/server.ts';

/** What the audit says where the registry answers so. */
async function audited(reply: Reply, ...options: readonly string[]) {
  await using registry = await listen(({ path }) =>
    path.includes('/advisories/') ? reply : { status: 404, body: '{}' },
  );
  // npm remembers what a registry said.
  const cache = await mkdtemp(join(tmpdir(), 'relay-audit-'));
  const env = { ...process.env, npm_config_registry: registry.url, npm_config_cache: cache };
  const audit = spawn(process.execPath, ['scripts/audit.ts', ...options], { env });
  const [said, complained] = await Promise.all([text(audit.stdout), text(audit.stderr), once(audit, 'exit')]);
  await rm(cache, { recursive: true });
  expect(registry.received.length).toBeGreaterThan(0);
  return { said, complained, status: audit.exitCode };
}

const hole = (name: string, severity: string): Reply => {
  const about = { id: 1, url: 'https://example.com/1', title: 'A hole', severity, vulnerable_versions: '>=0.0.1' };
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ [name]: [{ ...about, cwe: [], cvss: { score: 7, vectorString: null } }] }),
  };
};

describe('the audit', () => {
  it.each(['high', 'critical'])(
    'fails where a package that is deployed has a hole of %s severity',
    async (severity) => {
      const { said, status } = await audited(hole('axios', severity));

      expect(said).toContain(`${severity.padEnd(8)} axios`);
      expect(status).toBe(1);
    },
  );

  it('tells of lesser ones and does not fail', async () => {
    const { said, status } = await audited(hole('axios', 'moderate'));

    expect(said).toContain('moderate axios');
    expect(said).toContain('0 of high or critical severity, 1 of less');
    expect(status).toBe(0);
  });

  it('has nothing to say of packages that are for development only', async () => {
    expect(await audited(hole('vitest', 'critical'))).toMatchObject({
      status: 0,
      said: expect.stringContaining('0 of'),
    });
  });

  it('fails where the registry does not offer it, unless told that it may', async () => {
    expect(await audited({ status: 405 })).toMatchObject({
      said: expect.stringMatching(/^not audited: the registry does not offer it \(405\); .*--may-be-missing/),
      status: 1,
    });
    expect(await audited({ status: 405 }, '--may-be-missing')).toMatchObject({
      said: 'not audited: the registry does not offer it (405)\n',
      status: 0,
    });
  });

  it('fails where the registry cannot answer now', async () => {
    expect(await audited({ status: 503 })).toMatchObject({
      complained: expect.stringMatching(/^not audited: 503/),
      status: 1,
    });
  });
});
