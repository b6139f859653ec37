import { randomUUID } from 'node:crypto';
import { ContainerClient } from '@azure/storage-blob';
import { describe, expect, inject, it } from 'vitest';
import { azureRejected } from '../../src/outbound/storage/rejected.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-20T14:05:09.000Z');

function rejectedHere() {
  const name = `rejected-${randomUUID()}`;
  const connectionString = inject('storage');
  const container = new ContainerClient(connectionString, name);
  const names = async () => {
    const found: string[] = [];
    for await (const { name } of container.listBlobsFlat()) found.push(name);
    return found;
  };
  return { rejected: azureRejected({ connectionString }, name), container, names };
}

const about = (age: number) => ({
  id: randomUUID(),
  receivedAt: new Date(now - age * DAY).toISOString(),
  source: 'jenkins',
  reason: 'jenkins cannot read this body: 이유 …',
});

describe('rejected bodies in Azure Storage', () => {
  it('are kept byte for byte, also where there was no container yet', async () => {
    const { rejected, container, names } = rejectedHere();
    const bytes = Buffer.from('{"täxt": "한글"}');

    await rejected.keep(bytes, about(0));

    const [name = ''] = await names();
    expect(name).toMatch(/^2026-11-20\/[0-9a-f-]+\.json$/);
    expect(await container.getBlobClient(name).downloadToBuffer()).toStrictEqual(bytes);
  });

  it('are kept once, however often the same one comes in a day', async () => {
    const { rejected, names } = rejectedHere();
    const again = about(0);
    await rejected.keep(Buffer.from('{}'), again);
    await rejected.keep(Buffer.from('{}'), again);

    expect(await names()).toHaveLength(1);
  });

  it('are a hundred an hour, and a hundred more in the next', async () => {
    const { rejected, names } = rejectedHere();
    const at = (hour: string) => ({ ...about(0), receivedAt: `2026-11-20T${hour}:30:00.000Z` });
    for (let many = 0; many < 101; many += 1) await rejected.keep(Buffer.from('{}'), at('14'));
    await rejected.keep(Buffer.from('{}'), at('15'));

    expect(await names()).toHaveLength(101);
  });

  it('are deleted once they are old enough, and not before', async () => {
    const { rejected, names } = rejectedHere();
    for (const age of [0, 9, 11, 400]) await rejected.keep(Buffer.from('{}'), about(age));

    expect(await rejected.clean(10, now)).toBe(2);
    expect((await names()).map((name) => name.slice(0, 10))).toStrictEqual(['2026-11-11', '2026-11-20']);
  });

  it('need no cleaning where there never were any', async () => {
    expect(await rejectedHere().rejected.clean(10, now)).toBe(0);
  });
});
