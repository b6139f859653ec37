import * as z from 'zod';
import { line } from '../event/text.ts';
import type { Matching } from './conditions.ts';
import type { Environment } from './environments.ts';
import { matcher } from './match.ts';

export const environmentOf = (match: Matching) =>
  z.strictObject({
    name: line(80).min(1).describe('What the environment is called: `prod`.'),
    match: match
      .optional()
      .describe('Which events, by anything but `environment`: those that have one keep it. Without it, all.'),
  });

export const compileEnvironment = ({ name, match }: z.infer<ReturnType<typeof environmentOf>>): Environment => ({
  name,
  ...(match && { match: matcher(match) }),
});
