import { describe, expect, it } from 'vitest';
import { RequestError } from '../../src/problems/errors.ts';
import { sourceOf, sources } from '../../src/sources/registry.ts';

const refusal = async (name: string): Promise<unknown> => sourceOf({}, new Headers(), name).catch((error) => error);

describe('a source that is named in the path', () => {
  it.each([
    ['azure-autoscal', 'azure-autoscale'],
    ['azure-montior', 'azure-monitor'],
    ['GitHub', 'github'],
    ['gihtub', 'github'],
    ['custm', 'custom'],
  ])('%s is not there, and %s was meant', async (name, meant) => {
    const error = await refusal(name);

    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ message: expect.stringContaining(`; did you mean \`${meant}\`?; there are `) });
  });

  it.each(['', 'pagerduty', 'x'.repeat(10_000)])('%s is near none, and all there are are listed', async (name) => {
    const error = await refusal(name);

    expect(error).toMatchObject({ message: expect.not.stringContaining('did you mean') });
    for (const each of sources) expect(error).toMatchObject({ message: expect.stringContaining(each.name) });
  });

  it('is taken by its name', async () => {
    for (const { name } of sources) expect((await sourceOf({}, new Headers(), name)).name).toBe(name);
  });
});
