import type { Config } from '../config/config.ts';
import type { DriftCheck, DriftParts, DriftReports } from '../drift/run.ts';
import { azureDriftState } from '../outbound/storage/drift-state.ts';
import type { StorageConnection } from '../outbound/storage/storage.ts';
import { RelayError } from '../problems/errors.ts';
import { azureOf } from './azure.ts';

type DriftConfig = Pick<Config, 'drift' | 'development' | 'azureClientId'>;

/** The drift report of these settings; undefined where it is off. `container` holds its state. */
export function driftReports(
  config: DriftConfig,
  storage: StorageConnection,
  container: string,
): DriftReports | undefined {
  const { drift } = config;
  if (drift === undefined) return undefined;
  const store = azureDriftState(storage, container);
  return {
    check(send) {
      let opened: Promise<DriftCheck> | undefined;
      return async (progress) => {
        opened ??= open(drift, config, { store, send });
        return (await opened)(progress);
      };
    },
    async list() {
      const [{ stateName }, { parseState }, { fleetList }] = await Promise.all([
        import('../drift/run.ts'),
        import('../drift/rules/state.ts'),
        import('../drift/rules/fleet-list.ts'),
      ]);
      const state = parseState((await store.read(stateName(drift))) ?? '');
      return state && fleetList(state);
    },
    async episodes() {
      const [{ stateName }, { parseState }, { episodesIn }] = await Promise.all([
        import('../drift/run.ts'),
        import('../drift/rules/state.ts'),
        import('../drift/rules/episodes.ts'),
      ]);
      const state = parseState((await store.read(stateName(drift))) ?? '');
      return state === undefined ? [] : episodesIn(state);
    },
    async overview() {
      const { stateName } = await import('../drift/run.ts');
      return store.readOverview(stateName(drift));
    },
    async touched(setIds) {
      try {
        if (setIds.length > 0) await store.mark(setIds);
      } catch (error) {
        // Without the mark the set is read a little later.
        if (!(error instanceof RelayError)) throw error;
      }
    },
  };
}

/** Webhooks need none of this, so it is loaded when first needed. */
async function open(
  settings: DriftParts['settings'],
  config: DriftConfig,
  more: Pick<DriftParts, 'store' | 'send'>,
): Promise<DriftCheck> {
  const [{ createDriftCheck }, { resourceManager }] = await Promise.all([
    import('../drift/run.ts'),
    import('../outbound/arm/resource-manager.ts'),
  ]);
  return createDriftCheck({
    ...more,
    settings,
    open: resourceManager(azureOf(settings, config)),
    clock: { now: Date.now },
    overview: config.development,
  });
}
