import type { Offer } from './lens-bar.ts';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** "한국어", by its own speakers' name for it. */
export const languageName = (locale: string): string =>
  capitalised(new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale);

export const kindOffer = (kinds: readonly string[]): Offer => ({
  part: 'kind',
  label: 'Kind',
  key: 'f',
  choices: [{ value: '', label: 'All kinds' }, ...kinds.map((kind) => ({ value: kind, label: capitalised(kind) }))],
});

export const chatOffer: Offer = {
  part: 'chat',
  label: 'Chat',
  key: 'c',
  choices: [
    { value: '', label: 'Both' },
    { value: 'slack', label: 'Slack' },
    { value: 'teams', label: 'Teams' },
  ],
};

export const languageOffer = (locales: readonly string[], all: string): Offer => ({
  part: 'locale',
  label: 'Language',
  key: 'l',
  choices: [{ value: '', label: all }, ...locales.map((locale) => ({ value: locale, label: languageName(locale) }))],
});

const COMMON = ['Asia/Seoul', 'Europe/Prague', 'Asia/Ho_Chi_Minh'];

export function zoneOffer(): Offer {
  const { timeZone: own } = new Intl.DateTimeFormat().resolvedOptions();
  const zones = [...new Set(['UTC', own, ...COMMON])];
  return {
    part: 'timeZone',
    label: 'Time zone',
    key: 'z',
    choices: [
      { value: '', label: 'As it was sent' },
      ...zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    ],
  };
}

// The widths that a card has on a phone and in the column of a desktop.
export const widthOffer: Offer = {
  part: 'width',
  label: 'Width',
  key: 'w',
  choices: [
    { value: '', label: 'Full' },
    { value: '560', label: '560 px' },
    { value: '300', label: '300 px' },
  ],
};
