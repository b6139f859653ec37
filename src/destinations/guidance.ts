/** How something is written, such as whom a message calls, and how that is told. */
interface Form {
  readonly fits: Pick<RegExp, 'test'>;
  readonly expected: string;
}

/** What people are told who write the configuration and try it out. Apart from the destination, so that a delivery does not load it. */
export interface Guide {
  readonly title: string;
  /** Whether it can ask for a token of Entra ID. */
  readonly signsIn: boolean;
  /** Whom a message can call. */
  readonly user?: Form;
  readonly group?: Form;
  /** What the key is, of those that have one in place of an address. */
  readonly key?: Form;
  /** What the token is, of chat apps that have one. */
  readonly token?: Form;
  /** What the channel of a chat app is. */
  readonly channel?: Form;
  /** By what it is known who presses a button, of chats that sign that. */
  readonly signingSecret?: Form;
  /** Who the relay is there, of those that want to know: its app, the tenant, and what the secret is. */
  readonly bot?: { readonly appId: Form; readonly tenant: Form; readonly secret: string };
  /** Why nothing below a message stands in the channel as well, where it cannot. */
  readonly callsNobodyLoud?: string;
  /** Why it cannot call a whole channel, where it cannot. */
  readonly callsNoChannel?: string;
  /** Why an address cannot work, though it is one of such a receiver. `signsIn`: a token goes with each message. */
  readonly deadAddress?: (url: URL, signsIn: boolean) => string | undefined;
  /** What to do about a message that was taken. */
  readonly afterSent?: string;
}
