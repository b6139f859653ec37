/** Where a relay is: scheme, host and perhaps a path, without a slash at the end. */
export interface RelayAddress {
  readonly base: string;
  readonly host: string;
  /** Whether an address is one of its webhooks, whatever key is in it. */
  takes(address: string): boolean;
  /** Whether the key in such an address is another one than the shell has; never where that has none. */
  hasOtherKey(address: string): boolean;
}

/** `code`: the key that whoever asks would paste the lines with. */
export function relayAddress(url: URL, code?: string): RelayAddress {
  const base = url.href.replace(/\/+$/, '');
  const webhooks = new URL(`${base}/api/webhooks`);
  return {
    base,
    host: url.hostname,
    takes(address) {
      const given = URL.parse(address);
      // Functions read paths without regard to case.
      return given?.host === webhooks.host && beginsAs(given.pathname.toLowerCase(), webhooks.pathname.toLowerCase());
    },
    hasOtherKey: (address) => code !== undefined && URL.parse(address)?.searchParams.get('code') !== code,
  };
}

const beginsAs = (path: string, start: string): boolean => path === start || path.startsWith(`${start}/`);

/** An address without what follows its path; undefined where a password may be left in it. */
export const withoutKey = (address: string): string | undefined =>
  /^https?:\/\/[^\s/?#@'\\]+(?:\/[^\s?#'\\]*)?\/api\/webhooks(?:\/[\w-]*)?(?=$|[?#])/i.exec(address)?.[0];
