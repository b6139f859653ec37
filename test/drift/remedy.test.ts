import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { option, quoted } from '../../src/drift/quote.ts';
import { remedy } from '../../src/drift/remedy.ts';
import type { ToldVerdict } from '../../src/drift/state.ts';
import { driftVerdicts } from '../../src/event/drift.ts';
import { block } from '../../src/event/text.ts';
import { HOSTILE } from '../support/hostile.ts';
import { SUBSCRIPTION, scaleSet } from './support/models.ts';
import { behind } from './support/runs.ts';

const AT = `--subscription ${SUBSCRIPTION} -g rg-shop -n shop-web`;
const LIST = `az vmss list-instances ${AT} --filter 'properties/latestModelApplied eq false' --query '[].instanceId' -o tsv`;

const of = (over: Partial<Parameters<typeof remedy>[0]> = {}) =>
  remedy({ set: scaleSet(), verdict: 'pending', total: 10, drifted: behind(6), ...over });

describe('a remedy', () => {
  it('updates a fifth of the set by name, and lists the rest', () => {
    expect(of()).toStrictEqual({
      advice: 'update',
      command: `az vmss update-instances ${AT} --instance-ids 0 1\n${LIST}`,
    });
  });

  it('names all of a few, in the order of their numbers, and no held one', () => {
    const drifted = [...behind(1, {}, 10), ...behind(1, {}, 9), ...behind(1, { held: true }, 3)];

    expect(of({ drifted })?.command).toBe(`az vmss update-instances ${AT} --instance-ids 9 10`);
  });

  it('takes at least one at a time', () => {
    expect(of({ total: 1, drifted: behind(1) })?.command).toBe(`az vmss update-instances ${AT} --instance-ids 0`);
  });

  it('takes the ids from a list where they are too many to name', () => {
    expect(of({ total: 1_000, drifted: behind(900, {}, 1_000) })).toStrictEqual({
      advice: 'update',
      command: `${LIST} | head -n 200 | xargs az vmss update-instances ${AT} --instance-ids`,
    });
  });

  it('names VMs of a Flexible set, as many as there is room for', () => {
    const set = scaleSet({ orchestration: 'Flexible' });
    const vms = (count: number) =>
      behind(count).map((one, index) => ({ ...one, instanceId: `shop-web_${`${index}`.padStart(8, '0')}` }));

    expect(of({ set, drifted: vms(3) })?.command).toBe(
      `az vmss update-instances ${AT} --instance-ids shop-web_00000000 shop-web_00000001\n` +
        `az vm list --subscription ${SUBSCRIPTION} -g rg-shop --vmss shop-web --query '[].[name,tags.VirtualMachineProfileTimeCreated]' -o tsv`,
    );
    expect(of({ set, drifted: vms(500), total: 500 })?.command?.match(/shop-web_/g)).toHaveLength(25);
  });

  it.each(['stalled', 'faulted', 'cancelled', 'pending'] as const)(
    'starts a rolling upgrade anew where it is %s',
    (verdict) => {
      expect(of({ verdict, set: scaleSet({ mode: 'Rolling' }) })).toStrictEqual({
        advice: 'resume',
        command: `az vmss rolling-upgrade get-latest ${AT}\naz vmss update ${AT}`,
      });
    },
  );

  it('starts an upgrade of the system for hidden drift', () => {
    expect(of({ verdict: 'hidden', drifted: [] })).toStrictEqual({
      advice: 'upgrade',
      command: `az vmss rolling-upgrade start ${AT}`,
    });
  });

  it('updates, then reimages the same instances by name, where no difference is visible', () => {
    expect(of({ drifted: behind(3, { reasons: [] }) })).toStrictEqual({
      advice: 'reimage',
      command: `az vmss update-instances ${AT} --instance-ids 0 1\naz vmss reimage ${AT} --instance-ids 0 1\n${LIST}`,
    });
  });

  it('that reimages always names ids, however many there are', () => {
    const command = of({ total: 1_000, drifted: behind(900, { reasons: [] }, 1_000) })?.command ?? '';

    expect(command.split('\n')).toHaveLength(2);
    expect(command).toMatch(
      /^az vmss update-instances .* --instance-ids 1000 .*\naz vmss reimage .* --instance-ids 1000 \d/,
    );
    expect(command).not.toContain('xargs');
  });

  it.each(['held', 'rolledBack'] as const)('is none where drift is %s', (verdict) => {
    expect(of({ verdict })).toBeUndefined();
  });

  it('is none where all are held, or names are beyond a command', () => {
    expect(of({ drifted: behind(3, { held: true }) })).toBeUndefined();
    expect(of({ set: scaleSet({ resourceGroup: 'x'.repeat(600) }) })).toBeUndefined();
    expect(of({ set: scaleSet({ name: 'a\u202eb' }) })).toBeUndefined();
  });

  const any = {
    verdict: fc.constantFrom<ToldVerdict>(...driftVerdicts),
    mode: fc.constantFrom('Manual' as const, 'Automatic' as const, 'Rolling' as const),
    orchestration: fc.constantFrom('Uniform' as const, 'Flexible' as const),
    count: fc.nat({ max: 1_000 }),
    isExplained: fc.boolean(),
  };

  it('never acts on all instances', () => {
    let acting = 0;
    fc.assert(
      fc.property(
        fc.record({
          ...any,
          resourceGroup: fc.stringMatching(/^[\w.()-]{1,90}$/),
          name: fc.stringMatching(/^[\w-]{1,64}$/),
        }),
        ({ verdict, count, isExplained, ...place }) => {
          const drifted = behind(count, isExplained ? {} : { reasons: [] });
          const { command = '' } = remedy({ set: scaleSet(place), verdict, total: 1_000, drifted }) ?? {};

          for (const line of command.split('\n').filter((each) => /update-instances|reimage/.test(each))) {
            acting += 1;
            expect(line).toMatch(/ --instance-ids( \d+)+$| \| head -n \d+ \| xargs .* --instance-ids$/);
          }
        },
      ),
    );

    expect(acting).toBeGreaterThan(10);
  });

  it('fits its field as it is, whatever names there are', () => {
    const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 300 }));
    fc.assert(
      fc.property(fc.record({ ...any, resourceGroup: name, name }), ({ verdict, count, isExplained, ...place }) => {
        const drifted = behind(count, isExplained ? {} : { reasons: [] });
        const { command } = remedy({ set: scaleSet(place), verdict, total: 1_000, drifted }) ?? {};

        if (command !== undefined) expect(block(600).parse(command)).toBe(command);
      }),
    );
  });

  it.each(HOSTILE.filter((name) => !/[\p{Cc}\p{Cf}\ud800\u2028]/u.test(name)))(
    'passes the name %j to az as it is',
    (name) => {
      const { command = '' } = of({ set: scaleSet({ name, resourceGroup: name }), drifted: behind(2) }) ?? {};

      expect(words(command.replace(/^az /, ''))).toStrictEqual([
        ...[
          'vmss',
          'update-instances',
          '--subscription',
          SUBSCRIPTION,
          '-g',
          name,
          '-n',
          name,
          '--instance-ids',
          '0',
          '1',
        ],
      ]);
    },
  );
});

