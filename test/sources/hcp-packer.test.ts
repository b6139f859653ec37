import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hcpPacker } from '../../src/sources/hcp-packer/hcp-packer.ts';
import { read } from '../support/normalize.ts';
import { caseOf, fixtureLaws, nullLaws, oneOf, privacyLaw, sampleLaws } from './support/github.ts';

const SOURCE = 'hcp-packer';
const { body } = caseOf(SOURCE, 'version-completed');

describe('the fixtures of HCP Packer', () => fixtureLaws(SOURCE));

describe('HCP Packer', () => {
  nullLaws(SOURCE, ['event_action']);
  privacyLaw(SOURCE, [/email/, /principal_id/, /organization_id/]);

  it.each([
    ['complete', { kind: 'artifact', action: 'completed', severity: 'info' }],
    ['restore', { kind: 'artifact', action: 'completed', severity: 'info' }],
    ['revoke', { kind: 'artifact', action: 'revoked', severity: 'warning' }],
    ['delete', { kind: 'artifact', action: 'deleted', severity: 'info' }],
    ['schedule-revocation', { kind: 'custom', severity: 'warning' }],
    ['cancel-revocation', { kind: 'custom', severity: 'info' }],
  ])('tells of %s', (event_action, expected) => {
    expect(read({ payload: { ...body, event_action } })).toMatchObject([expected]);
  });

  it.each([['create'], ['assign'], ['update']])('reads and does not report %s', (event_action) => {
    expect(read({ payload: { ...body, event_action } })).toStrictEqual([]);
  });

  it('tells an action that nobody knows with its word', () => {
    expect(read({ payload: { ...body, event_action: 'constructor' } })).toMatchObject([
      { kind: 'artifact', action: 'unknown', word: 'constructor', severity: 'warning' },
    ]);
  });

  it('reads the same body with the keys of its first days', () => {
    const camel = Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), value]),
    );

    expect(read({ payload: camel })).toStrictEqual(read({ payload: body }));
  });

  it('tells one event from another by its id, and without one by the version and what was done', () => {
    const ids = [
      oneOf({ payload: body }, SOURCE).id,
      oneOf({ payload: { ...body, event_id: 'packer.event:other' } }, SOURCE).id,
      oneOf({ payload: { ...body, event_id: null } }, SOURCE).id,
      oneOf({ payload: { ...body, event_id: null, event_action: 'revoke' } }, SOURCE).id,
    ];

    expect(new Set(ids).size).toBe(4);
  });

  it.each([['sha512'], ['sha256']])('signs the body with %s', (algorithm) => {
    const bytes = Buffer.from('{}');
    const signature = createHmac(algorithm, 's3cret').update(bytes).digest('hex');
    const made = (secret: string) =>
      hcpPacker.signature?.({ bytes, headers: new Headers({ 'x-hcp-webhook-signature': signature }), now: 0 }, secret);

    expect([made('s3cret'), made('other')]).toStrictEqual([true, false]);
  });
});

sampleLaws(SOURCE, {
  'hashicorp/hcp-packer-version-completed-constructed': [
    { action: 'completed', name: 'harbour-image', version: 'v3', resource: { name: 'harbour-image' } },
  ],
  'hashicorp/hcp-webhook-envelope-vault-secrets': [],
});
