/** A button that does something is pressed as in the chat: by way of the relay, which changes the message. */
export const press = (action: unknown, value: unknown): void =>
  void fetch('/inbox/press', { method: 'POST', body: JSON.stringify({ action, value }) }).catch(() => undefined);
