import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { destinations } from '../src/destinations/registry.ts';
import { localeNames, payloadOf, writtenAlone } from '../test/support/payloads.ts';
import { variantNames, variants } from '../test/support/variants.ts';

// Writes the golden messages, which test/message/golden.test.ts holds the formatters to. What changes in them is for
// people to read: in a pull request, and as pictures in the gallery.

/** Every golden message: the name of its file, and its text. The same sources give the same bytes. */
export const goldenMessages = (): ReadonlyMap<string, string> =>
  new Map(
    variantNames.flatMap((name) => {
      const { event, ...manner } = variants[name];
      return writtenAlone.flatMap((destination) =>
        // What programs read has no words, and is the same in every language.
        (destinations[destination].readers === 'programs' ? localeNames.slice(0, 1) : localeNames).map(
          (locale): [string, string] => [
            `${name}.${locale}.${destination}.json`,
            `${JSON.stringify(payloadOf(destination, event, { ...manner, locale }), null, 2)}\n`,
          ],
        ),
      );
    }),
  );

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'test/golden' } } });
  const messages = goldenMessages();
  await mkdir(values.out, { recursive: true });
  const gone = (await readdir(values.out)).filter((file) => file.endsWith('.json') && !messages.has(file));
  await Promise.all(gone.map((file) => rm(join(values.out, file))));
  await Promise.all([...messages].map(([file, text]) => writeFile(join(values.out, file), text)));
  console.log(`${values.out}: ${messages.size} messages${gone.length > 0 ? `, ${gone.length} removed` : ''}`);
}
