import type { Ports } from '../../delivery/ports.ts';
import type { Destination } from '../../destinations/destination.ts';
import { destinations } from '../../destinations/registry.ts';
import type { SendMail, SignIn } from '../../destinations/transport.ts';
import { signedIn, signInAs } from '../sign-in/signed-in.ts';
import type { Reach } from './guarded-agents.ts';
import { poster } from './post.ts';

/** Every way to a receiver, by one way out. `signIn`: who the relay is to those that want to know. */
export function transportsWithin(
  reach: Reach,
  signIn: SignIn = signInAs({ kind: 'developer' }, poster(reach)),
): Ports['transports'] {
  const post = signedIn(poster(reach), signIn);
  const all: readonly Destination[] = Object.values(destinations);
  const sendMail = mailerWithin(reach);
  const ways = all.map(({ transport: { name, over } }) => [name, over(post, sendMail)]);
  return Object.fromEntries(ways) as Ports['transports'];
}

/** Loaded with the first mail: few relays write any. */
function mailerWithin(reach: Reach): SendMail {
  let made: Promise<SendMail> | undefined;
  return async (mail) => {
    made ??= import('../smtp/mailer.ts').then(({ mailer }) => mailer(reach));
    return (await made)(mail);
  };
}
