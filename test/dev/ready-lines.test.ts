import { describe, expect, it } from 'vitest';
import { readyLines } from '../../dev/host/ready-lines.ts';

const run = { url: 'http://127.0.0.1:7071', receivers: [{ name: 'a' }, { name: 'b' }], embedded: { found: false } };

describe('what a local run says once it takes webhooks', () => {
  it('is one line where a configuration names the receivers', () => {
    const [ready, ...others] = readyLines({ origin: 'relay.yaml' }, run);

    expect(ready).toMatch(
      /^ready {2}http:\/\/127\.0\.0\.1:7071 .*configuration: relay\.yaml · receivers: a, b · storage: Azurite\)$/,
    );
    expect(others).toStrictEqual([]);
  });

  it('says what to do next where nothing is configured', () => {
    expect(readyLines({ origin: undefined }, run)).toStrictEqual([
      expect.stringMatching(/^ready .*none, the built-in inbox/),
      expect.stringMatching(/^next +open http:\/\/127\.0\.0\.1:7071\/ /),
      expect.stringMatching(/^yours +SLACK_WEBHOOK_URL or .*npm run relay -- lint/),
    ]);
  });

  it('names storage that is not its own, and an Azurite that was there', () => {
    expect(readyLines({ origin: 'x' }, { ...run, embedded: undefined })[0]).toContain('storage: as configured');
    expect(readyLines({ origin: 'x' }, { ...run, embedded: { found: true } })[0]).toContain('found running');
  });
});
