import { describe, expect, it } from 'vitest';
import { unbound } from './options.ts';

const OPTIONS = { BatchSize: '32', MaxPollingInterval: '00:00:00.5000000', MessageEncoding: 'Base64' };

describe('the settings of host.json beside what the extension has bound', () => {
  it('are the same where only the writing differs', () => {
    const written = { batchSize: 32, maxPollingInterval: '00:00:00.5', messageEncoding: 'base64' };

    expect(unbound(written, OPTIONS)).toEqual([]);
  });

  it('are told where one is misspelt, has another value or another time', () => {
    expect(unbound({ batchsize: 32, messageEncoding: 'none', maxPollingInterval: '00:00:05' }, OPTIONS)).toEqual([
      'batchsize is no setting of the extension',
      'messageEncoding is Base64 for the extension, and none in host.json',
      'maxPollingInterval is 00:00:00.5000000 for the extension, and 00:00:05 in host.json',
    ]);
  });
});
