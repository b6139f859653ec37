import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtIn, doubles } from '../dev/host/inbox-message.ts';
import { sizeOf } from '../dev/host/message-size.ts';
import { bundled, cardLibrary, pageHtml } from '../dev/host/page-assets.ts';
import { messages } from '../src/destinations/messages.ts';
import { eventKinds } from '../src/event/event.ts';
import { type LocaleName, locales } from '../src/locales/registry.ts';
import { type Variant, variants } from '../test/support/variants.ts';

// Writes every message that the relay can make, in every chat and language, as one page that needs no server: the
// pictures beside the golden files. The same sources give the same bytes.

// Where its readers live: messages are longer in a zone that is not UTC.
const ZONE: Readonly<Partial<Record<LocaleName, string>>> = {
  ko: 'Asia/Seoul',
  cs: 'Europe/Prague',
  vi: 'Asia/Ho_Chi_Minh',
};

const localeNames = Object.keys(locales) as LocaleName[];

function exhibit(variant: string, { event, telling, mention, charts }: Variant, locale: LocaleName) {
  const voice = { say: locales[locale], timeZone: ZONE[locale] ?? 'UTC', mentions: mention ? [mention] : [], charts };
  const drawn = builtIn.map((destination) => {
    const payload = messages[destination].format(event, voice, telling);
    const body = JSON.stringify(payload);
    // The page says what the chat would answer.
    const { status, body: answer, reason } = doubles[destination]({ contentType: 'application/json', body });
    const size = sizeOf(destination, payload);
    const bytes = Buffer.byteLength(body);
    return { destination, receivedAt: event.occurredAt, status, answer, reason, bytes, size, payload };
  });
  return { variant, locale, about: event, messages: drawn };
}

/** The whole gallery as one HTML document. */
export async function gallery(): Promise<string> {
  const exhibits = Object.entries(variants).flatMap(([name, variant]) =>
    localeNames.map((locale) => exhibit(name, variant, locale)),
  );
  const data = JSON.stringify({ kinds: eventKinds, locales: localeNames, exhibits }, null, 1);
  const [library, { script, style }] = await Promise.all([cardLibrary(), bundled('gallery')]);
  const code = `${library}\n${script}`;
  return pageHtml({
    title: 'Gallery',
    policy: `default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; script-src ${hash(code)}; style-src 'unsafe-inline'`,
    style: `<style>${style}</style>`,
    script: `<script>${code}</script>`,
    data: `<script id="gallery" type="application/json">${data.replaceAll('<', '\\u003c')}</script>`,
  });
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const HELP = `Every message that the relay can make, in both chats and all languages, as one page.

  npm run gallery -- [options]

  --out <folder>       where its index.html is written               docs/gallery
  --help`;

const options = {
  out: { type: 'string', default: 'docs/gallery' },
  help: { type: 'boolean', default: false },
} as const;

function given() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)} (--help says more)`);
    return process.exit(2);
  }
}

async function write(): Promise<void> {
  const values = given();
  if (values.help) {
    console.log(HELP);
    return;
  }
  const file = join(values.out, 'index.html');
  await mkdir(values.out, { recursive: true });
  await writeFile(file, await gallery());
  console.log(file);
}

if (import.meta.main) await write();
