import type { Tone } from '../../message/slots.ts';

/** How the parts of a mail look. In the elements themselves, for many programs drop a style sheet; dark comes from the sheet. */
export const LOOK = {
  page: 'margin:0;padding:16px;overflow-wrap:anywhere;background:#ffffff;color:#1f2328;font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  unseen: 'display:none;max-height:0;overflow:hidden',
  heading: 'margin:0 0 4px;font-size:19px;line-height:1.35',
  figure: 'margin:0 0 4px;font-size:24px;font-weight:bold',
  label: 'margin:8px 0 0;font-size:13px;line-height:1.4;color:#59636e',
  value: 'margin:0',
  list: 'margin:0;padding:0 0 0 20px',
  quote: 'margin:0;padding:8px 12px;background:#f6f8fa',
  code: 'font-family:Consolas,Menlo,monospace;font-size:13px',
  block: 'white-space:pre-wrap',
  actions: 'margin:16px 0 0',
  link: 'color:#0550ae',
  button:
    'display:inline-block;margin:0 8px 8px 0;padding:6px 12px;border:1px solid #0550ae;color:#0550ae;text-decoration:none',
  footer: 'margin:16px 0 0;font-size:13px;color:#59636e',
} as const;

const COLOR = {
  good: '#1a7f37',
  info: '#0969da',
  neutral: '#818b98',
  warning: '#bf8700',
  danger: '#cf222e',
} as const satisfies Record<Tone, string>;

export const bar = (tone: Tone): string =>
  `max-width:640px;margin:0 auto;padding:4px 0 4px 16px;border-left:4px solid ${COLOR[tone]}`;

/** For programs that know it: https://www.caniemail.com/features/css-at-media-prefers-color-scheme/ */
export const SHEET = [
  ':root{color-scheme:light dark}',
  '@media (prefers-color-scheme:dark){',
  '.page{background:#16181d!important;color:#e6e8ec!important}',
  '.muted{color:#a3adba!important}',
  '.quote{background:#23272f!important}',
  '.link{color:#8ab4f8!important;border-color:#8ab4f8!important}',
  '}',
].join('');
