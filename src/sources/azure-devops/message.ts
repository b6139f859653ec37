import { htmlText } from '../html.ts';
import { linkTo } from '../source.ts';
import type { Body } from './payload.ts';

export interface Anchor {
  readonly href: string;
  readonly text: string;
}

// Attribute values come in double quotes, in single quotes and without any.
const ANCHOR = /<a\s[^<>]*?\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))[^<>]*>([^<>]*)<\/a>/gi;
const LONGEST = 4_000;

/** The links of a message, in its order. The Markdown is of no use: some of it has text and address the wrong way round. */
export function anchorsOf({ message, detailedMessage }: Body): readonly Anchor[] {
  const html = (message?.html ?? detailedMessage?.html ?? '').slice(0, LONGEST);
  return [...html.matchAll(ANCHOR)].map(([, double, single, bare, text = '']) => ({
    href: htmlText(double ?? single ?? bare ?? ''),
    text: htmlText(text),
  }));
}

/** A page for people: no address of the API, no user name in front of the host. */
export function pageAt(href: string | undefined): string | undefined {
  const url = URL.parse(href ?? '');
  if (url === null || url.protocol !== 'https:' || /\/_apis\//i.test(url.pathname)) return undefined;
  url.username = '';
  url.password = '';
  return url.href;
}

/** The first of some addresses that is a page, else the first page that the message links. */
export function linkOf(rel: string, body: Body, ...hrefs: readonly (string | undefined)[]) {
  const pages = [...hrefs, ...anchorsOf(body).map(({ href }) => href)].map(pageAt);
  return pages.flatMap((page) => linkTo(rel, page)).slice(0, 1);
}

/** The number of the run that a page shows. */
export const runIn = (body: Body): string | undefined =>
  anchorsOf(body)
    .map(({ href }) => URL.parse(href)?.searchParams.get('buildId'))
    .find((id) => !!id) ?? undefined;

/** The status with which most messages end ("Build 20261120.3 partially succeeded."): all there is without a resource. */
export function lastWords(body: Body): string | undefined {
  // "… Succeeded. Time to deploy: 0.11 minutes."
  const words = lineOf(body)?.split(/\.\s/)[0]?.slice(-80).trim().split(/\s+/).slice(-2) ?? [];
  const [before = '', last] = words.length > 1 ? words : ['', ...words];
  return before.toLowerCase() === 'partially' ? `${before}${last}` : last;
}

const END =
  /\s(?:(?:partially )?succeeded|failed|stopped|cancell?ed|started|abandoned|created|rejected|approved|completed|pending|in progress)(?:\.\s.*|\.?)$/i;

const lineOf = ({ message, detailedMessage }: Body): string | undefined =>
  (message?.text ?? detailedMessage?.text)
    ?.slice(0, 500)
    .split(/\r?\n|\\r\\n/)[0]
    ?.trim();

/** What the message is about, without how it ended, which the event says: "Build 20261120.3". */
export const aboutIn = (body: Body): string | undefined =>
  lineOf(body)?.replace(END, '').replace(/\.$/, '') || undefined;

const RELEASE = /\brelease (?<release>\S.{0,200}?) (?:to|on) (?:environment|stage) (?<stage>\S.{0,200})$/i;
const ALONE = /^release (?<release>\S.{0,200}?)(?: created)?(?: from release pipeline (?<definition>.{1,200}))?$/i;

/** The names in the sentences that come with a release: all there is without a resource. */
export function releaseIn(body: Body): { release?: string; stage?: string; definition?: string } {
  const about = aboutIn(body) ?? '';
  return { ...(RELEASE.exec(about) ?? ALONE.exec(about))?.groups };
}
