import * as z from 'zod';
import { required, text } from '../fields.ts';
import { type EventDraft, linkTo, type SourceContext } from '../source.ts';
import { buildId, buildKey, jobIn, pageBelow } from './build.ts';
import { type Outcome, outcomeOf, saidOf } from './outcome.ts';

// Field names: https://github.com/jenkinsci/outbound-webhook-plugin. No time, and in most versions no number.
// `buildVars` is never read: it holds the build's environment, with whatever secrets are in it.

// start, success, failure, unstable, pipeline; what comes after them is told by its word.
const event = required.transform((word) => word.toLowerCase());

export const outbound = z
  .object({ event, buildName: text, buildNumber: text, buildUrl: text, projectName: text })
  .refine(({ projectName, buildUrl }) => (projectName ?? buildUrl) !== undefined, {
    path: ['projectName'],
    error: 'expected text',
  });

type Body = z.output<typeof outbound>;

function outcome({ event: told }: Body, context: SourceContext): Outcome | undefined {
  if (told === 'start') return context.includes('started') ? { phase: 'started', severity: 'info' } : undefined;
  // "pipeline" is a step of a pipeline that says only that it was reached.
  return told === 'pipeline' ? undefined : outcomeOf(told);
}

export function readOutbound(body: Body, context: SourceContext): EventDraft[] {
  const told = outcome(body, context);
  if (told === undefined) return [];
  const { buildName, buildUrl, projectName } = body;
  const { said, word } = saidOf(told);
  const number = body.buildNumber ?? buildName?.match(/\d{1,10}$/)?.[0];
  const job = projectName ?? buildUrl ?? 'Jenkins';
  const path = jobIn(buildUrl);
  const key = buildKey(buildUrl, job, number ?? buildName);
  return [
    {
      kind: 'deployment',
      id: buildId(key, told.phase === 'started' ? 'started' : 'ended'),
      story: `jenkins/${key}`,
      source: 'jenkins',
      severity: told.severity,
      occurredAt: context.receivedAt,
      resource: { name: job },
      project: path === job ? undefined : path,
      links: [...linkTo('run', pageBelow(buildUrl)), ...linkTo('logs', pageBelow(buildUrl, 'console'))],
      phase: told.phase,
      outcome: told.outcome,
      word,
      subject: job,
      version: buildName ?? (number && `#${number}`),
      output: said,
    },
  ];
}
