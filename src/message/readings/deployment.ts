import type { EventOf } from '../../event/event.ts';
import { outline, type States } from '../../event/outline.ts';
import { cut } from '../../event/text.ts';
import type { Label } from '../../locales/label.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Fact, Particulars, Style, Voice } from '../slots.ts';
import { BUDGET } from '../trim.ts';
import { code, fact, linkOf, properties, time } from './parts.ts';

type Deployment = EventOf<'deployment'>;

const LOOK: Record<States['deployment'], Style> = {
  requested: { tone: 'neutral', emoji: '📝' },
  waiting: { tone: 'warning', emoji: '⏳' },
  started: { tone: 'info', emoji: '🚀' },
  succeeded: { tone: 'good', emoji: '✅' },
  failed: { tone: 'danger', emoji: '❌' },
  cancelled: { tone: 'neutral', emoji: '🚫' },
  approved: { tone: 'good', emoji: '✅' },
  rejected: { tone: 'warning', emoji: '❌' },
  unknown: { tone: 'warning', emoji: '❓' },
  partial: { tone: 'warning', emoji: '🟡' },
  warnings: { tone: 'warning', emoji: '🟡' },
  checkStarted: { tone: 'info', emoji: '🔎' },
  checkSucceeded: { tone: 'good', emoji: '✅' },
  checkWarnings: { tone: 'warning', emoji: '🟡' },
  checkFailed: { tone: 'warning', emoji: '❌' },
  checkCancelled: { tone: 'neutral', emoji: '🚫' },
  checkUnknown: { tone: 'warning', emoji: '❓' },
};

const SHORT_COMMIT = 8;

export function deploymentReading(event: Deployment, voice: Voice): Particulars {
  const { say } = voice;
  const { state, subject, figure } = outline(event);
  const { tone, emoji } = LOOK[state];
  return {
    tone,
    emoji,
    state: say.state.deployment[state],
    subject: {
      text: subject,
      url: linkOf(event, 'run') ?? linkOf(event, 'logs') ?? event.links[0]?.url,
    },
    figure,
    facts: [
      ...(figure === undefined ? fact(say.label.version, event.version) : []),
      ...facts(event, voice),
      ...properties(event, []),
    ],
    body: body(event, say),
  };
}

/** In the order in which a reader asks: a failure's step first, then what it was and whose. */
function facts(event: Deployment, { say }: Voice): Fact[] {
  const { phase, commit, duration } = event;
  const given = (label: Label, value: string | undefined) => fact(say.label[label], value);
  const actor: Label = phase === 'approved' ? 'approvedBy' : phase === 'rejected' ? 'rejectedBy' : 'startedBy';
  return [
    ...given('outcome', event.word),
    ...(phase === 'failed' ? given('failedStep', event.failedStep) : []),
    ...(phase === 'waiting' ? lines(event.waitingFor).flatMap((names) => given('waitingFor', names)) : []),
    // What did not work has replaced nothing.
    ...given(phase === 'failed' ? 'stillLive' : 'replaces', phase === 'unknown' ? undefined : event.previousVersion),
    ...code(say.label.commit, commit && /^[0-9a-f]{40,64}$/i.test(commit) ? commit.slice(0, SHORT_COMMIT) : commit),
    ...given('branch', event.branch),
    ...given('duration', duration === undefined ? undefined : say.duration(duration)),
    ...given(actor, event.actor),
    ...(phase === 'waiting' ? time(say.label.expires, event.expiresAt) : []),
  ];
}

/** Names in lines that have room for all of them; one that is longer is cut. */
function lines(names = ''): readonly string[] {
  const all: string[] = [];
  for (const name of names.split(/(?<=,) /)) {
    const joined = [...all.slice(-1), name].join(' ');
    if (all.length > 0 && joined.length <= BUDGET.value) all.splice(-1, 1, joined);
    else all.push(name);
  }
  return all;
}

function body({ phase, output, change }: Deployment, say: Messages): Particulars['body'] {
  if ((phase === 'failed' || phase === 'unknown') && output)
    return { label: say.label.output, text: output, form: 'output' };
  return !change ? undefined : { label: say.label.change, text: cut(change, 300) };
}
