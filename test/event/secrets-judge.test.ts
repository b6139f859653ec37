import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { expect, it } from 'vitest';
import { withoutSecrets } from '../../src/event/secrets/secrets.ts';
import { FORMS } from './secrets-corpus.ts';

const ID = '@secretlint/secretlint-rule-preset-recommend';

/** What secretlint finds in a text, by its rules' names. */
async function foundIn(content: string): Promise<readonly string[]> {
  const { messages } = await lintSource({
    source: { filePath: 'a.txt', ext: '.txt', contentType: 'text', content },
    options: { config: { rules: [{ id: ID, rule: creator }] } },
  });
  return messages.map(({ ruleId }) => ruleId);
}

it('leaves nothing of the corpus that secretlint would find', async () => {
  const found = await Promise.all(FORMS.map(async ([name, text]) => ({ name, rules: await foundIn(text) })));
  const left = await Promise.all(
    FORMS.map(async ([name, text]) => ({ name, rules: await foundIn(withoutSecrets(text)) })),
  );

  expect(left.filter(({ rules }) => rules.length > 0)).toStrictEqual([]);
  expect(new Set(found.flatMap(({ rules }) => rules)).size).toBeGreaterThanOrEqual(10);
});
