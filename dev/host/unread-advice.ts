import { typedHere } from '../../src/event/command.ts';

const ROLE = 'Its identity needs the role Reader there.';

/**
 * What to do where a check could not read Azure at this address, by the code that it gives as the reason. Commands are in
 * backticks.
 */
export function unreadAdvice(armEndpoint: string): Readonly<Record<string, string>> {
  const { protocol, host } = URL.parse(armEndpoint) ?? {};
  // Plain http: is for this machine only (config/settings.ts), where no credential is asked for.
  const isLocal = protocol === 'http:';
  return {
    NoToken: 'Sign in with `az login`.',
    NoAnswer: isLocal ? `Is \`${typedHere.fakeAzure}\` running?` : `Can this machine reach ${host ?? 'Azure'}?`,
    NoSubscription: ROLE,
    AuthorizationFailed: ROLE,
    held: 'Azure asks to wait; the next check goes on.',
    stopped: 'The time was not enough; the next check goes on from there.',
  };
}
