import type { Incoming } from './exchange.ts';

/**
 * Which versions of its interfaces this Azure speaks, as far as it has said so: sovereign clouds and Azure Stack know new ones
 * later. Each type of resource has its own; what was learnt holds for the life of the process.
 */
export interface Versions {
  /** The URL, with the version that Azure knows where it has refused the one in it before. */
  known(url: string): string;
  /** Whether an answer refuses the version in the URL and names one that is spoken; `known` has it from then on. */
  learns(url: string, incoming: Incoming, note: Note): boolean;
}

/** A line for the log. */
type Note = (text: string, details: object) => void;

// A list of versions has some thousand characters.
const MOST_TEXT = 20_000;

/**
 * Resource Manager refuses with one of three codes, the last of them with 404, each with the versions in its words:
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider and
 * https://github.com/Azure/azure-powershell/issues/3631
 */
const REFUSED = /"(?:InvalidApiVersionParameter|NoRegisteredProviderFound|InvalidResourceType)"/;
const SUPPORTED = /supported (?:api-)?versions are:? '([^']*)'/i;

export function versions(): Versions {
  const spoken = new Map<string, string>();
  const told = new Set<string>();
  return {
    known(url) {
      const version = spoken.get(keyOf(url));
      return version === undefined ? url : url.replace(VERSION, `$1${version}`);
    },
    learns(url, incoming, note) {
      const [, , asked = ''] = VERSION.exec(url) ?? [];
      const isRefused = incoming.kind === 'answered' && (incoming.status === 400 || incoming.status === 404);
      const version = isRefused ? among(incoming.text, asked) : undefined;
      if (version === undefined) return false;
      spoken.set(keyOf(url), version);
      const key = `${asked} ${version}`;
      if (!told.has(key)) note('Azure does not know this version, and is asked in an older one', { asked, version });
      told.add(key);
      return true;
    },
  };
}

const VERSION = /([?&]api-version=)(\d{4}-\d\d-\d\d(?:-preview)?)(?=&|$)/;

/** What a URL asks for, without its names, and the version that it asks in. */
function keyOf(url: string): string {
  const [, ...providers] = new URL(url).pathname.split(/\/providers\//i);
  const [namespace = '', ...rest] = providers.at(-1)?.split('/') ?? [];
  const types = rest.filter((_segment, index) => index % 2 === 0);
  return [namespace, ...types, VERSION.exec(url)?.[2]].join('/').toLowerCase();
}

/** The newest stable version before the one that was asked for; the oldest after it where there is none before. */
function among(text: string, asked: string): string | undefined {
  const start = text.slice(0, MOST_TEXT);
  const [, list = ''] = (REFUSED.test(start) && SUPPORTED.exec(start)) || [];
  const named = list.split(',').map((each) => each.trim());
  // One that is spoken was refused for another reason, such as the region.
  if (named.includes(asked)) return undefined;
  const stable = named.filter((each) => /^\d{4}-\d\d-\d\d$/.test(each)).sort();
  return stable.findLast((each) => each < asked) ?? stable[0];
}
