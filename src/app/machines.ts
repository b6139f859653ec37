import type { Config } from '../config/config.ts';
import type { MachineReader } from '../delivery/ports.ts';
import { azureOf } from './azure.ts';

/** The reader of machines, where the configuration wants it. What it is made of is loaded for the first look. */
export function machinesOf({
  machines,
  arm,
  ...config
}: Pick<Config, 'machines' | 'arm' | 'development' | 'azureClientId'>): MachineReader | undefined {
  if (!machines || arm === undefined) return undefined;
  let opened: Promise<MachineReader> | undefined;
  const open = () =>
    (opened ??= import('../outbound/arm/machines.ts').then(({ machineReader }) => machineReader(azureOf(arm, config))));
  return {
    look: async (setId) => (await open()).look(setId),
    limits: async (setId) => (await open()).limits(setId),
  };
}
