import { typedHere } from '../../src/event/command.ts';

interface Ready {
  readonly url: string;
  readonly receivers: readonly { readonly name: string }[];
  /** Undefined where the storage is somebody else's. `found`: an earlier relay left it running. */
  readonly embedded: { readonly found: boolean } | undefined;
}

/**
 * What a local run says once it takes webhooks: programs wait for the line that begins with "ready" and read the address in it.
 * `origin` is what names the receivers; without it, people are told what to do next.
 */
export function readyLines(
  { origin }: { readonly origin: string | undefined },
  { url, receivers, embedded }: Ready,
): readonly string[] {
  const parts = [
    `inbox: ${url}/`,
    `webhooks: POST ${url}/api/webhooks`,
    `configuration: ${origin ?? 'none, the built-in inbox'}`,
    `receivers: ${receivers.map(({ name }) => name).join(', ')}`,
    embedded === undefined ? 'storage: as configured' : `storage: Azurite${embedded.found ? ', found running' : ''}`,
  ];
  const ready = `ready  ${url}  (${parts.join(' · ')})`;
  if (origin !== undefined) return [ready];
  return [
    ready,
    `next   open ${url}/ and press "Send a test scale-out"; Ctrl-C here ends the relay`,
    `yours  SLACK_WEBHOOK_URL or TEAMS_WEBHOOK_URL before "${typedHere.start}" sends to your chat; for more, ${typedHere.sample} and run "${typedHere.relay} lint"`,
  ];
}
