import { describe, expect, it } from 'vitest';
import { CredentialsError } from '../../src/problems/errors.ts';
import { type Credentials, verify } from '../../src/sources/verify.ts';
import { allSources } from '../support/normalize.ts';
import { SIGNERS, standard as standardWebhooks } from '../support/signers.ts';

const bytes = Buffer.from('{"hello":"wörld"}');
const now = Date.parse('2026-11-20T14:05:09Z');
const none: Credentials = { secrets: [], tokens: [] };
const key = Buffer.from('a key of 24 bytes or more').toString('base64');

const named = (name: string) => {
  const source = allSources.find((each) => each.name === name);
  if (source === undefined) throw new Error(`there is no source ${name}`);
  return source;
};

/** Whether a request gets in. */
async function isTaken(name: string, headers: Record<string, string>, given: Partial<Credentials>, query = '') {
  const request = { bytes, headers: new Headers(headers), query: new URLSearchParams(query), now };
  try {
    await verify(named(name), request, { ...none, ...given });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(CredentialsError);
    return false;
  }
}

const standard = (secret: string, at = now) => standardWebhooks(bytes, secret, at);

const SIGNED: readonly [string, (secret: string) => Record<string, string>][] = [
  ...Object.entries(SIGNERS),
  ['gitlab', standardWebhooks] as const,
].map(([name, sign]) => [name, (secret) => sign(bytes, secret, now)]);

describe.each(SIGNED)('a signature of %s', (name, sign) => {
  const other = Buffer.from('another key, also long enough').toString('base64');

  it('lets a body in that the secret has signed', async () => {
    expect(await isTaken(name, sign(key), { secrets: [key] })).toBe(true);
  });

  it('lets a body in under either of two secrets while one is rotated', async () => {
    expect(await isTaken(name, sign(other), { secrets: [key, other] })).toBe(true);
    expect(await isTaken(name, sign(key), { secrets: [key, other] })).toBe(true);
  });

  it('refuses a body that another secret has signed', async () => {
    expect(await isTaken(name, sign(other), { secrets: [key] })).toBe(false);
  });

  it('refuses a body without a signature, also with a token that would do', async () => {
    expect(await isTaken(name, {}, { secrets: [key] })).toBe(false);
    expect(await isTaken(name, { 'x-relay-token': 't' }, { secrets: [key], tokens: ['t'] })).toBe(false);
  });

  it('refuses an empty and a shortened signature', async () => {
    const emptied = Object.fromEntries(Object.keys(sign(key)).map((header) => [header, '']));
    const shortened = Object.fromEntries(
      Object.entries(sign(key)).map(([header, value]) => [header, value.slice(0, -2)]),
    );

    expect(await isTaken(name, emptied, { secrets: [key] })).toBe(false);
    expect(await isTaken(name, shortened, { secrets: [key] })).toBe(false);
  });

  it('asks for nothing where no secret is configured', async () => {
    expect(await isTaken(name, {}, {})).toBe(true);
  });
});

it('refuses a Standard Webhooks signature that is older than five minutes', async () => {
  expect(await isTaken('custom', standard(key, now - 6 * 60_000), { secrets: [key] })).toBe(false);
  expect(await isTaken('custom', standard(key, now - 4 * 60_000), { secrets: [key] })).toBe(true);
});

describe('a secret of Standard Webhooks', () => {
  const signedBy = (bytesOfKey: Buffer) => standard(bytesOfKey.toString('base64'));

  it('is its bytes where it is no Base64, and never a few of them', async () => {
    const secret = 'open sesame, all of it!';

    expect(await isTaken('custom', signedBy(Buffer.from(secret)), { secrets: [secret] })).toBe(true);
    expect(await isTaken('custom', signedBy(Buffer.from(secret, 'base64')), { secrets: [secret] })).toBe(false);
  });

  it('is Base64 after its prefix, and without it either', async () => {
    expect(await isTaken('custom', standard(key), { secrets: [`whsec_${key}`] })).toBe(true);
    expect(await isTaken('custom', signedBy(Buffer.from(key)), { secrets: [`whsec_${key}`] })).toBe(false);
    expect(await isTaken('custom', signedBy(Buffer.from(key)), { secrets: [key] })).toBe(true);
  });

  it('decides of GitLab wherever a signature is sent, whatever the token says', async () => {
    const wrong = { ...signedBy(Buffer.from('another key, also long enough')), 'x-gitlab-token': key };

    expect(await isTaken('gitlab', wrong, { secrets: [key] })).toBe(false);
    expect(await isTaken('gitlab', { ...standard(key), 'x-gitlab-token': 'x' }, { secrets: [key] })).toBe(true);
  });
});

describe('a shared token', () => {
  const tokens = ['first-token', 'second-token'];

  it.each([
    ['in the query', {}, 'token=first-token'],
    ['in its own header', { 'x-relay-token': 'second-token' }, ''],
    ['as a bearer token', { authorization: 'Bearer first-token' }, ''],
  ])('is taken %s', async (_where, headers, query) => {
    expect(await isTaken('jenkins', headers, { tokens }, query)).toBe(true);
  });

  it.each([
    ['missing', {}, ''],
    ['wrong', { 'x-relay-token': 'third-token' }, ''],
    ['empty', { 'x-relay-token': '' }, 'token='],
    ['only the beginning', { 'x-relay-token': 'first' }, ''],
  ])('is refused when it is %s', async (_how, headers, query) => {
    expect(await isTaken('jenkins', headers, { tokens }, query)).toBe(false);
  });
});

describe('basic authentication', () => {
  const basic = { user: 'azure', password: 'pässword:with:colons' };
  const header = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  it('is taken with the right user and password', async () => {
    expect(await isTaken('azure-devops', header(`${basic.user}:${basic.password}`), { basic })).toBe(true);
  });

  it.each(['azure:wrong', 'other:pässword:with:colons', 'azure:', ':', ''])('is refused with "%s"', async (text) => {
    expect(await isTaken('azure-devops', header(text), { basic })).toBe(false);
  });

  it('is refused when it is missing or no Base64', async () => {
    expect(await isTaken('azure-devops', {}, { basic })).toBe(false);
    expect(await isTaken('azure-devops', { authorization: 'Basic ???' }, { basic })).toBe(false);
  });
});

it('does not say which part of the credentials was wrong', async () => {
  const request = { bytes, headers: new Headers(), query: new URLSearchParams(), now };

  await expect(verify(named('jenkins'), request, { secrets: [], tokens: ['t'] })).rejects.toThrow(
    /^jenkins: the credentials are missing or wrong$/,
  );
});
