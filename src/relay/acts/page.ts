import { createHash } from 'node:crypto';
import type { HttpAnswer } from '../http.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f5f5f5;color:#222}main{max-width:32rem;margin:10vh auto;padding:2rem;background:#fff;border-radius:.5rem}h1{font-size:1.25rem;margin:0 0 1rem}p{overflow-wrap:anywhere}label{display:block;margin:1rem 0}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:1px solid #767676;border-radius:.25rem}button{font:inherit;padding:.5rem 1rem;border:0;border-radius:.25rem;background:#0b5cad;color:#fff}';

/** Nothing is fetched and no script runs; the form leads back here alone. Its address is a key: it is kept nowhere, and told nobody. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

/** What a page says. All of it is plain text. */
interface Page {
  readonly locale: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** What is asked for before it is done; without it, there is nothing to do. */
  readonly form?: { readonly name: string; readonly button: string };
}

export const pageOf = (status: number, { locale, title, lines, form }: Page): HttpAnswer => ({
  status,
  headers: { ...HEADERS },
  jsonBody: undefined,
  body: [
    `<!doctype html><html lang="${escaped(locale)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    ...(form === undefined
      ? []
      : [
          `<form method="post"><label>${escaped(form.name)}<input name="by" maxlength="60" autocomplete="name"></label>`,
          `<button type="submit">${escaped(form.button)}</button></form>`,
        ]),
    '</main></body></html>',
  ].join(''),
});

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
