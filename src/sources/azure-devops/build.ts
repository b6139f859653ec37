import { checked, type Standing, secondsBetween } from '../phase.ts';
import { linkTo } from '../source.ts';
import { asEvent, draft, nameOf, type Read } from './draft.ts';
import { lastWords, linkOf, pageAt, runIn } from './message.ts';
import { endOf, outcomeOf } from './outcome.ts';
import type { Resource } from './payload.ts';

/** `build.complete`: version 1.0 has the outcome in `status`, 2.0 says "completed" there and has it in `result`. */
export const build: Read = (body, type, context) => {
  const { resource } = body;
  const links = [...linkOf('run', body, resource?._links?.web?.href), ...changesOf(resource)];
  const outcome = endOf(resource?.result, resource?.status) ?? outcomeOf(lastWords(body));
  if (outcome === undefined) return [asEvent(body, type, context, links)];
  const { phase, ...rest } = outcome;
  if (phase === undefined) return [];
  return [
    draft(body, type, context, {
      ...rest,
      phase,
      ...checkOf(resource?.sourceBranch, { ...rest, phase }),
      story: [resource?.id ?? runIn(body)],
      at: resource?.finishTime,
      subject: resource?.definition?.name,
      version: resource?.buildNumber,
      ...sourceOf(resource),
      actor: nameOf(resource?.requestedFor) ?? nameOf(resource?.requests.find((request) => request)?.requestedFor),
      duration: secondsBetween(resource?.startTime, resource?.finishTime),
      links,
    }),
  ];
};

/** A run of a pull request is of the merge that it would be, "refs/pull/12/merge". */
export const checkOf = (ref: string | undefined, standing: Pick<Standing, 'phase' | 'outcome'>) =>
  /^refs\/pull\//.test(ref ?? '') ? checked(standing) : {};

export const branchOf = (ref: string | undefined): string | undefined => ref?.replace(/^refs\/(heads\/)?/, '');

function sourceOf(resource: Resource | undefined): { branch?: string | undefined; commit?: string | undefined } {
  // "LG:refs/heads/main:<commit>" in version 1.0.
  const [, ref, commit] = /^\w+:(refs\/[^:]*):(\w+)$/.exec(resource?.sourceGetVersion ?? '') ?? [];
  return { branch: branchOf(resource?.sourceBranch ?? ref), commit: resource?.sourceVersion ?? commit };
}

function changesOf(resource: Resource | undefined) {
  const repository = resource?.repository;
  const commit = resource?.sourceVersion ?? '';
  if (repository?.type?.toLowerCase() !== 'tfsgit' || !/^[0-9a-f]{40}$/i.test(commit)) return [];
  const page = pageAt(repository.url);
  return linkTo('changes', page && `${page}/commit/${commit}`);
}
