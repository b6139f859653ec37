import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { option, quoted } from '../../../src/drift/rules/quote.ts';
import type { DriftedInstance } from '../../../src/drift/rules/reading.ts';
import { type RemediationTarget, remedy } from '../../../src/drift/rules/remedy.ts';
import type { ReportedVerdict } from '../../../src/drift/rules/state.ts';
import { driftVerdicts } from '../../../src/event/drift.ts';
import { block } from '../../../src/event/text.ts';
import { locales } from '../../../src/locales/registry.ts';
import { type AzRequest, azRequest } from '../../support/az-command.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { SUBSCRIPTION, scaleSet, withProfile } from '../support/models.ts';
import { behind } from '../support/runs.ts';

interface Any {
  readonly verdict: ReportedVerdict;
  readonly mode: 'Manual' | 'Automatic' | 'Rolling';
  readonly orchestration: 'Uniform' | 'Flexible';
  readonly resourceGroup: string;
  readonly name: string;
  readonly isMonitored: boolean;
  readonly isReminder: boolean;
  readonly isHooked: boolean;
  readonly advisedAt: string | undefined;
  readonly instances: readonly (Pick<DriftedInstance, 'held' | 'state' | 'reasons'> & {
    readonly touchedAt: string | undefined;
  })[];
}

/** What each step asks of Azure, after the set's id. */
const ALLOWED: Readonly<Record<string, string | undefined>> = {
  inspect: undefined,
  monitor: undefined,
  update: 'manualupgrade',
  replace: 'manualupgrade',
  disks: 'manualupgrade',
  reimage: 'reimage',
  resume: '',
  upgrade: 'osRollingUpgrade',
  approval: undefined,
  approve: 'approveRollingUpgrade',
  repair: 'setOrchestrationServiceState',
};

const AT = `--subscription ${SUBSCRIPTION} -g rg-shop -n shop-web`;
const LIST =
  `az vmss list-instances ${AT} --filter 'properties/latestModelApplied eq false' ` +
  "--query '[?protectionPolicy.protectFromScaleSetActions!=`true`].[instanceId,provisioningState]' -o tsv";
