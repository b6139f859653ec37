import type { EventOf, RelayEvent } from '../event/event.ts';
import { en } from '../locales/en/en.ts';
import { place } from '../locales/parts.ts';
import { reason } from '../message/readings/drift.ts';
import { safeLine } from './screen.ts';

type Remedy = Pick<EventOf<'drift'>, 'reasons' | 'advice' | 'command'>;

/** Why a set has drifted and what to do, or of each set that a digest names: lines for people, each line of a command whole on its own. */
export function remedyText(event: RelayEvent): readonly string[] {
  if (event.kind === 'drift') return event.change === 'resolved' ? [] : treated(en.label.why, event);
  if (event.kind !== 'digest') return [];
  return (event.remedies ?? []).flatMap(({ subject, group, ...each }) => treated(subject + place(group), each));
}

function treated(about: string, { reasons, advice, command }: Remedy): readonly string[] {
  const why = reasons.map((each) => reason(each, en)).join('; ');
  const lines = command?.split('\n').map(safeLine) ?? [];
  return [
    ...(why === '' && command === undefined ? [] : [safeLine([about, why].filter(Boolean).join(': '))]),
    ...[...(advice && command !== undefined ? [en.drift.advice[advice]] : []), ...lines].map((line) => `  ${line}`),
  ];
}