/** The words that a shell makes of a line, which cannot hold NUL. */
const words = (line: string): readonly string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe('a quoted word', () => {
  const names = [
    "it's",
    '$(id)',
    '`id`',
    'a b',
    '',
    '-n',
    '--',
    '*',
    '~',
    '=ls',
    '\\',
    '"',
    "'",
    'a\nb',
    '!x',
    '#x',
    '&;|<>',
    ...HOSTILE,
  ].map((name) => name.replaceAll('\0', '').toWellFormed());

  it('is one word of a shell, and the same text', () => {
    expect(words(names.map(quoted).join(' '))).toStrictEqual(names);
  });

  it('is so for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).map((any) => any.replaceAll('\0', '').toWellFormed());
    const all = fc.sample(text, 500);

    expect(words(all.map(quoted).join(' '))).toStrictEqual(all);
  });

  it('is no option where it is the value of one', () => {
    expect(words(option('-g', '--help'))).toStrictEqual(['-g=--help']);
    expect(words(option('-g', "it's"))).toStrictEqual(['-g', "it's"]);
  });

  it('stays as it is where a shell would not look into it', () => {
    expect([quoted('shop-web_1.2'), quoted('/a/b:c')]).toStrictEqual(['shop-web_1.2', '/a/b:c']);
  });
});
