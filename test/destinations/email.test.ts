import { describe, expect, it } from 'vitest';
import { judge } from '../../src/destinations/answer.ts';
import { emailAnswers } from '../../src/destinations/email/answers.ts';
import { inCode, literal } from '../../src/destinations/email/markup.ts';
import { emailLimits, formatEmail } from '../../src/destinations/email/message.ts';
import { event as eventSchema } from '../../src/event/event.ts';
import { mimeOf } from '../../src/outbound/smtp/mailer.ts';
import { examples } from '../support/examples.ts';
import { complete, FLOOD, HOSTILE, plantAll } from '../support/hostile.ts';
import { localeNames, payloadOf, refusalOf, voiceIn } from '../support/payloads.ts';
import { part } from '../support/sweep.ts';
import { variantNames, variants } from '../support/variants.ts';

const mail = (event: Parameters<typeof formatEmail>[0]) => formatEmail(event, voiceIn());

/** What programs that show mail make a link of, by itself. */
const LINKED = {
  'an address': /\b[a-z][a-z\d+.-]*:\/\//i,
  'a host': /\bwww\d{0,3}\.[^\u200b]/i,
  'a host with a path': /[\p{L}\d-]\.\p{L}{2,4}\//u,
  'an address of mail': /@[^\s\u200b]/,
  'a call': /\b(?:mailto|tel|sms|callto):[^\s\u200b]/i,
};

describe('a text from outside', () => {
  it.each([
    ...HOSTILE.map((text) => text.replaceAll('\u200b', '')),
    'https://e.vil HTTP://E.VIL ftp://e.vil www.e.vil www2.e.vil/x e.vil/x mailto:a@e.vil tel:123 a@e.vil',
  ])('makes no link: %j', (text) => {
    const shown = eventSchema.parse({ ...examples.custom, title: text }) as typeof examples.custom;
    for (const [what, form] of Object.entries(LINKED)) {
      expect({ what, left: literal(shown.title).match(form) }).toMatchObject({ left: null });
    }
  });

  it('is left alone where it is plain, and in code', () => {
    expect(literal('shop-web: 3 → 6 at 14:05 (prod), 93.4 %')).toBe('shop-web: 3 → 6 at 14:05 (prod), 93.4 %');
    expect(inCode('/subscriptions/x/providers/Microsoft.Web/sites/a')).toBe(
      '/subscriptions/x/providers/Microsoft.Web/sites/a',
    );
    expect(inCode('http://e.vil')).toBe('http:\u200b//e.vil');
  });

  it('has no links but those of the event', () => {
    for (const text of HOSTILE) {
      const event = eventSchema.parse(plantAll(complete(examples.alert), text));
      const { html = '' } = mail(event);
      const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));

      expect(hrefs.filter((url) => !event.links.some((link) => link.url === url))).toStrictEqual([]);
    }
  });
});

