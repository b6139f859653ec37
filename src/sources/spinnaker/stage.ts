import { approversIn } from '../approvers.ts';
import { htmlText } from '../html.ts';
import { secondsBetween, standingOf, words } from '../phase.ts';
import type { EventDraft, SourceContext } from '../source.ts';
import { draft, operation, person } from './draft.ts';
import { endOf, errorOf, STAGE } from './outcome.ts';
import type { Event, Stage } from './payload.ts';

/**
 * A stage. Manual judgments are always reported, for somebody has to act; all other stages only if the configuration
 * includes them, and never those that Spinnaker puts around a stage by itself.
 */
export function readStage(event: Event, word: string, context: SourceContext): EventDraft[] {
  const { content } = event;
  if (content?.isSynthetic === 'true') return [];
  const stage = content?.execution?.stages.find((each) => each?.id !== undefined && each.id === content.stageId);
  return isJudgment(event, stage) ? judgment(event, word, context, stage) : plain(event, word, context, stage);
}

const isJudgment = ({ content }: Event, stage: Stage): boolean =>
  stage?.type?.toLowerCase() === 'manualjudgment' ||
  (stage?.type === undefined && content?.context?.judgmentInputs !== undefined);

// One that ends without a judgment has timed out or was cancelled: the pipeline's own end tells.
const JUDGED = words({ continue: { phase: 'approved' }, stop: { phase: 'rejected' } });

function judgment(event: Event, word: string, context: SourceContext, stage: Stage): EventDraft[] {
  const given = event.content?.context ?? stage?.context;
  const judged = standingOf(JUDGED, given?.judgmentStatus, context);
  const standing = word === 'starting' ? { phase: 'waiting' as const } : judged;
  if (standing === undefined) return [];
  const { phase } = standing;
  const roles = given?.requiredJudgmentRoles.length ? given.requiredJudgmentRoles : (given?.selectedStageRoles ?? []);
  const waiting = phase === 'waiting';
  const instructions = htmlText((given?.instructions ?? '').slice(0, 2_000));
  const properties = {
    ...(waiting && instructions !== '' && { instructions }),
    ...(!waiting && given?.judgmentInput !== undefined && { judgment: given.judgmentInput }),
  };
  return [
    draft(event, context, {
      ...standing,
      at: waiting ? (event.content?.startTime ?? stage?.startTime) : (event.content?.endTime ?? stage?.endTime),
      part: event.content?.stageId,
      step: event.content?.name ?? stage?.name,
      waitingFor: waiting ? approversIn(roles) : undefined,
      actor: waiting ? undefined : person(given?.lastModifiedBy ?? stage?.lastModified?.user),
      properties: Object.keys(properties).length > 0 ? properties : undefined,
    }),
  ];
}

function plain(event: Event, word: string, context: SourceContext, stage: Stage): EventDraft[] {
  const { content } = event;
  const starting = word === 'starting';
  const wanted =
    context.includes('stages') &&
    (!starting || context.includes('started')) &&
    (!operation(event) || context.includes('operations'));
  const standing = starting ? { phase: 'started' as const } : endOf(STAGE, stage?.status, word);
  if (!wanted || standing === undefined) return [];
  const { phase } = standing;
  const from = content?.startTime ?? stage?.startTime;
  const to = content?.endTime ?? stage?.endTime;
  return [
    draft(event, context, {
      ...standing,
      at: starting ? from : to,
      part: content?.stageId,
      step: content?.name ?? stage?.name,
      duration: starting ? undefined : secondsBetween(from, to),
      output: phase === 'failed' ? (errorOf(content?.context) ?? errorOf(stage?.context)) : undefined,
    }),
  ];
}
