import type { Ports } from '../../delivery/ports.ts';
import { destinations } from '../../destinations/registry.ts';
import type { SignIn } from '../../destinations/transport.ts';
import { signedIn, signInAs } from '../sign-in/signed-in.ts';
import type { Reach } from './guarded-agents.ts';
import { poster } from './post.ts';

/** Every way to a receiver, by one way out. `signIn`: who the relay is to those that want to know. */
export function transportsWithin(reach: Reach, signIn: SignIn = signInAs({ kind: 'developer' })): Ports['transports'] {
  const post = signedIn(poster(reach), signIn);
  const ways = Object.values(destinations).map(({ transport: { name, over } }) => [name, over(post)]);
  return Object.fromEntries(ways) as Ports['transports'];
}
