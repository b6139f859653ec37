import { describe, expect, it } from 'vitest';
import { checked } from './checked.ts';

describe('two instances, in whichever order they do what they do', () => {
  // Ten seconds of processor time; a machine that is busy with all else may take minutes.
  it('keep every law, also where one dies, a chat refuses, or a clock jumps', { timeout: 900_000 }, async () => {
    expect(await checked('--short')).toMatchObject({ code: 0, output: expect.stringContaining('states') });
  });
});