const SET = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web`;

const HEALTH = {
  name: 'health',
  properties: { publisher: 'Microsoft.ManagedServices', type: 'ApplicationHealthLinux' },
};
const monitored = (over: Parameters<typeof scaleSet>[0] = {}) =>
  withProfile({ extensionProfile: { extensions: [HEALTH] } }, scaleSet(over));
const probed = withProfile({ networkProfile: { healthProbe: { id: '/subscriptions/s/probes/web' } } });

const of = (over: Partial<RemediationTarget> = {}) =>
  remedy({ set: scaleSet(), verdict: 'pending', total: 10, drifted: mild(6), ...over });

/** Behind by something that an update mends without wiping anything. */
const mild = (count: number, over: Partial<DriftedInstance> = {}, from = 0) =>
  behind(count, { reasons: [{ kind: 'extensionMissing', name: 'health' }], ...over }, from);
const unseen = (count: number, over: Partial<DriftedInstance> = {}, from = 0) =>
  behind(count, { reasons: [], ...over }, from);

const acts = (command = ''): readonly AzRequest[] =>
  command
    .split('\n')
    .map(azRequest)
    .filter(({ method }) => method !== 'GET');

const BEFORE = '2026-11-20T10:00:00.000Z';
const ADVISED = '2026-11-20T12:00:00.000Z';
const SINCE = '2026-11-20T13:00:00.000Z';
const failed = { touchedAt: SINCE, state: 'failed' } as const;

describe('a remedy', () => {
  it('updates a fifth of the set by name, and lists the rest', () => {
    expect(of()).toStrictEqual({
      advice: 'update',
      command: `az vmss update-instances ${AT} --instance-ids 0 1\n${LIST}`,
    });
  });

  it('names all of a few, in the order of their numbers', () => {
    expect(of({ drifted: [...mild(1, {}, 10), ...mild(1, {}, 9)] })?.command).toBe(
      `az vmss update-instances ${AT} --instance-ids 9 10`,
    );
  });

  it('takes at least one at a time', () => {
    expect(acts(of({ total: 1, drifted: mild(1) })?.command)[0]?.ids).toStrictEqual(['0']);
  });

  it('names none that is held, being made, changed or deleted', () => {
    const drifted = [
      ...mild(2, { held: true }),
      ...mild(3, { state: 'updating' }, 2),
      ...mild(1, { state: 'failed' }, 5),
    ];

    expect(acts(of({ drifted })?.command)[0]?.ids).toStrictEqual(['5']);
    expect(of({ drifted: drifted.slice(0, 5) })).toBeUndefined();
  });

  it('names as many of a large set as there is room for, and never the held ones', () => {
    const drifted = [...mild(200, { held: true }), ...mild(200, {}, 200)];
    const [action] = acts(of({ total: 900, drifted })?.command);

    expect(action?.ids?.length).toBeGreaterThan(50);
    expect(action?.ids?.every((id) => Number(id) >= 200)).toBe(true);
  });

  it('names VMs of a Flexible set', () => {
    const set = scaleSet({ orchestration: 'Flexible' });
    const vms = mild(3).map((one, index) => ({ ...one, instanceId: `shop-web_${`${index}`.padStart(8, '0')}` }));

    expect(of({ set, drifted: vms })?.command).toBe(
      `az vmss update-instances ${AT} --instance-ids shop-web_00000000 shop-web_00000001\n` +
        `az vm list --subscription ${SUBSCRIPTION} -g rg-shop --vmss shop-web --query '[].[name,provisioningState,tags.VirtualMachineProfileTimeCreated]' -o tsv`,
    );
  });

  it('says that a new size wipes disks of the operating system that live on the host', () => {
    const osDisk = { osType: 'Linux', diffDiskSettings: { option: 'Local', placement: 'CacheDisk' } };
    const set = withProfile({ storageProfile: { osDisk } });

    expect(of({ set, drifted: mild(1, { reasons: [{ kind: 'vmSize' }] }) })?.advice).toBe('replace');
    expect(of({ set })?.advice).toBe('update');
  });

  it.each([
    ['update', { kind: 'extensionMissing' }],
    ['update', { kind: 'application', name: 'agent', from: '1.0.0', to: '2.0.0' }],
    ['update', { kind: 'changedByHand' }],
    ['update', { kind: 'vmSize' }],
    ['replace', { kind: 'image' }],
    ['replace', { kind: 'imageVersion' }],
    ['replace', { kind: 'other', name: 'osDisk: diskSizeGB' }],
    ['disks', { kind: 'dataDisks' }],
  ] as const)('says %s where this differs: %j', (advice, reason) => {
    expect(of({ drifted: mild(1, { reasons: [reason] }) })?.advice).toBe(advice);
  });

  it('that wipes disks waits until those are done that need none wiped', () => {
    const drifted = [...behind(2), ...mild(1, {}, 2)];

    expect(of({ drifted })).toMatchObject({ advice: 'update', command: expect.stringContaining('--instance-ids 2\n') });
    expect(of({ drifted: behind(2) })?.advice).toBe('replace');
  });

  it.each(['pending', 'canary', 'canaryOverdue', 'autoFailed'] as const)(
    'updates where %s shows no difference, and does not reimage',
    (verdict) => {
      expect(of({ verdict, drifted: unseen(2) })).toMatchObject({ advice: 'update' });
      for (const over of [{ touchedAt: BEFORE, state: 'failed' as const }, { touchedAt: SINCE }]) {
        expect(of({ verdict, drifted: unseen(2, over), advisedAt: ADVISED })?.advice).toBe('update');
      }
      expect(of({ verdict, drifted: unseen(2, failed) })?.advice).toBe('update');
    },
  );

  it('reimages, and only the disk of the system, where an update was seen to fail', () => {
    const treated = of({ drifted: unseen(2, failed), advisedAt: ADVISED });

    expect(treated?.advice).toBe('reimage');
    expect(treated?.command).toBe(
      `az rest --method post --url '${SET}/reimage?api-version=2024-11-01' --body '{"instanceIds":["0","1"]}'`,
    );
  });

  it.each([
    ['a change that no new disk brings', { moved: ['applicationProfile.galleryApplications'] }],
    ['a Flexible set', { set: scaleSet({ orchestration: 'Flexible' }) }],
    ['an instance that somebody changed', { drifted: mild(2, { reasons: [{ kind: 'changedByHand' }], ...failed }) }],
  ])('never reimages for %s', (_, over) => {
    const drifted = unseen(2, failed);

    expect(of({ drifted, advisedAt: ADVISED, ...over })?.advice).toBe('update');
  });

  it.each(['stalled', 'faulted', 'cancelled'] as const)('looks for the cause where an upgrade is %s', (verdict) => {
    for (const set of [monitored({ mode: 'Rolling' }), monitored({ autoOsUpgrade: true })]) {
      expect(of({ verdict, set })).toStrictEqual({
        advice: 'inspect',
        command: `az vmss rolling-upgrade get-latest ${AT}`,
      });
    }
  });

  it('starts an upgrade anew on its own, without writing the set as it was', () => {
    const set = monitored({ mode: 'Rolling' });
    const resume = {
      advice: 'resume',
      command: `az rest --method patch --url '${SET}?api-version=2024-11-01' --body '{}'`,
    };

    expect(of({ verdict: 'pending', set })).toStrictEqual(resume);
    expect(of({ verdict: 'faulted', set, isReminder: true })).toStrictEqual(resume);
    expect(of({ verdict: 'cancelled', set, isReminder: true })?.advice).toBe('inspect');
    expect(of({ verdict: 'stalled', set, isReminder: true })?.advice).toBe('inspect');
  });

  it.each([
    ['health extension', monitored(), 'upgrade', `az vmss rolling-upgrade start ${AT}`],
    ['health probe', probed, 'upgrade', `az vmss rolling-upgrade start ${AT}`],
    [
      'health probe, which is not enough for its orchestration,',
      { ...probed, orchestration: 'Flexible' },
      'monitor',
      `az vmss list-instances ${AT} --query '[].[instanceId,storageProfile.imageReference.exactVersion]' -o tsv`,
    ],
    [
      'way to see its health',
      scaleSet(),
      'monitor',
      `az vmss list-instances ${AT} --query '[].[instanceId,storageProfile.imageReference.exactVersion]' -o tsv`,
    ],
  ] as const)('of old images in a set with a %s', (_, set, advice, command) => {
    expect(of({ verdict: 'hidden', set, drifted: [] })).toStrictEqual({ advice, command });
  });

  const rest = (action: string) => `${SET}/${action}?api-version=2026-04-01`;

  it('of an upgrade that a hook holds looks at what waits; approving wipes disks, and is for people to decide', () => {
    expect(of({ verdict: 'awaitingApproval', isHooked: true })).toStrictEqual({
      advice: 'approval',
      command: `az rest --method get --url '${rest('lifecycleHookEvents')}'`,
    });
  });

  it('of a deferred upgrade approves a fifth of the set, by name', () => {
    const drifted = [...mild(1, { held: true }), ...mild(1, { state: 'updating' }, 1), ...mild(8, {}, 2)];

    expect(of({ verdict: 'awaitingApproval', drifted })).toStrictEqual({
      advice: 'approve',
      command: `az rest --method post --url '${rest('approveRollingUpgrade')}' --body '{"instanceIds":["2","3"]}'`,
    });
    expect(of({ verdict: 'awaitingApproval', drifted: drifted.slice(0, 2) })).toBeUndefined();
  });

  it('of suspended repairs looks first, and resumes them once people have had the time to mend the cause', () => {
    expect(of({ verdict: 'repairsSuspended' })).toStrictEqual({
      advice: 'inspect',
      command: `az vmss get-instance-view ${AT}`,
    });
    expect(of({ verdict: 'repairsSuspended', isReminder: true })).toStrictEqual({
      advice: 'repair',
      command: `az vmss set-orchestration-service-state ${AT} --service-name AutomaticRepairs --action Resume`,
    });
  });

  it.each(['held', 'rolledBack'] as const)('is none where drift is %s', (verdict) => {
    expect(of({ verdict })).toBeUndefined();
  });

  it('is none where names are beyond a command', () => {
    expect(of({ set: scaleSet({ resourceGroup: 'x'.repeat(600) }) })).toBeUndefined();
    expect(of({ set: scaleSet({ name: 'a\u202eb' }) })).toBeUndefined();
  });

  const any = {
    verdict: fc.constantFrom<ReportedVerdict>(...driftVerdicts),
    mode: fc.constantFrom('Manual' as const, 'Automatic' as const, 'Rolling' as const),
    orchestration: fc.constantFrom('Uniform' as const, 'Flexible' as const),
    isMonitored: fc.boolean(),
    isReminder: fc.boolean(),
    isHooked: fc.boolean(),
    advisedAt: fc.constantFrom(undefined, ADVISED),
    instances: fc.array(
      fc.record({
        held: fc.boolean(),
        state: fc.constantFrom('ok' as const, 'updating' as const, 'failed' as const, 'unhealthy' as const),
        touchedAt: fc.constantFrom(undefined, BEFORE, SINCE),
        reasons: fc.constantFrom<DriftedInstance['reasons']>(
          [],
          [{ kind: 'imageVersion' }],
          [{ kind: 'dataDisks' }],
          [{ kind: 'network' }],
        ),
      }),
      { maxLength: 60 },
    ),
  };

  const untouched: Omit<Any, 'name' | 'resourceGroup'> = {
    verdict: 'pending',
    mode: 'Manual',
    orchestration: 'Uniform',
    isMonitored: false,
    isReminder: false,
    isHooked: false,
    advisedAt: ADVISED,
    instances: [{ held: false, ...failed, reasons: [] }],
  };

  const treated = ({ instances, isMonitored, isReminder, isHooked, advisedAt, verdict, ...place }: Any) => {
    const set = isMonitored ? monitored(place) : scaleSet(place);
    const drifted = instances.map(({ touchedAt, ...each }, id) => ({
      ...{ ...each, key: `${id}/vm`, instanceId: `${id}` },
      ...(touchedAt !== undefined && { touchedAt }),
    }));
    return { drifted, treatment: remedy({ set, verdict, total: 200, drifted, isReminder, isHooked, advisedAt }) };
  };

  it('acts once, on instances that nothing keeps from it, and does no more than its words say', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.record({
          ...any,
          resourceGroup: fc.stringMatching(/^[\w.()-]{1,90}$/),
          name: fc.stringMatching(/^[\w-]{1,64}$/),
        }),
        (case_) => {
          const { drifted, treatment } = treated(case_);
          if (treatment === undefined) return;
          const { advice = '', command } = treatment;
          seen.add(advice);
          const [action, ...more] = acts(command);
          expect(more).toStrictEqual([]);
          expect(action === undefined).toBe(ALLOWED[advice] === undefined);
          if (action === undefined) return;
          expect(action.path).toContain(`/resourceGroups/${case_.resourceGroup}/`);
          expect(action.path).toContain(`/virtualMachineScaleSets/${case_.name}`);
          const kind = /\/virtualMachineScaleSets\/[^/]+\/?(.*)$/.exec(action.path)?.[1];
          expect(ALLOWED[advice]).toBe(kind);
          for (const id of action.ids ?? []) {
            const one = drifted[Number(id)];
            expect(one).toMatchObject({ held: false });
            expect(one?.state).not.toBe('updating');
            const wipes = one?.reasons.some(({ kind }) => kind === 'imageVersion' || kind === 'dataDisks') ?? false;
            if (advice !== 'approve') expect(wipes).toBe(advice === 'replace' || advice === 'disks');
            if (advice === 'reimage') expect(one).toMatchObject({ reasons: [], ...failed });
          }
        },
      ),
      // Few random cases come to a reimage, so one is given: every advice is looked at in every run.
      { numRuns: 1_000, examples: [[{ ...untouched, resourceGroup: 'shop', name: 'web' }]] },
    );

    expect([...seen].sort()).toStrictEqual(Object.keys(ALLOWED).sort());
  });

  it.each(Object.entries(locales))('says in brackets what it takes away, where it acts (%s)', (_tag, { drift }) => {
    const acting = Object.keys(ALLOWED).filter((advice) => ALLOWED[advice] !== undefined);
    const warned = Object.entries(drift.advice).flatMap(([advice, words]) => (words.includes('(') ? [advice] : []));

    expect(warned.sort()).toStrictEqual(acting.sort());
  });

  it('fits its field as it is, whatever names there are', () => {
    const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 300 }));
    fc.assert(
      fc.property(fc.record({ ...any, resourceGroup: name, name }), (case_) => {
        const { command } = treated(case_).treatment ?? {};

        if (command !== undefined) expect(block(600).parse(command)).toBe(command);
      }),
    );
  });

  it.each(HOSTILE.filter((name) => !/[\p{Cc}\p{Cf}\ud800\u2028]/u.test(name)))(
    'passes the name %j to az as it is',
    (name) => {
      const { command = '' } = of({ set: scaleSet({ name, resourceGroup: name }), drifted: mild(2) }) ?? {};

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
