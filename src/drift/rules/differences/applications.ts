import { asList, asObject } from '../../../event/json.ts';
import { paired } from '../compare.ts';
import { at, text } from '../json.ts';
import type { Compare } from './difference.ts';

const PACKAGE = /\/applications\/([^/]+)\/versions\/([^/]+)$/i;

/** VM applications by the id of their package: another version, missing, or to spare. */
export const applications: Compare = (set, instance) => {
  const own = at(instance.raw, 'properties', 'applicationProfile', 'galleryApplications');
  // An instance of a Uniform set does not show its own.
  if (own === undefined && set.orchestration === 'Uniform') return [];
  const wanted = at(set.model.profile, 'applicationProfile', 'galleryApplications');
  return paired(asList(wanted), asList(own), nameOf).flatMap(({ name, model, instance: has }) => {
    const [to, from] = [model, has].map(versionOf);
    return from === to ? [] : [{ kind: 'application', name, ...(from && { from }), ...(to && { to }), had: from }];
  });
};

const partsOf = (application: unknown) => PACKAGE.exec(`${text(asObject(application)['packageReferenceId'])}`);
const nameOf = (application: unknown): string | undefined => partsOf(application)?.[1];
const versionOf = (application: unknown): string | undefined => partsOf(application)?.[2];
