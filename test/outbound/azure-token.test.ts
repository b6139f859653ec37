import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../src/destinations/public-address.ts';
import { azureTokens, cachedTokens } from '../../src/outbound/sign-in/token.ts';

const HOUR = 3_600_000;

/** A credential that counts; its tokens live for an hour. */
function credential(fail: () => boolean = () => false) {
  const asked: unknown[] = [];
  const clock = { now: 0 };
  const getToken = async (scope: unknown) => {
    asked.push(scope);
    if (fail()) throw new Error('no identity');
    return { token: `token-${asked.length}`, expiresOnTimestamp: clock.now + HOUR };
  };
  const tokens = cachedTokens(
    async () => ({ getToken }),
    'https://arm.example/.default',
    () => clock.now,
  );
  return { asked, clock, tokens };
}

const { signal } = new AbortController();

describe('the token', () => {
  it('is fetched once for many calls, for the endpoint it is meant for', async () => {
    const { asked, tokens } = credential();

    const got = await Promise.all([tokens.get(signal), tokens.get(signal), tokens.get(signal)]);

    expect([...got, await tokens.get(signal)]).toStrictEqual(['token-1', 'token-1', 'token-1', 'token-1']);
    expect(asked).toStrictEqual(['https://arm.example/.default']);
  });

  it('is fetched anew five minutes before its end', async () => {
    const { clock, tokens } = credential();
    await tokens.get(signal);

    clock.now = HOUR - 5 * 60_000 - 1;
    expect(await tokens.get(signal)).toBe('token-1');
    clock.now += 1;
    expect(await tokens.get(signal)).toBe('token-2');
  });

  it('is fetched anew once it was refused, but not for a refusal of an older one', async () => {
    const { tokens } = credential();
    await tokens.get(signal);

    tokens.forget('token-1');
    expect(await tokens.get(signal)).toBe('token-2');
    tokens.forget('token-1');
    expect(await tokens.get(signal)).toBe('token-2');
  });

  it('is asked for again after a failure', async () => {
    let broken = true;
    const { tokens } = credential(() => broken);

    await expect(tokens.get(signal)).rejects.toThrow();
    broken = false;
    expect(await tokens.get(signal)).toBe('token-2');
  });

  it('is not waited for once the run is over', async () => {
    const never = cachedTokens(
      () => new Promise(() => undefined),
      'scope',
      () => 0,
    );
    const controller = new AbortController();
    const waiting = never.get(controller.signal);

    controller.abort();

    await expect(waiting).rejects.toThrow();
  });

  it('is not asked for where Azure is a server on this machine', async () => {
    const tokens = azureTokens(new URL('http://127.0.0.1:10300'), { kind: 'managed' });

    expect(await tokens.get(signal)).toBeUndefined();
  });

  it.each([
    ['http://127.0.0.1:1', true],
    ['http://127.8.9.10', true],
    ['http://localhost:7071', true],
    ['http://[::1]:7071', true],
    ['https://management.azure.com', false],
    ['http://127.0.0.1.evil.example', false],
    ['http://localhost.evil.example', false],
  ])('takes %s for this machine: %s', (address, expected) => {
    expect(isLoopback(new URL(address).hostname)).toBe(expected);
  });
});
