import fc from 'fast-check';
import { actionGroup, autoscaleSetting, type Resource } from '../../../../dev/fake-azure/monitor.ts';

/** Names as Azure allows some of them, and worse: whatever they hold is data to a shell and to JMESPath. */
const name = fc
  .oneof(
    fc.constantFrom(
      "checkout's errors",
      '$(touch x)',
      '`id`',
      '"quoted"',
      '-n',
      'a b',
      '한국 경보',
      'x;y&z|',
      '!!',
      '~',
      '*',
      '{a,b}',
      '\\',
      '%41',
      '=',
      '@',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  )
  .filter((text) => /^[^/\p{C}]+$/u.test(text) && text.trim() === text && !/^\.+$/.test(text) && text.isWellFormed());

const other = 'https://hooks.shop.example.com/x?token=planted-other';

/** What an autoscale setting may tell before, as Azure may write it. */
const notifications = fc.constantFrom(
  undefined,
  null,
  [],
  [{ operation: 'Scale', webhooks: [] }],
  [{ operation: 'Scale', email: { customEmails: ['ops@shop.example.com'] }, webhooks: null }],
  [{ operation: 'scale', email: null, webhooks: [{ serviceUri: other, properties: { team: 'shop' } }] }],
);

/** Lists of action groups, where there may be none, and what stands around them. */
const inside = (key: string | undefined, form: 'group' | 'id', mail: string) => {
  const item = form === 'id' ? mail : { actionGroupId: mail, webHookProperties: { team: 'shop' } };
  const lists: readonly unknown[] = [undefined, null, [], [item], [item, item]];
  const around =
    key === undefined ? lists : [undefined, null, {}, ...lists.slice(1).map((list) => ({ [key]: list, custom: 1 }))];
  return fc.constantFrom(...around);
};

const RULES = [
  { type: 'Microsoft.Insights/metricAlerts', key: 'actions', inner: undefined, form: 'group' },
  { type: 'microsoft.insights/scheduledqueryrules', key: 'actions', inner: 'actionGroups', form: 'id' },
  { type: 'Microsoft.Insights/activityLogAlerts', key: 'actions', inner: 'actionGroups', form: 'group' },
  { type: 'microsoft.alertsManagement/smartDetectorAlertRules', key: 'actionGroups', inner: 'groupIds', form: 'id' },
] as const;

/** Resources of every kind in a subscription, none of which tells the relay. */
export function anySenders(subscription: string): fc.Arbitrary<readonly Resource[]> {
  const mail = actionGroup(subscription, 'rg-people', 'people', { emailReceivers: [{ name: 'ops' }] });
  const setting = fc
    .tuple(name, name, notifications)
    .map(([group, own, told]) => autoscaleSetting(subscription, group, own, told));
  const rule = fc.constantFrom(...RULES).chain(({ type, key, inner, form }) =>
    fc.tuple(name, name, inside(inner, form, mail.id)).map(
      ([group, own, list]): Resource => ({
        ...{
          id: `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${own}`,
          name: own,
          tags: {},
        },
        properties: { enabled: true, severity: 2, ...(list !== undefined && { [key]: list }) },
      }),
    ),
  );
  return fc
    .uniqueArray(fc.oneof(setting, rule), { minLength: 1, maxLength: 8, selector: ({ id }) => id.toLowerCase() })
    .map((all) => [mail, ...all]);
}
