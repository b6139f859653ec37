import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../dev/host/message-size.ts';
import { retell } from '../../dev/host/retell.ts';
import { messages } from '../../src/destinations/messages.ts';
import { eventKinds } from '../../src/event/event.ts';
import { type LocaleName, locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';

const sent = { destination: 'slack', receivedAt: '2026-11-20T14:05:11.000Z', locale: 'en', timeZone: 'UTC' } as const;
const message = { ...sent, about: examples.scale };

const asked = (query: string, of: Parameters<typeof retell>[0] = message) => retell(of, new URLSearchParams(query));

describe('a message that is told again', () => {
  it.each(Object.keys(locales) as LocaleName[])(
    'is in %s what the relay would send, for every kind and chat',
    (locale) => {
      for (const kind of eventKinds) {
        for (const destination of ['slack', 'teams'] as const) {
          const about = examples[kind];
          // Told as it happened, so that nothing is late.
          const answer = asked(`locale=${locale}&timeZone=Asia/Seoul`, {
            ...sent,
            destination,
            about,
            receivedAt: about.occurredAt,
          });

          const payload = messages[destination].format(about, { say: locales[locale], timeZone: 'Asia/Seoul' });
          expect(answer).toMatchObject({
            status: 200,
            jsonBody: { payload, locale, size: sizeOf(destination, payload) },
          });
        }
      }
    },
  );

  it('keeps what is not asked for as it was sent', () => {
    const of = { ...message, locale: 'ko', timeZone: 'Asia/Seoul' };

    expect(asked('', of).jsonBody).toMatchObject({ locale: 'ko', timeZone: 'Asia/Seoul' });
    expect(asked('locale=cs', of).jsonBody).toMatchObject({ locale: 'cs', timeZone: 'Asia/Seoul' });
    expect(asked('timeZone=UTC', of).jsonBody).toMatchObject({ locale: 'ko', timeZone: 'UTC' });
  });

  it('is late where it was late when it came', () => {
    const of = { ...message, receivedAt: '2026-11-20T15:05:11.000Z' };

    expect(JSON.stringify(asked('locale=en', of).jsonBody)).toContain('Late, 14:05 UTC');
    expect(JSON.stringify(asked('locale=en').jsonBody)).not.toContain('Late, ');
  });

  it.each(['locale=xx', 'locale=', 'timeZone=Mars/Olympus', 'timeZone=', 'locale=ko&more=1', 'locale=__proto__'])(
    'is refused for the query %s, with a sentence',
    (query) => {
      expect(asked(query)).toMatchObject({
        status: 400,
        jsonBody: { status: 400, detail: expect.stringMatching(/: ./) },
      });
    },
  );

  it('is not found without an event, and where there is no message', () => {
    expect(asked('locale=ko', sent)).toMatchObject({ status: 404 });
    expect(retell(undefined, new URLSearchParams('locale=ko'))).toMatchObject({ status: 404 });
  });

  it('is in English where its language is no longer there', () => {
    expect(asked('', { ...message, locale: 'tlh' }).jsonBody).toMatchObject({ locale: 'en' });
  });
});
