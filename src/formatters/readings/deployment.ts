import type { EventOf } from '../../event/event.ts';
import { cut } from '../../event/text.ts';
import type { Label, Messages } from '../../locales/messages.ts';
import type { Fact, Particulars, Tone } from '../slots.ts';
import { code, fact, linkOf, properties } from './parts.ts';

type Deployment = EventOf<'deployment'>;

const LOOK: Record<Deployment['phase'], { readonly tone: Tone; readonly emoji: string }> = {
  requested: { tone: 'neutral', emoji: '📝' },
  waiting: { tone: 'warning', emoji: '⏳' },
  started: { tone: 'info', emoji: '🚀' },
  succeeded: { tone: 'good', emoji: '✅' },
  failed: { tone: 'danger', emoji: '❌' },
  cancelled: { tone: 'neutral', emoji: '🚫' },
  approved: { tone: 'good', emoji: '✅' },
  rejected: { tone: 'warning', emoji: '❌' },
};

// The figure stands in a narrow column; a longer version is a fact.
const FIGURE = 12;
const SHORT_COMMIT = 8;

export function deploymentReading(event: Deployment, say: Messages): Particulars {
  const { tone, emoji } = LOOK[event.phase];
  const { version, step, environment } = event;
  const subject = [event.subject, step].filter(Boolean).join(' / ');
  const short = !!version && version.length <= FIGURE;
  return {
    tone,
    emoji,
    state: say.deployment[event.phase],
    subject: {
      text: environment ? `${subject} → ${environment}` : subject,
      url: linkOf(event, 'run') ?? linkOf(event, 'logs') ?? event.links[0]?.url,
    },
    figure: short ? version : undefined,
    facts: [...(short ? [] : fact(say.label.version, version)), ...facts(event, say), ...properties(event, [])],
    body: body(event, say),
  };
}

/** In the order in which a reader asks: a failure's step first, then what it was and whose. */
function facts(event: Deployment, say: Messages): Fact[] {
  const { phase, commit, duration } = event;
  const given = (label: Label, value: string | undefined) => fact(say.label[label], value);
  const actor: Label = phase === 'approved' ? 'approvedBy' : phase === 'rejected' ? 'rejectedBy' : 'startedBy';
  const expires = event.expiresAt && `${event.expiresAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    ...(phase === 'failed' ? given('failedStep', event.failedStep) : []),
    ...(phase === 'waiting' ? given('waitingFor', event.waitingFor) : []),
    ...given('replaces', event.previousVersion),
    ...code(say.label.commit, commit && /^[0-9a-f]{40,64}$/i.test(commit) ? commit.slice(0, SHORT_COMMIT) : commit),
    ...given('branch', event.branch),
    ...given('duration', duration === undefined ? undefined : say.duration(duration)),
    ...given(actor, event.actor),
    ...(phase === 'waiting' ? given('expires', expires) : []),
  ];
}

function body({ phase, output, change }: Deployment, say: Messages): Particulars['body'] {
  if (phase === 'failed' && output) return { label: say.label.output, text: output, output: true };
  return !change ? undefined : { label: say.label.change, text: cut(change, 300) };
}
