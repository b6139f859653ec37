import { describe, expect, it } from 'vitest';
import { addressesOf, builtInReceivers } from '../../dev/host/inbox-receivers.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';

const INBOX = 'http://127.0.0.1:7071';

const receiver = (name: string, url: string, more: Partial<Receiver> = {}): Receiver => ({
  ...{ name, type: 'slack', url, locale: 'en', timeZone: 'UTC' },
  ...more,
});

describe('the receivers of a local run', () => {
  it('that brings none are all at the inbox, each in the language of the run', () => {
    const receivers = builtInReceivers(INBOX, { locale: 'ko', timeZone: 'Asia/Seoul' });

    expect(receivers.map(({ name, url }) => [name, url])).toStrictEqual([
      ['inbox-slack', `${INBOX}/inbox/slack`],
      ['inbox-teams', `${INBOX}/inbox/teams`],
    ]);
    expect(addressesOf(receivers, INBOX)).toStrictEqual({
      elsewhere: [],
      voices: new Map([
        ['slack', { receiver: 'inbox-slack', locale: 'ko', timeZone: 'Asia/Seoul' }],
        ['teams', { receiver: 'inbox-teams', locale: 'ko', timeZone: 'Asia/Seoul' }],
      ]),
    });
  });

  it.each([
    ['another host', 'https://hooks.slack.com/inbox/slack'],
    ['another port', 'http://127.0.0.1:7072/inbox/slack'],
    ['another page', `${INBOX}/fleet/slack`],
  ])('are elsewhere behind %s', (_what, url) => {
    expect(addressesOf([receiver('ops', url)], INBOX)).toStrictEqual({ elsewhere: ['ops'], voices: new Map() });
  });

  it.each(['http://localhost:7071/inbox/slack', `${INBOX}/inbox/slack?chat=1`, `${INBOX}/inbox/slack#ops`])(
    'are at the inbox behind %s',
    (url) => {
      expect(addressesOf([receiver('ops', url)], INBOX).elsewhere).toStrictEqual([]);
    },
  );

  it.each(['nobody', 'constructor'])('are at the inbox behind its address of %s, and speak to nobody there', (name) => {
    expect(addressesOf([receiver('gone', `${INBOX}/inbox/${name}`)], INBOX)).toStrictEqual({
      elsewhere: [],
      voices: new Map(),
    });
  });

  it('speak the language of the only one behind a door, and none where there are two', () => {
    const korean = receiver('ops', `${INBOX}/inbox/slack`, { locale: 'ko' });
    const czech = receiver('prague', `${INBOX}/inbox/slack`, { locale: 'cs' });

    expect(addressesOf([korean], INBOX).voices.get('slack')).toStrictEqual({
      ...{ receiver: 'ops', locale: 'ko', timeZone: 'UTC' },
    });
    expect(addressesOf([korean, czech], INBOX).voices.get('slack')).toBeUndefined();
  });

  it('are told apart by what their addresses name behind the double', () => {
    const korean = receiver('prod-slack', `${INBOX}/inbox/slack/prod-slack`, { locale: 'ko' });
    const czech = receiver('dev-slack', `${INBOX}/inbox/slack/dev-slack`, { locale: 'cs' });

    expect(addressesOf([korean, czech], INBOX)).toStrictEqual({
      elsewhere: [],
      voices: new Map([
        ['slack/prod-slack', { receiver: 'prod-slack', locale: 'ko', timeZone: 'UTC' }],
        ['slack/dev-slack', { receiver: 'dev-slack', locale: 'cs', timeZone: 'UTC' }],
      ]),
    });
  });
});
