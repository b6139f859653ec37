import { environmentsGiven } from '../routing/choice.ts';
import { safeLine } from './screen.ts';

type Given = Parameters<typeof environmentsGiven>[0][number];

/** Which rule gave an event its environment. */
export interface GivenEnvironment {
  readonly environment: string | undefined;
  /** "environments.0", as problems of the configuration name it. */
  readonly rule: string;
}

/** That, as a member of a document; nothing where its sender named it. */
export function givenTo(given: Given): { readonly environment?: GivenEnvironment } {
  const [environment] = environmentsGiven([given]).environments ?? [];
  return environment === undefined ? {} : { environment };
}

/** "environment prod, by rule 1 of `environments`": counted from 1 as people do. */
export const environmentText = ({ environment = '', rule }: GivenEnvironment): string =>
  `environment ${safeLine(environment)}, by rule ${Number(rule.split('.').at(-1)) + 1} of \`environments\``;
