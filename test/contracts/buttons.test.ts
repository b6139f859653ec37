import { describe, expect, it } from 'vitest';
import { messages } from '../../src/destinations/messages.ts';
import { buttonNames } from '../../src/event/act.ts';
import { examples } from '../support/examples.ts';
import { chatNames, localeNames, refusalOf, voiceIn } from '../support/payloads.ts';

const TOKEN = 'A'.repeat(250);

const URL_OF = `https://relay.example.com/api/act/${TOKEN}`;

/** Whose buttons are their own, and do not only open a page. */
const OWN: readonly string[] = ['slack-app', 'teams-bot'];

const cases = chatNames.flatMap((name) => localeNames.map((locale) => ({ name, locale })));

describe.each(cases)('a message with buttons for $name in $locale', ({ name, locale }) => {
  const isOwn = OWN.includes(name);
  const voice = {
    ...voiceIn({ locale }),
    buttons: () => buttonNames.slice(0, 3).map((each) => ({ name: each, url: URL_OF, ...(isOwn && { token: TOKEN }) })),
  };
  const payload = messages[name].format(examples.alert, voice);

  it('is taken, and has three of them beside the links', () => {
    const text = JSON.stringify(payload);

    expect(refusalOf(name, payload)).toBeUndefined();
    expect(text.split(isOwn ? `"${TOKEN}"` : URL_OF).length - 1).toBeGreaterThanOrEqual(3);
    expect(text).toContain('portal.azure.com');
    expect(text.includes(URL_OF)).toBe(!isOwn);
  });

  it('is taken in its plain form, whose one button is a page to read', () => {
    const plain = messages[name].plain(examples.alert, voice);

    expect(refusalOf(name, plain)).toBeUndefined();
    expect(JSON.stringify(plain)).not.toContain(TOKEN);
  });
});
