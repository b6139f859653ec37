import { expect, it } from 'vitest';
import { cli } from './support/cli.ts';

it.each(['deliveries', 'show', 'replay'])('%s refuses an empty id, and says what to give', async (command) => {
  for (const id of ['', '  ']) {
    const { status, stdout, stderr } = await cli([command, id, '--url', 'http://127.0.0.1:9']);

    expect({ status, stdout }).toStrictEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/The id is empty\..*such as 9f3c1ab2.*deliveries lists/s);
  }
});
