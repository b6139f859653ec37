import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Library from 'adaptivecards';
import { describe, expect, it } from 'vitest';
import { readJson } from '../support/fixtures.ts';

// The package's main entry needs a bundler, so its ready-made script is taken.
const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof Library;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GOLDEN = `${ROOT}test/golden`;

const cards = readdirSync(GOLDEN)
  .filter((file) => file.endsWith('.teams.json'))
  .map((file) => {
    const message = readJson(`${GOLDEN}/${file}`) as { attachments: [{ content: Record<string, unknown> }] };
    return { file, content: message.attachments[0].content };
  });

/** What the library says to a card as version 1.4, and what it writes out again. */
function through({ msteams: _, ...content }: Record<string, unknown>) {
  const context = new SerializationContext(Versions.v1_4);
  const card = new AdaptiveCard();
  card.parse(content, context);
  const named = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return { named, written: card.toJSON(new SerializationContext(Versions.v1_4)) as Record<string, unknown> };
}

// The library takes the language of every second card only: its pattern remembers where it stopped.
const LANGUAGE = /property "lang"/;

/** Teams' own charts are younger than the card that they are in. */
const CHART = /^Unknown element type "Chart\.(?:Line|VerticalBar\.Grouped)"\. Fallback will be used if present\.$/;

type Element = { readonly type: string; readonly fallback?: unknown };

const chartsIn = ({ body }: Record<string, unknown>): readonly Element[] =>
  (body as readonly Element[]).filter(({ type }) => type.startsWith('Chart.'));

describe('the golden cards are of version 1.4, beside what is Teams’ own', () => {
  it('and there are some', () => {
    expect(cards.length).toBeGreaterThan(100);
    expect(new Set(cards.map(({ content }) => content['version']))).toStrictEqual(new Set(['1.4']));
  });

  it.each(cards)('which names nothing in $file, and loses nothing of it', ({ content }) => {
    const { named, written } = through(content);
    const { lang: language, msteams: _, ...rest } = content;
    const { lang: kept = language, ...others } = written;
    const charts = chartsIn(content);
    const body = (content['body'] as readonly unknown[]).filter((each) => !charts.includes(each as Element));

    expect(named.filter((each) => !LANGUAGE.test(each) && !CHART.test(each))).toStrictEqual([]);
    expect(kept).toBe(language);
    // Whoever knows no charts has the card without them, and their numbers in its text.
    expect(charts.map(({ fallback }) => fallback)).toStrictEqual(charts.map(() => 'drop'));
    expect(others).toStrictEqual({ ...rest, body });
  });

  it('which would name what is younger', () => {
    const body = [{ type: 'TextBlock', text: 'x', style: 'heading' }];
    const actions = [{ type: 'Action.OpenUrl', url: 'https://a.example', tooltip: 'x' }];
    const { named, written } = through({ type: 'AdaptiveCard', version: '1.4', body, actions });

    expect(named).toHaveLength(2);
    expect(JSON.stringify(written)).not.toMatch(/heading|tooltip/);
  });
});

/** What the compiler says to cards that are written as values of the type. */
function typed(contents: readonly unknown[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'));
  try {
    symlinkSync(`${ROOT}node_modules`, join(folder, 'node_modules'));
    const lines = contents.map((content) => `${JSON.stringify(content)},`).join('\n');
    const text = `import type { IAdaptiveCard } from '@microsoft/teams.cards';\nexport const cards: IAdaptiveCard[] = [\n${lines}\n];\n`;
    writeFileSync(join(folder, 'cards.ts'), text);
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      '',
    ];
    execFileSync(
      process.execPath,
      [`${ROOT}node_modules/typescript/bin/tsc`, ...options.slice(0, -2), join(folder, 'cards.ts')],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the types of @microsoft/teams.cards', () => {
  it('take every golden card', () => {
    expect(typed(cards.map(({ content }) => content))).toBe('');
  });

  it('do not take what is none', () => {
    expect(typed([{ type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 5 }] }])).toContain(
      'TS2322',
    );
  });
});
