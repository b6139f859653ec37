import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Missing, type Part } from './part.ts';
import { PARTS } from './registry.ts';
import { isGood, type Result, row, runAll } from './table.ts';

const part = (more: Partial<Part>): Part => ({
  name: 'Bicep',
  version: '0.49.2',
  from: '.NET',
  checks: 'what is made',
  run: async () => '9 snapshots',
  ...more,
});

async function results(...parts: readonly Part[]): Promise<readonly Result[]> {
  const all: Result[] = [];
  for await (const each of runAll(parts)) all.push(each);
  return all;
}

const missing = () => Promise.reject(new Missing('there is no .NET (dotnet) here'));
const failed = () => Promise.reject(new Error('a warning'));

describe('the table of the platform', () => {
  it('says what was checked, what was not and why, and what failed', async () => {
    const rows = (await results(part({}), part({ run: missing }), part({ run: failed }))).map(row);

    expect(rows[0]).toContain('checked: 9 snapshots');
    expect(rows[1]).toContain('NOT CHECKED, because there is no .NET (dotnet) here');
    expect(rows[2]).toContain('FAILED');
  });

  it.each([
    ['.NET', false, true],
    ['.NET', true, false],
    ['npm', true, false],
    ['Debian', true, true],
    ['by hand', true, true],
  ] as const)('takes a missing part of %s with strict as %s for good: %s', async (from, isStrict, good) => {
    expect(isGood(await results(part({ from, run: missing })), isStrict)).toBe(good);
  });

  it('is never good where something failed', async () => {
    expect(isGood(await results(part({ run: failed, from: 'by hand' })), false)).toBe(false);
  });

  it('calls each part by a name of its own', () => {
    expect(new Set(PARTS.map(({ name }) => name)).size).toBe(PARTS.length);
  });
});

describe('the check of the Azure CLI', () => {
  it('says that it was not done where there is no az, which may be so with --strict too', () => {
    const bin = mkdtempSync(join(tmpdir(), 'relay-bin-'));
    symlinkSync(process.execPath, join(bin, 'node'));
    const { status, stdout } = spawnSync('node', ['scripts/platform.ts', '--strict', 'Azure CLI'], {
      env: { PATH: bin },
      encoding: 'utf8',
    });
    rmSync(bin, { recursive: true, force: true });

    expect(stdout).toMatch(/^Azure CLI +>=2\.45\.0 .*NOT CHECKED, because az is not installed here/m);
    expect(status).toBe(0);
  });
});

describe('the check of Bicep', () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'relay-bin-'));
    symlinkSync(process.execPath, join(bin, 'node'));
  });
  afterEach(() => rmSync(bin, { recursive: true, force: true }));

  const program = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const infra = (env: NodeJS.ProcessEnv = {}) => {
    // Where no compiler was fetched before.
    const PLATFORM_FOLDER = join(bin, 'packages');
    const { status, stderr } = spawnSync('node', ['scripts/infra.ts'], {
      env: { PATH: bin, PLATFORM_FOLDER, ...env },
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  it('says that it was not done where there is no .NET, and fails for that in CI only', () => {
    expect(infra()).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('NOT CHECKED, because there is no .NET (dotnet) here'),
    });
    expect(infra({ CI: 'true' }).status).toBe(1);
  });

  it('says so where packages do not come', () => {
    program('dotnet', 'echo "x.csproj : error NU1301: Unable to load the service index."; exit 1');

    expect(infra().stderr).toContain('NOT CHECKED, because the packages of NuGet did not come (NU1301: Unable to load');
  });

  it('does not go by a compiler of another version', () => {
    program('bicep', 'echo "Bicep CLI version 0.45.15 (abc)"');

    expect(infra().stderr).toContain('the bicep on the PATH is 0.45.15, not 0.49.2');
  });
});
