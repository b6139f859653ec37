import { describe, expect, it, vi } from 'vitest';
import { answers } from '../../dev/host/alive.ts';
import { listen } from '../support/server.ts';

describe('somebody at an address', () => {
  it('is there whatever the answer', async () => {
    await using server = await listen({ status: 500 });

    expect(await answers(server.url)).toBe(true);
  });

  it('is not there where nothing listens', async () => {
    expect(await answers('http://127.0.0.1:1')).toBe(false);
  });

  it('is not there where no answer comes', async () => {
    await using server = await listen({ status: 200, after: 60_000 });
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());

    expect(await answers(server.url)).toBe(false);
    limit.mockRestore();
  });
});
