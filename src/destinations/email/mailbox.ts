/** One address of mail, and the name that is shown beside it. */
export interface Mailbox {
  /** Empty where there is none. */
  readonly name: string;
  readonly address: string;
}

/** Who writes to whom. */
export interface Letters {
  readonly from: Mailbox;
  readonly to: Mailbox;
}

// What a mail program would read as more than one address, or as a header, is in none of them:
// https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2 (dot-string), without quoted local parts and letters beyond ASCII.
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const ADDRESS = new RegExp(`^(?=.{1,254}$)(?=[^@]{1,64}@)${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})+$`);
const WRITTEN = /^(?:([^\p{C}\p{Zl}\p{Zp}<>@,:;"\\]{0,64}?) ?<([^<>]+)>|([^<>]+))$/u;

/** "Ops <ops@example.com>" or "ops@example.com", taken apart; undefined where it is neither. */
export function mailboxIn(text: string): Mailbox | undefined {
  const [, name = '', named, bare] = WRITTEN.exec(text) ?? [];
  const address = named ?? bare ?? '';
  return ADDRESS.test(address) ? { name: name.trim(), address } : undefined;
}

/** Instead of a list. */
export const ONE_ADDRESS =
  'expected one address: one receiver for each address, or a distribution list; a route takes several receivers';

/** What is wrong with an address as it is written in the configuration. */
export function mailboxProblem(text: unknown): string | undefined {
  if (text === undefined || text === '') return 'this is missing: expected an address, such as ops@example.com';
  // A list is told of by the form of the file.
  if (typeof text !== 'string') return undefined;
  if (/[,;]|@.*@/.test(text)) return ONE_ADDRESS;
  return mailboxIn(text) === undefined
    ? 'expected an address, such as ops@example.com or "Ops <ops@example.com>"; of a domain in other letters, the form that begins with xn--'
    : undefined;
}