describe('a mail', () => {
  it('loads nothing, runs nothing, and is for light and dark', () => {
    const { html = '' } = mail(examples.deployment);

    expect(html).not.toMatch(/<(?:script|img|link|iframe|form|object|svg)|\bsrc=|url\(|@import|\bon\w+=/i);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('@media (prefers-color-scheme:dark)');
  });

  it('has a subject of one line that is cut at a word', () => {
    for (const title of [
      'x'.repeat(400),
      `${'한'.repeat(30)} `.repeat(12),
      `${'🧑‍🚒'.repeat(60)}`,
      'word '.repeat(90),
    ]) {
      const { subject } = mail(eventSchema.parse({ ...examples.custom, title }));

      expect(subject.length).toBeLessThanOrEqual(200);
      expect(Math.max(...subject.split(' ').map((word) => Buffer.byteLength(word)))).toBeLessThanOrEqual(900);
      expect(subject).toMatch(/^[^\n]*…[^\n]*$/);
      expect(subject.isWellFormed()).toBe(true);
    }
  });

  it('stands in the thread of its story: an end below its beginning, and not what fires anew', () => {
    const fired = { ...examples.alert, story: 'rule-7', firedAt: '2026-11-20T14:00:00.000Z' };
    const resolved = { ...fired, id: 'other', state: 'resolved' as const };
    const again = { ...fired, id: 'again', firedAt: '2026-11-21T14:00:00.000Z' };

    expect(mail(resolved).thread).toBe(mail(fired).thread);
    expect(mail(again).thread).not.toBe(mail(fired).thread);
    expect(mail({ ...examples.custom, id: 'a' }).thread).not.toBe(mail({ ...examples.custom, id: 'b' }).thread);
  });

  it('is urgent where it is critical, and not over', () => {
    expect(mail({ ...examples.custom, severity: 'critical' }).urgent).toBe(true);
    expect(mail({ ...examples.custom, severity: 'error' }).urgent).toBeUndefined();
    expect(mail({ ...examples.alert, severity: 'critical', state: 'resolved' }).urgent).toBeUndefined();
  });
});

describe.each(variantNames)('the size of the mail %s', (name) => {
  const { event, ...manner } = variants[name];

  it.each(
    [FLOOD, '&'.repeat(30_000), '한&'.repeat(15_000), '@:'.repeat(15_000)].map(
      (text, at) => [text.slice(0, 4), text, at] as const,
    ),
  )('is at most 100 KB, and that of each part within the limit (%s)', async (_start, text, at) => {
    const full = eventSchema.parse(plantAll(complete(event), text));
    for (const locale of part(localeNames, at)) {
      const message = formatEmail(full, voiceIn({ ...manner, locale }), manner.telling);
      const mailbox = { name: '', address: 'ops@example.com' };
      const about = { url: '', from: mailbox, to: mailbox, messageId: 'a@b.c', thread: 'd@b.c', headers: {} };

      expect(emailLimits.size(message)).toBeLessThanOrEqual(emailLimits.most);
      const bytes = await mimeOf({ ...about, ...message });
      expect(bytes.length).toBeLessThanOrEqual(100 * 1024);
      expect(
        Math.max(
          ...bytes
            .toString('latin1')
            .split('\r\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(998);
    }
  });
});

it('a mail with many long links is within the limit too', () => {
  const url = `https://a.example/?${'&'.repeat(1_980)}`;
  for (const name of variantNames) {
    const links = Array.from({ length: 6 }, (_, at) => ({ rel: `rel-${at}`, url: `${url}${at}` }));
    const event = eventSchema.parse({ ...complete(variants[name].event), links });

    expect(emailLimits.size(mail(event))).toBeLessThanOrEqual(emailLimits.most);
  }
});

describe('the double', () => {
  const good = payloadOf('email', examples.alert) as Record<string, string>;

  it.each([
    [{ subject: '' }, /subject/],
    [{ subject: 'a\r\nBcc: e@e.vil' }, /subject/],
    [{ subject: 'x'.repeat(901) }, /longer than a line/],
    [{ thread: 'x' }, /thread/],
    [{ bcc: 'e@e.vil' }, /bcc/],
    [{ html: '<p>x</p>' }, /no type/],
    [{ html: '<!DOCTYPE html><p>x' }, /no end/],
    [{ html: '<!DOCTYPE html><p>x</div></p>' }, /not open/],
    [{ html: '<!DOCTYPE html><script>x</script>' }, /no place/],
    [{ html: '<!DOCTYPE html><img src="https://e.vil/x.png">' }, /no place/],
    [{ html: '<!DOCTYPE html><p onclick="x">x</p>' }, /onclick/],
    [{ html: '<!DOCTYPE html><p style="background:url(x)">x</p>' }, /loads/],
    [{ html: '<!DOCTYPE html><a href="javascript:x">x</a>' }, /no page/],
    [{ html: '<!DOCTYPE html><p>a & b</p>' }, /ampersand/],
    [{ html: '<!DOCTYPE html><p>a > b</p>' }, /not escaped/],
  ])('refuses %j', (change, reason) => {
    expect(refusalOf('email', { ...good, ...change })).toMatch(reason);
  });
});

describe('an answer', () => {
  it('that never came, once the server had the whole mail, is tried twice', () => {
    expect(judge({ kind: 'unanswered', reason: 'unconfirmed' }, emailAnswers)).toStrictEqual({
      kind: 'retry',
      reason: 'unconfirmed',
      most: 2,
    });
  });
});
