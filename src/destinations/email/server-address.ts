import { isLoopback, isPublicHost } from '../public-address.ts';

/** A server of mail, as an address names it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS at once; else after STARTTLS. */
  readonly secure: boolean;
  /** Undefined where nobody signs in. A secret is in it. */
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
}

const SCHEMES: Readonly<Record<string, { readonly secure: boolean; readonly port: number }>> = {
  // https://www.rfc-editor.org/rfc/rfc8314#section-3.3
  'smtps:': { secure: true, port: 465 },
  // https://www.rfc-editor.org/rfc/rfc6409#section-3.1
  'smtp:': { secure: false, port: 587 },
};

/** The server that an address names; undefined where it is none of a server of mail. */
export function mailServerAt(text: string): MailServer | undefined {
  const url = URL.parse(text);
  const scheme = SCHEMES[url?.protocol ?? ''];
  if (url === null || scheme === undefined) return undefined;
  const [user, pass] = [decoded(url.username), decoded(url.password)];
  if (user === undefined || pass === undefined || (user === '') !== (pass === '')) return undefined;
  if (!HOST.test(url.hostname) || !['', '/'].includes(url.pathname) || url.search + url.hash !== '') return undefined;
  if (url.port === '0') return undefined;
  return {
    host: url.hostname.replace(/^\[|\]$/g, '').toLowerCase(),
    port: Number(url.port) || scheme.port,
    secure: scheme.secure,
    auth: user === '' ? undefined : { user, pass },
  };
}

// The parser takes any sign for the host of such a URL.
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\])$/i;

/** Undefined where it is not percent-encoded, or is what no line of SMTP can hold. */
function decoded(text: string): string | undefined {
  try {
    const whole = decodeURIComponent(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for.
    return /[\u0000-\u001f\u007f]/.test(whole) ? undefined : whole;
  } catch {
    return undefined;
  }
}

const EXPECTED =
  'expected the server that takes the mail, such as smtp://user:password@smtp.example.com:587, or smtps:// where TLS comes at once (465); in user and password, %40 stands for @ and %25 for %';

/** What is wrong with the address of a server of mail, without repeating it. */
export function mailServerProblem(text: string, development: boolean): string | undefined {
  const server = mailServerAt(text);
  if (server === undefined) return EXPECTED;
  if (isLoopback(server.host)) {
    return development ? undefined : 'expected a server that Azure reaches, not this machine';
  }
  if (!isPublicHost(server.host)) return 'expected a public host, not a private address';
  return undefined;
}

/** Why mail cannot get there, though it is the address of a server. */
export function deadMailServer({ protocol, port, hostname }: URL): string | undefined {
  if (isLoopback(hostname)) return undefined;
  // https://learn.microsoft.com/azure/virtual-network/troubleshoot-outbound-smtp-connectivity
  if (port === '25') return 'Azure lets no mail out by port 25: expected the port for senders who sign in, 587 or 465';
  if (protocol === 'smtp:' && port === '465') return 'by port 465 TLS comes at once: expected smtps://';
  if (protocol === 'smtps:' && port === '587') return 'by port 587 TLS comes after STARTTLS: expected smtp://';
  return undefined;
}
