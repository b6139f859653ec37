import { htmlText } from '../html.ts';
import type { Event } from './payload.ts';

/** What an event is about, by the kind of document: "Projects" and "Projects-670", "Accounting Database". */
export interface Named {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

const ANCHOR = /<a\s[^<>]*?\bhref\s*=\s*["'][^<>"']*\/([A-Za-z]{1,40}-[^<>"'/]{1,100})["'][^<>]*>([^<>]*)<\/a>/gi;

/** Reads the names out of the message, at the places that the event points to; else out of its links. */
export function namesOf(event: Event): (kind: string) => Named {
  const names = new Map(linked(event));
  for (const { ReferencedDocumentId: id, StartIndex: start, Length: length } of event.MessageReferences) {
    const name = start === undefined || length === undefined ? '' : (event.Message ?? '').slice(start, start + length);
    if (name.trim() !== '') names.set(id, name.trim());
  }
  const ids = [
    ...event.RelatedDocumentIds,
    ...event.MessageReferences.map((each) => each.ReferencedDocumentId),
    ...names.keys(),
  ];
  return (kind) => {
    const id = ids.find((each) => each.toLowerCase().startsWith(`${kind.toLowerCase()}-`));
    return { id, name: id === undefined ? undefined : names.get(id) };
  };
}

const linked = ({ MessageHtml }: Event): [string, string][] =>
  [...(MessageHtml ?? '').slice(0, 8_000).matchAll(ANCHOR)].map(([, id = '', name = '']) => [id, htmlText(name)]);
