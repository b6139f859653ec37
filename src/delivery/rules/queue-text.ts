import { jsonIn } from '../../event/json.ts';

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a queue message as the Functions host decodes it: Base64 (blanks and line ends do not count) of UTF-8. `foreign`: no Base64,
 * which the host gives up at once; `unreadable`: Base64 of something else, which the host tries to the end and never passes on.
 */
export function queueText(
  raw: string,
): { readonly kind: 'text'; readonly text: string } | { readonly kind: 'foreign' } | { readonly kind: 'unreadable' } {
  const packed = raw.replace(/[ \t\r\n]/g, '');
  if (!BASE64.test(packed)) return { kind: 'foreign' };
  try {
    return { kind: 'text', text: utf8.decode(Buffer.from(packed, 'base64')) };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** As the host gives a text to a function: JSON where it is JSON. */
export function messageIn(text: string): unknown {
  const json = jsonIn(text);
  return json === undefined ? text : json;
}
