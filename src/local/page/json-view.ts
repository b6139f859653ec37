import { copyButton, el } from './dom.ts';

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

/** The raw message, one click away. It is written out only when someone opens it. */
export function jsonView(payload: unknown, name: string): HTMLDetailsElement {
  const text = JSON.stringify(payload, null, 2) ?? 'undefined';
  const pre = el('pre', { tabindex: '0', role: 'region', 'aria-label': `JSON of the ${name} message` });
  const panel = el(
    'div',
    { class: 'json' },
    copyButton(() => text),
    pre,
  );
  const details = el('details', {}, el('summary', { class: 'button small' }, 'JSON'), panel);
  details.addEventListener('toggle', () => {
    if (pre.childNodes.length === 0) pre.append(...coloured(text));
  });
  return details;
}
