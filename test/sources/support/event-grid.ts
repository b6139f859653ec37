import { PayloadError } from '../../../src/problems/errors.ts';

export const SUBSCRIPTION = '/subscriptions/3f2b1c90-5c1f-4b7e-9a55-0d2f6a1e7b11';
export const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-shop`;
export const SCALE_SET = `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web`;
export const SITE = `${GROUP}/providers/Microsoft.Web/sites/shop-api`;

/** A message in the Event Grid schema. */
export const gridEvent = (eventType: string, data: unknown, more: object = {}) => ({
  id: 'b7f4a2de-1000-4c7e-9f10-11aa22bb33c1',
  topic: SUBSCRIPTION,
  subject: SCALE_SET,
  eventType,
  eventTime: '2026-11-18T09:14:02.5811904Z',
  data,
  dataVersion: '2',
  metadataVersion: '1',
  ...more,
});

/** A message in CloudEvents 1.0. */
export const cloudEvent = (type: string, data: unknown, more: object = {}) => ({
  specversion: '1.0',
  id: 'b7f4a2de-1000-4c7e-9f10-11aa22bb33c1',
  source: SUBSCRIPTION,
  subject: SCALE_SET,
  type,
  time: '2026-11-18T09:14:02.5811904Z',
  data,
  ...more,
});

/** What Azure Resource Manager says of an operation. */
export const operation = (operationName: string, resourceUri = SCALE_SET, status = 'Succeeded') => ({
  operationName,
  resourceUri,
  status,
  correlationId: '0a6f4e35-7d0f-4f2e-b2a9-5d4cc6f0a101',
});

/** Each way to lack one value of a body: null, absent, empty. */
export function lacking(body: unknown): readonly (readonly [string, unknown])[] {
  return pathsOf(body).flatMap((path) =>
    [null, undefined, ''].map(
      (value) => [`${path.join('.')} as ${value === '' ? '""' : value}`, put(body, path, value)] as const,
    ),
  );
}

/** Whether a body is refused. Whatever else goes wrong is thrown on. */
export function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof PayloadError) return true;
    throw error;
  }
}

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]));
  return path.every((key) => /^\d+$/.test(key)) ? inside : [path, ...inside];
}

function put(body: unknown, path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(body);
  const holder = path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown>)[key], copy);
  const last = path.at(-1) ?? '';
  if (value === undefined) delete (holder as Record<string, unknown>)[last];
  else (holder as Record<string, unknown>)[last] = value;
  return copy;
}
