import type { Offer } from './filter.ts';

export type MessagePart = 'kind' | 'chat' | 'language' | 'zone' | 'width';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** "한국어", by its own speakers' name for it. */
export const languageName = (locale: string): string =>
  capitalised(new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale);

export const kindOffer = (kinds: readonly string[]): Offer<MessagePart> => ({
  part: 'kind',
  label: 'Kind',
  form: 'list',
  key: 'f',
  choices: [{ value: '', label: 'All kinds' }, ...kinds.map((kind) => ({ value: kind, label: capitalised(kind) }))],
});

export const chatOffer: Offer<MessagePart> = {
  part: 'chat',
  label: 'Chat',
  form: 'switch',
  key: 'c',
  choices: [
    { value: '', label: 'Both' },
    { value: 'slack', label: 'Slack' },
    { value: 'teams', label: 'Teams' },
  ],
};

export const languageOffer = (choices: Offer<MessagePart>['choices']): Offer<MessagePart> => ({
  part: 'language',
  label: 'Language',
  form: 'list',
  key: 'l',
  choices,
});

export const languagesOf = (locales: readonly string[]): Offer<MessagePart>['choices'] =>
  locales.map((locale) => ({ value: locale, label: languageName(locale) }));

const COMMON = ['Asia/Seoul', 'Europe/Prague', 'Asia/Ho_Chi_Minh'];

export function zoneOffer(): Offer<MessagePart> {
  const { timeZone: own } = new Intl.DateTimeFormat().resolvedOptions();
  const zones = [...new Set(['UTC', own, ...COMMON])];
  return {
    part: 'zone',
    label: 'Time zone',
    form: 'list',
    key: 'z',
    choices: [
      { value: '', label: 'As it was sent' },
      ...zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    ],
  };
}

// The widths that a card has on a phone and in the column of a desktop.
export const widthOffer: Offer<MessagePart> = {
  part: 'width',
  label: 'Width',
  form: 'switch',
  key: 'w',
  choices: [
    { value: '', label: 'Full' },
    { value: '560', label: '560 px' },
    { value: '300', label: '300 px' },
  ],
};
