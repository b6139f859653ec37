import { expect, it } from 'vitest';
import { dueNow } from '../../src/delivery/due.ts';
import { STATE } from '../../src/delivery/rules/keys.ts';
import type { LedgerEntry } from '../../src/delivery/rules/ledger.ts';
import { FRESH } from '../../src/delivery/rules/receiver-state.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';

const at = (seconds: number): string => new Date(Date.parse('2026-11-20T14:05:00.000Z') + seconds * 1000).toISOString();

const entry = (state: LedgerEntry['state'], receiver: string): LedgerEntry => ({
  ...{ event: examples.scale, receiver, state, attempt: 0, owner: 'm1', attempts: [] },
  ...{ leaseUntil: at(0), updatedAt: at(0), dueAt: at(1) },
});

it('what is parked leaves when its receiver flushes, which may have been put off since', async () => {
  const { ledger } = memoryPorts();
  await ledger.write('slack', [{ kind: 'put', key: STATE, value: { ...FRESH, flushAt: Date.parse(at(60)) } }]);

  const due = await dueNow({ ledger }, [entry('parked', 'slack'), entry('waiting', 'slack'), entry('parked', 'teams')]);

  expect(due.map(({ dueAt }) => dueAt)).toStrictEqual([at(60), at(1), at(1)]);
});
