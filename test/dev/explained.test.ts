import { expect, it } from 'vitest';
import { explained } from '../../dev/host/explained.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';

const listening = (code: string, port: number): Error => Object.assign(new Error(`listen ${code}`), { code, port });

it.each([
  [listening('EADDRINUSE', 7071), 'Port 7071 is taken by another program. Take a free one: PORT=0 npm start'],
  [listening('EACCES', 80), 'Port 80 is not for every program. Take a free one: PORT=0 npm start'],
  [Object.assign(new Error('no such file'), { code: 'EACCES' }), 'no such file'],
  [new ConfigurationError([{ path: 'PORT', message: 'odd' }]), 'The settings cannot be used:\n  PORT: odd'],
  ['anything', 'anything'],
])('a start that failed is explained in words (%s)', (error, words) => {
  expect(explained(error)).toBe(words);
});
