import { htmlText } from '../html.ts';

// Far more than an event holds, and little enough to look for HTML in.
const MOST = 8_000;

// Tags and entities that incidents are written with; a rule's "< 5" or "<name>" is none.
const HTML = /<\/?(?:p|br|div|span|strong|em|b|i|u|a|ul|ol|li|table|tbody|tr|td|th|h[1-6])[\s/>]|&#?[a-z0-9]{2,8};/i;

const plain = (text: string): string => {
  const start = text.slice(0, MOST);
  return HTML.test(start) ? htmlText(start) : start.trim();
};

/** Texts of the sender one after the other, each once and without HTML; undefined where there is none. */
export function descriptionOf(...texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.flatMap((text) => (text === undefined ? [] : [plain(text)])).filter((text) => text !== '');
  return said.length > 0 ? [...new Set(said)].join('\n\n') : undefined;
}
