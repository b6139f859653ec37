import { says } from '../event/deployed.ts';
import type { EventOf } from '../event/event.ts';
import { cutAtWord, withoutIds } from '../event/text.ts';

/** A title whose full stop the sentence around it brings; "…" stays, so that what was cut is not read as whole. */
export const unended = (title: string): string => title.replace(/[.!?]$/, '');

// What Azure says where it has nothing to add to the counts.
const COUNTS =
  /^(?:The autoscale engine attempting to scale resource|Autoscale successfully (?:started|completed) scale)/i;
const CAUSE = 120;

const sentencesOf = (text: string): readonly string[] => withoutIds(text).split(/(?<=[.!?])\s+(?=[\p{Lu}\p{Lo}])/u);

const short = (sentence: string): string => unended(cutAtWord(sentence.replace(/\s+/g, ' ').trim(), CAUSE));

/** Why it failed or was held back, in short: the first sentence of its reason that says more than the counts, else the code. */
export function causeOf({ reason = '', errorCode, machines }: EventOf<'scale'>): string | undefined {
  // What became of the machines has the code already.
  const code = machines === undefined ? errorCode : undefined;
  const first = sentencesOf(reason).find((sentence) => !COUNTS.test(sentence)) ?? '';
  return short(first) || code;
}

// What has more lines is a log, of which no line says it all.
const LINES = 3;

/** Why a deployment failed, in short, where its sender says it. */
export function failureOf({ output = '', failedStep = '' }: EventOf<'deployment'>): string {
  const lines = output.split('\n');
  const why = lines.length > LINES ? '' : short(lines[0] ?? '');
  return says(failedStep, why) ? '' : why;
}

/** The first sentence of what a custom event says, where its title does not say that. */
export function saidFirst({ title, text = '' }: EventOf<'custom'>): string {
  const [paragraph = ''] = text.split('\n');
  const first = short(sentencesOf(paragraph)[0] ?? '');
  return says(title, first) ? '' : first;
}
