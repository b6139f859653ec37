import { describe, expect, it } from 'vitest';
import { event } from '../../src/event/event.ts';
import { carriesSecret, namesSecret, withoutSecrets } from '../../src/event/secrets/secrets.ts';
import { custom } from '../../src/sources/custom/custom.ts';
import { examples } from '../support/examples.ts';
import { receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';
import { FORMS, HARMLESS, HARMLESS_PAIRS, PLANTED, SECRET_NAMES } from './secrets-corpus.ts';

describe('the corpus', () => {
  it('has as many forms and look-alikes as it says, each once', () => {
    expect(new Set(FORMS.map(([name]) => name)).size).toBe(FORMS.length);
    expect(new Set(HARMLESS).size).toBe(HARMLESS.length);
    expect(FORMS.length).toBeGreaterThanOrEqual(300);
    expect(HARMLESS.length).toBeGreaterThanOrEqual(400);
  });
});

describe.each(FORMS)('%s', (_name, text, secret) => {
  it('is masked, once and for all, in whatever stands around it', () => {
    for (const whole of [text, `step 3: ${text}\nexit 1`, `(${text})`]) {
      const left = withoutSecrets(whole);

      expect(whole).toContain(secret);
      expect(left).not.toContain(secret);
      expect(withoutSecrets(left)).toBe(left);
    }
  });
});

it('touches at most one in a hundred of what looks like a secret and is none', () => {
  expect(HARMLESS.filter((text) => withoutSecrets(text) !== text).length).toBeLessThanOrEqual(HARMLESS.length / 100);
});

describe('a name', () => {
  it.each(SECRET_NAMES)("%s is a secret's, and its value is in no event", (name) => {
    const draft = { ...examples.custom, properties: { [name]: 'correct horse' } };

    expect(namesSecret(name)).toBe(true);
    expect(JSON.stringify(event.parse(draft))).not.toContain('correct horse');
    expect(event.parse({ ...examples.alert, dimensions: { [name]: 'correct horse', pod: 'a' } })).toMatchObject({
      dimensions: { [name]: '***', pod: 'a' },
    });
  });

  it('of something about a secret is not one', () => {
    expect(HARMLESS_PAIRS.filter(([name]) => namesSecret(name))).toStrictEqual([]);
  });
});

const LINKS = [
  `https://user:${PLANTED}@example.com/`,
  `https://${PLANTED}@example.com/`,
  ...FORMS.map(([, text]) => text).filter((text) => /^https:\S+$/.test(text)),
  ...FORMS.filter(([name]) => name.endsWith('by itself')).flatMap(([, text]) => [
    `https://example.com/a/${encodeURIComponent(text)}`,
    `https://example.com/?to=${encodeURIComponent(encodeURIComponent(`https://x/?q=${text}`))}`,
  ]),
  ...['sig', 'code', 'jwt', 'auth_token', 'client_secret', 'id_token', 'dbPassword', 'api-key'].flatMap((name) => [
    `https://example.com/?a=1&${name}=${PLANTED}`,
    `https://example.com/#${name}=${PLANTED}`,
    `https://example.com/?to=${encodeURIComponent(`https://x/?${name}=${PLANTED}`)}`,
  ]),
];

describe('a link', () => {
  it.each(LINKS)('%s carries a secret: it is left out, and the answer says so', (url) => {
    const body = { title: 'x', links: [{ rel: 'run', url }] };

    expect(carriesSecret(url)).toBe(true);
    expect(normalize(receive(body), 'custom')).toMatchObject([{ links: [] }]);
    expect(custom.ignored?.(body, { headers: new Headers(), receivedAt: '', includes: () => false })).toStrictEqual([
      { key: 'links.0', because: 'its URL carries a secret' },
    ]);
  });

  it('that carries none is kept', () => {
    const plain = HARMLESS.filter((text) => text.startsWith('https:') && !text.includes('@'));

    expect(plain.filter(carriesSecret)).toStrictEqual([]);
    expect(plain.length).toBeGreaterThan(20);
  });
});

describe('an id and a story', () => {
  it('lose their secrets and stay two where they were two', () => {
    const read = (secret: string) =>
      normalize(receive({ title: 'x', id: `a?token=${secret}`, story: `b?token=${secret}` }), 'custom')[0];
    const [one, same, other] = [PLANTED, PLANTED, `${PLANTED}2`].map(read);

    expect(JSON.stringify(one)).not.toContain(PLANTED);
    expect(same).toMatchObject({ id: one?.id, story: one?.story });
    expect(other?.id).not.toBe(one?.id);
    expect(other?.story).not.toBe(one?.story);
  });

  it('are not the only ones: nor has a resource id one', () => {
    const read = (secret: string) =>
      normalize(receive({ title: 'x', resource: { name: 'x', id: `/subscriptions/a?token=${secret}` } }), 'custom')[0]
        ?.resource;

    expect(JSON.stringify(read(PLANTED))).not.toContain(PLANTED);
    expect(read(PLANTED)).not.toStrictEqual(read(`${PLANTED}2`));
  });
});
