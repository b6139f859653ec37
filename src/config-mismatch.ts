import * as z from 'zod';
import { type DestinationName, destinations } from './destinations.ts';
import { urlProblem } from './receiver-url.ts';
import { sources } from './sources/registry.ts';

/** Stands for a variable that is not set, which is told by itself. */
export const UNSET = 'unset';

/** The senders that can prove themselves by an Entra ID token. */
const ENTRA_SOURCES: readonly string[] = ['azure-monitor', 'event-grid'];

const typeNames = Object.keys(destinations) as DestinationName[];

// As much of a file as can be looked at while other parts of it are wrong: every problem is told at once.
const outline = z.object({
  receivers: z
    .record(
      z.string(),
      z.object({ type: z.enum(typeNames).optional().catch(undefined), url: z.string().catch('') }).catch({ url: '' }),
    )
    .catch({}),
  routes: z.array(z.object({ to: z.array(z.string()).catch([]) }).catch({ to: [] })).catch([]),
  sources: z
    .record(
      z.string(),
      z
        .object({
          secret: z.unknown().optional(),
          entra: z.unknown().optional(),
          include: z.array(z.string()).catch([]),
        })
        .catch({ secret: undefined, entra: undefined, include: [] }),
    )
    .catch({}),
});

type Complaint = { readonly path: readonly PropertyKey[]; readonly message: string };

/** What is wrong between the parts of a file: names that lead nowhere, URLs that do not fit, options that cannot be. */
export function mismatches(file: unknown, development: boolean): readonly Complaint[] {
  const { data } = outline.safeParse(file);
  if (data === undefined) return [];
  const urls = Object.entries(data.receivers).flatMap(([name, { type, url }]) => {
    const message = type && url && url !== UNSET ? urlProblem(url, type, development) : undefined;
    return message === undefined ? [] : [{ path: ['receivers', name, 'url'], message }];
  });
  const routes = data.routes.flatMap(({ to }, at) =>
    to.flatMap((name, index) =>
      Object.hasOwn(data.receivers, name)
        ? []
        : [{ path: ['routes', at, 'to', index], message: `there is no receiver ${name}` }],
    ),
  );
  return [...urls, ...routes, ...sources.flatMap((source) => optionProblems(source, data.sources[source.name]))];
}

function optionProblems(
  { name, extras, signature }: (typeof sources)[number],
  options: z.infer<typeof outline>['sources'][string] | undefined,
): readonly Complaint[] {
  const { secret, entra, include = [] } = options ?? {};
  const at = (key: string | number, ...rest: (string | number)[]) => ['sources', name, key, ...rest];
  return [
    ...(secret !== undefined && signature === undefined
      ? [{ path: at('secret'), message: 'this sender does not sign; use token or basic' }]
      : []),
    ...(entra !== undefined && !ENTRA_SOURCES.includes(name)
      ? [{ path: at('entra'), message: `only ${ENTRA_SOURCES.join(' and ')} send Entra ID tokens` }]
      : []),
    ...include.flatMap((extra, index) =>
      Object.hasOwn(extras, extra)
        ? []
        : [{ path: at('include', index), message: knownExtra(extra, Object.keys(extras)) }],
    ),
  ];
}

const knownExtra = (given: string, names: readonly string[]): string =>
  names.length === 0 ? `nothing is left out, so "${given}" cannot be included` : `expected one of ${names.join(', ')}`;
