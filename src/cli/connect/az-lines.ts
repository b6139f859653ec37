import { option, quoted } from '../../drift/rules/quote.ts';
import type { Sender } from '../../outbound/arm/sender.ts';

/**
 * Lines of the Azure command line. `az resource update` reads a resource as it is at that moment and writes it back whole,
 * in the newest version of its interface. `az monitor autoscale update --add-action` of 2.45 adds nothing, without a word,
 * where there is no notification yet, and `az monitor scheduled-query` has to be installed.
 */

/** A shell's word in which this stands for the key that whoever pastes the line has set. */
const CODE = `"\${RELAY_CODE:?}"`;

/** An address with the key of the shell's variable, which no line holds itself. */
export interface Keyed {
  readonly address: string;
}

const PLACE = '\0';

/** A word with the key in it, where it has a place for one. */
const word = (text: string): string =>
  text
    .split(PLACE)
    .map((part) => (part === '' ? '' : quoted(part)))
    .join(CODE);

/** The address with its key, as the text of an item. */
const keyed = ({ address }: Keyed): string => `${address}?code=${PLACE}`;

const update = (id: string, ...changes: readonly string[]): string =>
  `az resource update --ids ${quoted(id)} ${changes.join(' ')} -o none`;

/** Adds the relay to whom a sender tells: its address to an autoscale setting, an action group to a rule. */
export function connecting({ id, list }: Sender, target: Keyed | string): string {
  const text = typeof target === 'string' ? target : keyed(target);
  const [key, json] = ITEM[list.form](text);
  const { missing } = list;
  if (missing !== undefined) {
    return update(id, `--set ${word(`${missing.path}=${missing.before}${json}${missing.after}`)}`);
  }
  const added = `--add ${list.path.includes('[') ? quoted(list.path) : list.path} ${word(`${key}${text}`)}`;
  // Azure wants properties of a webhook, if only empty ones; a word of --add holds texts alone.
  return update(id, added, ...(list.form === 'webhook' ? [`--set ${quoted(`${list.path}[-1].properties={}`)}`] : []));
}

/** What stands before an item as a word of --add, and the item as JSON. */
const ITEM: Readonly<Record<Sender['list']['form'], (text: string) => readonly [string, string]>> = {
  webhook: (text) => ['serviceUri=', `{"serviceUri":${asJson(text)},"properties":{}}`],
  group: (text) => ['actionGroupId=', `{"actionGroupId":${asJson(text)}}`],
  id: (text) => ['', asJson(text)],
};

const asJson = (text: string): string => JSON.stringify(text).replaceAll('\\u0000', PLACE);

/** Defines what the lines of `disconnecting` call: it reads a list as it is at that moment, and writes it without an item. */
export const WITHOUT = `without() { left=$(az resource show --ids "$1" --query "$2[?$3]" -o json) && az resource update --ids "$1" --set "$2=\${left:?}" -o none; }`;

/** Takes targets out again, and leaves whatever else is in the list by then. `targets` are whole ids, or how addresses begin. */
export function disconnecting({ id, list }: Sender, targets: readonly string[], isAlone: boolean): string {
  const [path, others] = isAlone
    ? [NOTIFICATIONS, `(${targets.map(notFirst).join(' && ')}) || webhooks[1] || ${TELLS_PEOPLE}`]
    : [list.path, targets.map(OTHER[list.form]).join(' && ')];
  return `without ${quoted(id)} ${quoted(path)} ${quoted(others)}`;
}

/** Whether an item of a list is another one. */
const OTHER: Readonly<Record<Sender['list']['form'], (target: string) => string>> = {
  webhook: (target) => `!starts_with(serviceUri, ${literal(target)})`,
  group: (target) => `actionGroupId!=${literal(target)}`,
  id: (target) => `@!=${literal(target)}`,
};

/** Of autoscale: where the list of addresses was not there, it goes with the notification that it is in, unless that tells others by now. */
export const NOTIFICATIONS = 'properties.notifications';

const TELLS_PEOPLE =
  'email.customEmails[0] || email.sendToSubscriptionAdministrator || email.sendToSubscriptionCoAdministrators';

const notFirst = (target: string): string =>
  `!starts_with(not_null(webhooks[0].serviceUri, ${literal('')}), ${literal(target)})`;

/** Text as a literal of JMESPath: https://jmespath.org/specification.html#literal-expressions */
const literal = (text: string): string => `\`${JSON.stringify(text).replaceAll('`', '\\`')}\``;

/** Where a resource is. */
export interface Placed {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** Of an ARM id. */
export function placeOf(id: string): Placed {
  const parts = id.split('/');
  return { subscriptionId: parts[2] ?? '', resourceGroup: parts[4] ?? '', name: parts.at(-1) ?? '' };
}

const placed = ({ subscriptionId, resourceGroup, name }: Placed): string =>
  `${option('--subscription', subscriptionId)} ${option('-g', resourceGroup)} ${option('-n', name)}`;

export const makingGroup = (place: Placed, target: Keyed): string =>
  `az monitor action-group create ${placed(place)} --short-name relay --action webhook relay ${word(keyed(target))} usecommonalertschema -o none`;

export const deletingGroup = (place: Placed): string => `az monitor action-group delete ${placed(place)}`;

/** Sets the variable that the lines take the key from. `id`: ARM id of the function app. */
export function readingCode(id: string): string {
  return `RELAY_CODE=$(az functionapp function keys list ${placed(placeOf(id))} --function-name webhook --query default -o tsv)`;
}
