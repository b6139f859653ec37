import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { Fleet } from '../../dev/host/fleet.ts';
import { Inbox } from '../../dev/host/inbox.ts';
import { listen } from '../../dev/host/listen.ts';
import { serve } from '../../dev/host/server.ts';
import { timerTrigger } from '../../dev/host/timer-trigger.ts';
import type { FleetView, SetView } from '../../src/drift/rules/view.ts';
import { assets, launch } from './support.ts';
import { chromium, PATIENCE_MS } from './visit.ts';

const HOUR = 3_600_000;

const ARM_ENDPOINT = 'http://127.0.0.1:7080';

const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';

export const ago = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();

export const instanceOf = (
  id: string,
  more: Partial<SetView['instances'][number]> = {},
): SetView['instances'][number] => ({
  id,
  since: ago(30),
  held: false,
  state: 'ok',
  reasons: [{ kind: 'imageVersion', from: '1.4.2', to: '1.5.0' }],
  ...more,
});

const updateOf = (name: string, instances: SetView['instances']): string =>
  `az vmss update-instances --subscription ${SUBSCRIPTION} -g rg-shop -n ${name} --instance-ids ${instances
    .filter(({ held }) => !held)
    .map(({ id }) => id)
    .join(' ')}`;

/** A set of ten, three of which are behind. */
export function setOf(name: string, more: Partial<SetView> = {}): SetView {
  const instances = more.instances ?? ['0', '1', '2'].map((id) => instanceOf(id));
  const [first] = instances;
  return {
    id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`,
    name,
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'rg-shop',
    location: 'westeurope',
    orchestration: 'Uniform',
    mode: 'Manual',
    total: 10,
    verdict: instances.length > 0 ? 'pending' : 'clean',
    behind: instances.length,
    ...(instances.length > 0 && { advice: 'update' as const, command: updateOf(name, instances) }),
    unknown: 0,
    ...(first !== undefined && { since: first.since, sinceAtLeast: false }),
    readAt: ago(0.1),
    instances,
    ...more,
  };
}

export const cleanSet = (name: string): SetView => setOf(name, { instances: [] });

export const viewWith = (sets: readonly SetView[], more: Partial<FleetView> = {}): FleetView => ({
  version: 1,
  ranAt: ago(0.1),
  subscriptions: [{ id: SUBSCRIPTION, name: 'Prod-EU', read: 'full' }],
  sets: [...sets],
  ...more,
});

/** Somebody who looks at a fleet: the local run's own server, with a report that does what the test says. */
export interface FleetVisit {
  readonly page: Page;
  readonly url: string;
  readonly problems: string[];
  /** What the overview holds; undefined: nothing was checked yet. */
  view: FleetView | undefined;
  /** What a run of the report does. */
  run: (log: (facts: object) => void) => Promise<void>;
  /** Whether the report is on, when the page is opened. */
  open(isOn?: boolean): Promise<void>;
}

export function fleetVisits(): () => FleetVisit {
  let browser: Browser;
  let context: BrowserContext;
  let visit: FleetVisit;
  let close: () => Promise<void>;

  beforeAll(async () => {
    browser = await launch(chromium ?? '');
  }, PATIENCE_MS);

  afterAll(() => browser.close());

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'relay-fleet-'));
    const fleet = new Fleet();
    const handler = async (_: unknown, { log }: { log(message: string, ...details: unknown[]): void }) =>
      visit.run((facts) => log('drift', JSON.stringify(facts)));
    const server = serve({
      functions: async () => undefined,
      timers: timerTrigger({ drift: fleet.following({ handler }) }, () => undefined),
      inbox: new Inbox(folder),
      fleet: (call) => fleet.answer(call),
      assets,
      receivers: () => ({ receivers: [], builtIn: true }),
      log: () => undefined,
    });
    const url = `http://127.0.0.1:${await listen(server, 0)}`;
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.text().includes('Content Security Policy') && problems.push(line.text()));
    page.on('request', (request) => request.url().startsWith(url) || problems.push(`asked ${request.url()}`));
    visit = {
      ...{ page, url, problems, view: undefined, run: async () => undefined },
      async open(isOn = true) {
        if (isOn)
          fleet.reads(async () => (visit.view === undefined ? undefined : JSON.stringify(visit.view)), ARM_ENDPOINT);
        await page.goto(`${url}/fleet`);
        await page.locator('[data-state="live"]').waitFor();
      },
    };
    close = async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true, force: true });
    };
  }, PATIENCE_MS);

  afterEach(async () => {
    await context.close();
    await close();
    expect(visit.problems).toStrictEqual([]);
  });

  return () => visit;
}
