import { DESIGNER } from './designer.ts';
import { copyButton, el } from './dom.ts';
import { type InboxMessage, NAME } from './message.ts';
import { tabsOver } from './tabs.ts';

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\b(?:true|false|null)\b/gi;

function coloured(json: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [whole, string, colon = ''] = match;
    const kind = string === undefined ? 'value' : colon === '' ? 'string' : 'key';
    nodes.push(
      document.createTextNode(json.slice(end, match.index)),
      el('span', { class: `json-${kind}` }, string ?? whole),
    );
    nodes.push(document.createTextNode(colon));
    end = match.index + whole.length;
  }
  return [...nodes, document.createTextNode(json.slice(end))];
}

const written = (value: unknown): string => JSON.stringify(value, null, 2) ?? 'undefined';

/** The raw message and the event that it tells, one click away. They are written out only when someone opens them. */
export function jsonView({ payload, about, destination }: InboxMessage): HTMLDetailsElement {
  const name = NAME[destination];
  const designer = DESIGNER[destination];
  const pre = el('pre', { tabindex: '0' });
  let shown: unknown = payload;
  const show = (value: unknown): void => {
    shown = value;
    pre.replaceChildren(...coloured(written(value)));
  };
  const tabs = [
    { name: 'Message', show: () => show(payload) },
    ...(about === undefined ? [] : [{ name: 'Event', show: () => show(about) }]),
  ];
  const head = el(
    'div',
    { class: 'json-head' },
    tabsOver(pre, `JSON behind the ${name} message`, tabs),
    copyButton('Copy', 'the JSON that is shown', () => written(shown)),
    designer &&
      copyButton(`Copy for ${designer.name}`, `the ${name} message for the ${designer.name}`, () =>
        written(designer.part(payload)),
      ),
  );
  const details = el(
    'details',
    {},
    el('summary', { class: 'button small' }, 'JSON'),
    el('div', { class: 'json' }, head, pre),
  );
  details.addEventListener('toggle', () => {
    if (pre.childNodes.length === 0) show(shown);
  });
  return details;
}
