import type { SignIn, Transport } from '../../src/destinations/transport.ts';
import type { Reach } from '../../src/outbound/http/guarded-agents.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';

/** Whoever wants a token has one, and the bot of a chat has where to write to. */
const signIn: SignIn = { tokenFor: async () => 'a token', refused: () => undefined };
const app = {
  bot: { appId: '00000000-0000-0000-0000-000000000002', tenant: '00000000-0000-0000-0000-000000000001' },
  room: { channel: '19:general@thread.tacv2', stories: 'both', broadcast: false },
} as const;

/** The ways out over HTTP, by the names of their transports. */
export const waysWithin = (reach: Reach) =>
  Object.entries(transportsWithin(reach, signIn))
    .filter(([name]) => name !== 'smtp')
    .map(([name, send]): [string, Transport] => [name, (to, ...message) => send({ ...app, ...to }, ...message)]);
