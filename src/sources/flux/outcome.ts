import { type Standing, standingOf, words } from '../phase.ts';
import type { SourceContext } from '../source.ts';

export const EXTRAS = {
  sources: 'new artifacts of Git and Helm repositories, buckets, charts and images',
} as const;

// What only fetches: its failures are told, and what goes well where that is wanted. https://fluxcd.io/flux/components/
const SOURCES = new Set([
  'GitRepository',
  'OCIRepository',
  'HelmRepository',
  'HelmChart',
  'Bucket',
  'ExternalArtifact',
  'ImageRepository',
  'ImagePolicy',
  'ImageUpdateAutomation',
]);

// Reasons of events that are no errors.
// https://github.com/fluxcd/pkg/blob/main/apis/meta/conditions.go
// https://github.com/fluxcd/helm-controller/blob/main/api/v2/condition_types.go
const REASONS = words(
  {
    progressing: { phase: 'started' },
    progressingwithretry: { phase: 'started' },
    succeeded: { phase: 'succeeded' },
    reconciliationsucceeded: { phase: 'succeeded' },
    installsucceeded: { phase: 'succeeded' },
    upgradesucceeded: { phase: 'succeeded' },
    testsucceeded: { phase: 'succeeded' },
    rollbacksucceeded: { phase: 'succeeded' },
    uninstallsucceeded: { phase: 'succeeded' },
    driftcorrected: { phase: 'succeeded' },
    newartifact: { phase: 'succeeded' },
  },
  { noise: ['dependencynotready', 'healthcheckcanceled'] },
);

interface Event {
  readonly involvedObject: { readonly kind: string };
  readonly severity?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** How an object stands, and the step that an event tells of where that is not all of it. */
type Outcome = Standing & { readonly step?: string };

/** How an object stands after an event; undefined where that is not told. */
export function outcomeOf(event: Event, context: SourceContext): Outcome | undefined {
  const { involvedObject, message = '' } = event;
  const severity = event.severity?.toLowerCase();
  if (severity === 'error') return { phase: 'failed' };
  const reason = reasonOf(event);
  // Without a severity, nobody knows that it went well.
  if (severity !== 'info') return { phase: 'unknown', word: event.severity ?? reason };
  if (SOURCES.has(involvedObject.kind) && !context.includes('sources')) return undefined;
  if (WELL.test(message)) return { phase: 'succeeded', step: 'Health check' };
  const standing = standingOf(REASONS, reason, context);
  const { step } = STEP.exec(reason)?.groups ?? {};
  return standing && { ...standing, ...(step !== undefined && { step }) };
}

/** Successes that are not those of the release itself. */
const STEP = /^(?<step>Test|Rollback|Uninstall)Succeeded$/;

// That an object is healthy again comes with the reason of what is under way.
// https://github.com/fluxcd/kustomize-controller/blob/main/internal/controller/kustomization_controller.go
const WELL = /^Health check passed\b/;

// Releases of Flux before 2.2 say the severity where the reason stands: https://github.com/fluxcd/flux2/issues/4453
const HELM = /^Helm (?<action>install|upgrade|test|rollback|uninstall) (?<how>has started|succeeded)/;

function reasonOf({ reason = '', severity, message = '' }: Event): string {
  if (reason !== '' && reason !== severity) return reason;
  const { action = '', how } = HELM.exec(message)?.groups ?? {};
  if (how === undefined) return reason || 'without a reason';
  return how === 'succeeded' ? `${action.charAt(0).toUpperCase()}${action.slice(1)}Succeeded` : 'Progressing';
}
