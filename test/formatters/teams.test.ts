import { describe, expect, it } from 'vitest';
import { examples } from '../support/examples.ts';
import { objectsIn, teamsPayload } from '../support/payloads.ts';

describe('the plain form for Teams', () => {
  it('is the sentence and the first button', () => {
    const sentence = 'Scaled out: shop-web (prod, Korea Central) from 3 to 6\u00a0instances.';
    const { summary, attachments } = teamsPayload(examples.scale, { form: 'plain' });
    const [{ content }] = attachments;

    expect([summary, content.fallbackText, content.speak]).toStrictEqual([sentence, sentence, sentence]);
    expect(content.body).toStrictEqual([{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: sentence }] }]);
    expect(content.actions).toMatchObject([{ type: 'Action.OpenUrl', title: 'Open resource' }]);
  });
});

describe('a card about something that no link leads to', () => {
  it('has no list of buttons', () => {
    expect(teamsPayload({ ...examples.scale, links: [] }).attachments[0].content).not.toHaveProperty('actions');
  });

  it('names it all the same', () => {
    const runs = objectsIn(teamsPayload({ ...examples.scale, links: [] }), 'TextRun');

    expect(runs[0]).toStrictEqual({ type: 'TextRun', text: 'shop-web', size: 'Large', weight: 'Bolder' });
  });
});
