import { linksOf } from '../links.ts';
import { said } from '../phase.ts';
import { common, type Meaning } from './message.ts';

// https://github.com/cdevents/spec/blob/main/continuous-operations.md#incident
const STATES: ReadonlyMap<string, 'fired' | 'resolved'> = new Map([
  ['detected', 'fired'],
  ['reported', 'fired'],
  ['resolved', 'resolved'],
]);

/** A problem of a service: no event says how bad it is. */
export const incident: Meaning = (given, context) => {
  const { predicate, about, content } = given;
  const { service, description, environment, artifactId, ticketURI } = content;
  const state = STATES.get(predicate);
  const shared = common(given, context);
  return [
    {
      ...shared,
      kind: 'alert',
      state: state ?? 'fired',
      word: state === undefined ? predicate : undefined,
      severity: state === undefined ? 'warning' : 'error',
      rule: description ?? about,
      resource: { name: service?.name ?? service?.id ?? environment?.name ?? environment?.id ?? about },
      properties: said({ incident: about, artifact: artifactId, ...shared.properties }),
      links: linksOf(['alert', ticketURI]),
    },
  ];
};
