import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { findChromium, launch } from '../test/browser/support.ts';
import { gallery } from './gallery.ts';
import { shownFleet } from './screenshot-fleet.ts';
import { pagePictures } from './screenshot-page.ts';
import { freePort, storyConfig, storyPicture, tellStory } from './screenshot-story.ts';

// Takes the pictures in docs/ of what the relay really makes: a local run and its inbox page, and one of the gallery.

const WIDTH = 1180;

/** A local run with storage of its own; the line that begins with "ready" names its address. */
async function localRun(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['dev/host/start.ts'], {
    env: { ...process.env, PORT: '0', ...env, RELAY_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready\s+(\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error('the local run ended before it was ready');
}

/** A picture of the top of a page, down to the end of its first row. */
async function picture(page: Page, path: string): Promise<void> {
  await page.locator('article[data-destination="teams"]').first().waitFor();
  await page.locator('article[data-destination="slack"]').first().waitFor();
  // The message slides in softly.
  await page.waitForTimeout(800);
  const { y, height } = (await page.locator('.row').first().boundingBox()) ?? { y: 0, height: 500 };
  await page.setViewportSize({ width: WIDTH, height: Math.ceil(y + height) + 24 });
  await page.screenshot({ path });
}

/** The fleet page, after a check that its own button asked for, with an instance in the panel. */
async function fleetPictures(open: (address: string, scheme: 'light' | 'dark') => Promise<Page>): Promise<void> {
  const azure = await shownFleet();
  const fleetData = await mkdtemp(join(tmpdir(), 'relay-screenshot-'));
  const { url, child } = await localRun(fleetData, { ARM_ENDPOINT: azure.url, DRIFT_SCOPE: 'tenant' });
  try {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await open(`${url}/fleet`, scheme);
      if (scheme === 'light') await page.getByRole('button', { name: 'Check now' }).click();
      await page.getByRole('rowheader').first().click();
      const { y, height } = (await page.getByRole('grid').boundingBox()) ?? { y: 0, height: 800 };
      await page.setViewportSize({ width: WIDTH, height: Math.ceil(y + height) + 24 });
      await page.waitForTimeout(800);
      await page.screenshot({ path: `docs/fleet-${scheme}.png` });
    }
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(fleetData, { recursive: true, force: true });
    await azure[Symbol.asyncDispose]();
  }
}

/** One story in one message. */
async function storyPictures(open: (address: string, scheme: 'light' | 'dark') => Promise<Page>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-screenshot-'));
  const port = await freePort();
  const config = join(folder, 'relay.yaml');
  await writeFile(config, storyConfig(port));
  const { url, child } = await localRun(join(folder, 'data'), { PORT: `${port}`, RELAY_CONFIG: config });
  try {
    await tellStory(url);
    for (const scheme of ['light', 'dark'] as const) {
      await storyPicture(await open(url, scheme), `docs/story-${scheme}.png`);
    }
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

const chromium = findChromium();
if (chromium === undefined) throw new Error('no Chromium was found; set CHROMIUM_PATH to one');
const dataDir = await mkdtemp(join(tmpdir(), 'relay-screenshot-'));
const { url, child } = await localRun(dataDir);
const browser = await launch(chromium);
const open = async (address: string, colorScheme: 'light' | 'dark', timezoneId = 'UTC'): Promise<Page> => {
  const page = await browser.newPage({
    viewport: { width: WIDTH, height: 640 },
    colorScheme,
    deviceScaleFactor: 1.5,
    timezoneId,
  });
  await page.goto(address);
  return page;
};
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open(url, colorScheme);
    if (colorScheme === 'light') await page.getByRole('button', { name: 'Send a test scale-out' }).click();
    await picture(page, `docs/inbox-${colorScheme}.png`);
  }
  await storyPictures(open);
  await fleetPictures(open);
  await pagePictures(open);
  const file = join(dataDir, 'gallery.html');
  await writeFile(file, await gallery());
  const drift = `${pathToFileURL(file)}#kind=drift&language=ko`;
  await picture(await open(drift, 'light', 'Asia/Seoul'), 'docs/gallery.png');
} finally {
  await browser.close();
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(dataDir, { recursive: true, force: true });
}
