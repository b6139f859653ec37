import type { EventOf } from '../../event/event.ts';
import { outline, type States } from '../../event/outline.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Fact, Particulars, Style, Voice } from '../slots.ts';
import { code, fact, linkOf, placeFacts, placeOf, properties, time } from './parts.ts';

type Drift = EventOf<'drift'>;

const WARNING: Style = { tone: 'warning', emoji: '🔍' };
const DANGER: Style = { tone: 'danger', emoji: '🚨' };
const INFO: Style = { tone: 'info', emoji: '🔍' };

const LOOK: Record<States['drift'], Style> = {
  pending: WARNING,
  stalled: DANGER,
  faulted: DANGER,
  cancelled: WARNING,
  rolledBack: DANGER,
  autoFailed: DANGER,
  held: INFO,
  canary: { tone: 'info', emoji: '🐤' },
  canaryOverdue: WARNING,
  hidden: INFO,
  awaitingApproval: { tone: 'warning', emoji: '✋' },
  repairsSuspended: WARNING,
  managed: INFO,
  resolved: { tone: 'good', emoji: '✅' },
  unseen: INFO,
};

// Azure refuses the next change of a model once a set refers to ten (docs/drift.md).
const MODELS_WORTH_TELLING = 3;

export function driftReading(event: Drift, voice: Voice): Particulars {
  const { say } = voice;
  const { state, subject, figure } = outline(event);
  const { emoji, tone } = LOOK[state];
  const open = event.change !== 'resolved';
  const { reasons } = event;
  return {
    // What is worse than its verdict alone, such as nearness to the ten models, looks worse.
    tone: open && event.severity === 'error' ? 'danger' : tone,
    emoji,
    state: say.state.drift[state],
    subject: { text: subject, url: linkOf(event, 'resource') },
    figure: open ? figure : undefined,
    facts: open ? openFacts(event, voice) : fact(say.label.lasted, age(event, say)),
    list:
      open && reasons.length > 0
        ? { label: say.label.why, items: reasons.map((each) => ({ text: reason(each, say) })), more: 0 }
        : undefined,
    body: open ? remedy(event, say) : unseen(event, say),
    place: open ? undefined : placeOf(event),
  };
}

const remedy = ({ advice, command }: Drift, say: Messages): Particulars['body'] =>
  command && advice ? { label: say.drift.advice[advice], text: command, form: 'command' } : undefined;

/** What nobody can say of drift that is over. */
const unseen = (event: Drift, say: Messages): Particulars['body'] =>
  event.unseen ? { label: say.label.next, text: say.drift.unseen } : undefined;

function openFacts(event: Drift, { say }: Voice): Fact[] {
  const { modelsAtLeast = 0, unknown = 0, rollout, heldIds = [], failedIds = [] } = event;
  const models = modelsAtLeast < MODELS_WORTH_TELLING ? undefined : say.drift.models(modelsAtLeast);
  return [
    ...fact(say.label.instances, event.behind === 0 ? `${event.total}` : say.drift.behind(event.behind, event.total)),
    ...approval(event, say),
    ...fact(say.label.repairs, event.repairsSuspended && say.drift.suspended),
    ...fact(say.label.age, event.behind === 0 ? undefined : age(event, say)),
    ...changed(event, say),
    ...placeFacts(event, say),
    ...fact(say.label.heldInstances, heldIds.length === 0 ? undefined : say.list(heldIds.map(instance))),
    ...fact(say.label.failedInstances, failedIds.length === 0 ? undefined : say.list(failedIds.map(instance))),
    ...fact(say.label.rollout, rollout && say.drift.rollout(rollout)),
    ...code(say.label.errorCode, rollout?.errorCode),
    ...fact(say.label.upgradeMode, event.upgradeMode),
    ...fact(say.label.modelsInUse, models),
    ...fact(say.label.unknownInstances, unknown === 0 ? undefined : say.instances(unknown)),
    ...properties(event, []),
  ];
}

// What a role must hold. Azure's list of actions has the first; the second is the name that its PATCH has by Azure's own rule.
const ACTIONS: Readonly<Partial<Record<NonNullable<Drift['advice']>, string>>> = {
  approve: 'Microsoft.Compute/virtualMachineScaleSets/approveRollingUpgrade/action',
  approval: 'Microsoft.Compute/virtualMachineScaleSets/lifecycleHookEvents/write',
};

/** Who may approve, until when an upgrade waits, and what happens then where nobody has answered. */
function approval({ approval: asked, advice }: Drift, say: Messages): Fact[] {
  if (asked === undefined) return [];
  const { until, otherwise } = asked;
  // Azure decides at some time, and does not say what.
  const then = otherwise ?? (until === undefined ? 'nothing' : undefined);
  return [
    ...time(say.label.waitsUntil, until),
    ...fact(say.label.unanswered, then && say.drift.unanswered[then]),
    ...code(say.label.mayApprove, advice && ACTIONS[advice]),
  ];
}

/** "#7": a number alone would read as a count. A virtual machine has a name. */
const instance = (id: string): string => (/^\d+$/.test(id) ? `#${id}` : id);

/** How long the oldest instance is behind, seen from when it was checked. */
function age({ since, sinceAtLeast, occurredAt }: Drift, say: Messages): string | undefined {
  if (since === undefined) return undefined;
  const seconds = (Date.parse(occurredAt) - Date.parse(since)) / 1000;
  if (seconds <= 0) return undefined;
  return sinceAtLeast ? say.atLeast(say.duration(seconds)) : say.duration(seconds);
}

function changed({ modelChangedAt, modelChangedBy: by }: Drift, say: Messages): Fact[] {
  const who = by === 'User' || by === 'App' ? say.drift.actor[by] : by;
  return time(say.label.modelChanged, modelChangedAt).map((told) => ({
    ...told,
    value: [told.value, who].filter(Boolean).join(' · '),
  }));
}

/** "image version: 1.4.2 → 1.5.0 (6)". */
export function reason({ reason: what, name, from, to, count }: Drift['reasons'][number], say: Messages): string {
  const details = [name, [from, to].filter(Boolean).join(' → ')].filter(Boolean).join(' ');
  return `${say.drift.reason[what]}${details && `: ${details}`} (${count})`;
}
