import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium, launch } from '../test/browser/support.ts';

// Takes the pictures in docs/ of what the relay really makes: a local run, the webhook of the README, the inbox page.

const WIDTH = 1180;

/** A local run with storage of its own; the line that begins with "ready" names its address. */
async function localRun(dataDir: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['src/local/start.ts'], {
    env: { ...process.env, PORT: '0', RELAY_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready\s+(\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error('the local run ended before it was ready');
}

const chromium = findChromium();
if (chromium === undefined) throw new Error('no Chromium was found; set CHROMIUM_PATH to one');
const dataDir = await mkdtemp(join(tmpdir(), 'relay-screenshot-'));
const { url, child } = await localRun(dataDir);
const browser = await launch(chromium);
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      viewport: { width: WIDTH, height: 640 },
      colorScheme,
      deviceScaleFactor: 1.5,
    });
    await page.goto(url);
    if (colorScheme === 'light') await page.getByRole('button', { name: 'Send a test scale-out' }).click();
    await page.locator('article[data-destination="teams"]').waitFor();
    await page.locator('article[data-destination="slack"]').waitFor();
    // The message slides in softly.
    await page.waitForTimeout(800);
    const { height } = (await page.locator('.row').first().boundingBox()) ?? { height: 500 };
    await page.setViewportSize({ width: WIDTH, height: Math.ceil(height) + 110 });
    await page.screenshot({ path: `docs/inbox-${colorScheme}.png` });
  }
} finally {
  await browser.close();
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(dataDir, { recursive: true, force: true });
}
