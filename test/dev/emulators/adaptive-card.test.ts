import { describe, expect, it } from 'vitest';
import { answerTeams } from '../../../dev/emulators/teams.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';

const holding = (content: unknown) => ({ type: 'message', attachments: [{ contentType: CARD, content }] });
const card = (rest: object = {}) => ({ type: 'AdaptiveCard', version: '1.4', body: [], ...rest });
const post = (rest: object) =>
  answerTeams({ contentType: 'application/json', body: JSON.stringify(holding(card(rest))) });
const code = (answer: { body: string }): unknown => (answer.body === '' ? '' : JSON.parse(answer.body).error.code);

const textBlock = (rest: object = {}) => ({ type: 'TextBlock', text: 'x', ...rest });
const richText = (...inlines: unknown[]) => ({ type: 'RichTextBlock', inlines });
const textRun = (rest: object = {}) => ({ type: 'TextRun', text: 'x', ...rest });
const container = (...items: unknown[]) => ({ type: 'Container', items });
const columns = (...list: unknown[]) => ({ type: 'ColumnSet', columns: list });
const image = (rest: object = {}) => ({ type: 'Image', url: 'https://a.example/b.png', altText: 'A', ...rest });
const openUrl = (rest: object = {}) => ({ type: 'Action.OpenUrl', title: 'Open', url: 'https://a.example', ...rest });
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

const chart = (rest: object = {}) => ({
  type: 'Chart.Line',
  title: 'Day by day',
  data: [{ legend: 'Alerts', values: [{ x: '11-13', y: 3 }] }],
  fallback: 'drop',
  ...rest,
});

const GOOD_ELEMENTS: [what: string, element: unknown][] = [
  ['an empty TextBlock', textBlock({ text: '' })],
  ['values in any case', textBlock({ size: 'extralarge', weight: 'BOLDER', color: 'attention', spacing: 'none' })],
  ['a heading', textBlock({ style: 'heading' })],
  ['an unknown property', textBlock({ sparkle: true })],
  ['a mention without an entity, which is inert', textBlock({ text: '<at>Bob</at>' })],
  ['Markdown, which nobody evaluates here', textBlock({ text: '[x](https://e.example) **b' })],
  ['runs and bare strings in a RichTextBlock', richText('x', textRun({ fontType: 'Monospace' }))],
  ['elements within columns within containers', container(columns({ type: 'Column', items: [textBlock()] }))],
  ['a column that leaves out its type', columns({ items: [textBlock()] })],
  ['a FactSet', { type: 'FactSet', facts: [{ title: 'a', value: 'b' }] }],
  ['an image with alternative text', image()],
  ['an ImageSet', { type: 'ImageSet', images: [image()] }],
  ['an ActionSet of 6', { type: 'ActionSet', actions: times(6, openUrl()) }],
  ['a Table', { type: 'Table', rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [textBlock()] }] }] }],
  ['an input', { type: 'Input.Text', id: 'a' }],
  ['a Badge with a fallback', { type: 'Badge', text: 'Sev1', fallback: textBlock() }],
  ['a chart that may be dropped', chart()],
  ['an Icon that may be dropped', { type: 'Icon', name: 'Alert', fallback: 'drop' }],
  ['a date and a time', textBlock({ text: '{{DATE(2026-11-20T14:05:09Z, SHORT)}} {{TIME(2026-11-20T14:05:09Z)}}' })],
  ['a date without a format', textBlock({ text: '{{DATE(2026-11-20T14:05:09Z)}}' })],
  ['two braces that open no date', textBlock({ text: '{{x}} {{date(x)}} {DATE(x)}' })],
];

const BAD_ELEMENTS: [what: string, element: unknown, place: string][] = [
  ['an element that is no object', 5, ''],
  ['an element without a type', {}, '/type'],
  ['an unknown element', { type: 'Marquee' }, '/type'],
  ['a TextBlock without text', { type: 'TextBlock' }, '/text'],
  ['a text that is no string', textBlock({ text: 5 }), '/text'],
  ['an unknown size', textBlock({ size: 'Huge' }), '/size'],
  ['an unknown weight', textBlock({ weight: 'Bold' }), '/weight'],
  ['an unknown colour', textBlock({ color: 'Red' }), '/color'],
  ['an unknown spacing', textBlock({ spacing: 'Tiny' }), '/spacing'],
  ['an unknown text style', textBlock({ style: 'title' }), '/style'],
  ['an unknown container style', { ...container(), style: 'danger' }, '/style'],
  ['a Container without items', { type: 'Container' }, '/items'],
  ['a bad element inside a Container', container(textBlock(), { type: 'TextBlock' }), '/items/1/text'],
  [
    'a bad element inside a column',
    columns({ type: 'Column', items: [{ type: 'TextBlock' }] }),
    '/columns/0/items/0/text',
  ],
  ['a TextBlock for a column', columns(textBlock()), '/columns/0/type'],
  ['a RichTextBlock without inlines', { type: 'RichTextBlock' }, '/inlines'],
  ['a run without text', richText({ type: 'TextRun' }), '/inlines/0/text'],
  ['an unknown colour of a run', richText(textRun({ color: 'Red' })), '/inlines/0/color'],
  ['a fact without a value', { type: 'FactSet', facts: [{ title: 'a' }] }, '/facts/0/value'],
  ['an image without alternative text', image({ altText: undefined }), '/altText'],
  ['an image with empty alternative text', image({ altText: '' }), '/altText'],
  ['an image that is not fetched by https', image({ url: 'http://a.example/b.png' }), '/url'],
  ['an ActionSet of 7', { type: 'ActionSet', actions: times(7, openUrl()) }, '/actions'],
  ['a bad element in a Table', { type: 'Table', rows: [{ cells: [{ items: [{}] }] }] }, '/rows/0/cells/0/items/0/type'],
  ['a Badge without a fallback', { type: 'Badge', text: 'Sev1' }, ''],
  ['a CodeBlock without a fallback', { type: 'CodeBlock' }, ''],
  ['a chart without a fallback', chart({ fallback: undefined }), ''],
  ['a chart without data', chart({ data: [] }), '/data'],
  [
    'a chart whose value is text',
    chart({ data: [{ legend: 'a', values: [{ x: '1', y: '1' }] }] }),
    '/data/0/values/0/y',
  ],
  ['a chart whose series has no name', chart({ data: [{ values: [{ x: '1', y: 1 }] }] }), '/data/0/legend'],
  ['a ProgressBar without a fallback', { type: 'ProgressBar' }, ''],
  ['a bad fallback', { type: 'Badge', fallback: { type: 'TextBlock' } }, '/fallback/text'],
  [
    'a selectAction that needs a bot',
    { ...container(), selectAction: { type: 'Action.Execute' } },
    '/selectAction/type',
  ],
  ['a date with milliseconds', textBlock({ text: 'at {{DATE(2026-11-20T14:05:09.123Z)}}' }), '/text'],
  ['a date without seconds', textBlock({ text: '{{DATE(2026-11-20T14:05Z)}}' }), '/text'],
  ['a date without a Z', textBlock({ text: '{{DATE(2026-11-20T14:05:09)}}' }), '/text'],
  ['a date with a space for its T', textBlock({ text: '{{DATE(2026-11-20 14:05:09Z)}}' }), '/text'],
  ['an unknown date format', textBlock({ text: '{{DATE(2026-11-20T14:05:09Z, TINY)}}' }), '/text'],
  ['a time with a format', textBlock({ text: '{{TIME(2026-11-20T14:05:09Z, SHORT)}}' }), '/text'],
  ['a broken date in a fact', { type: 'FactSet', facts: [{ title: 'a', value: '{{DATE(x)}}' }] }, '/facts/0/value'],
  ['a broken date in a bare inline', richText('{{TIME(x)}}'), '/inlines/0'],
  ['a broken date behind a third brace', textBlock({ text: '{{{DATE(x)}}' }), '/text'],
  ['a date that was cut off', richText(textRun({ text: '{{DATE(2026-11-20T14:' })), '/inlines/0/text'],
  ['a date in a run', richText('x', textRun({ text: '{{DATE(2026-11-20T14:05:09Z)}}' })), '/inlines/1/text'],
  ['a time in a bare inline', richText('{{TIME(2026-11-20T14:05:09Z)}}'), '/inlines/0'],
  [
    'a date in a run of a column',
    columns({ items: [richText(textRun({ text: '{{TIME(2026-11-20T14:05:09Z)}}' }))] }),
    '/columns/0/items/0/inlines/0/text',
  ],
  ['a second date that is broken', textBlock({ text: '{{TIME(2026-11-20T14:05:09Z)}} {{TIME(now)}}' }), '/text'],
];

describe('the double of a Teams workflow looks into the card and', () => {
  it.each(GOOD_ELEMENTS)('accepts %s', (_what, element) => {
    expect(post({ body: [element] })).toStrictEqual({ status: 202, body: '' });
  });

  it.each(BAD_ELEMENTS)('refuses %s with InvalidAdaptiveCard', (_what, element, place) => {
    const answer = post({ body: [textBlock(), element] });

    expect(answer.status).toBe(400);
    expect(code(answer)).toBe('InvalidAdaptiveCard');
    expect(answer.reason).toMatch(new RegExp(`^/attachments/0/content/body/1${place} is wrong\\. .+\\.$`));
  });

  it.each(['1.0', '1.2', '1.4'])('accepts version %s', (version) => {
    expect(post({ version }).status).toBe(202);
  });

  it.each([
    ['another type', { type: 'MessageCard' }, '/type'],
    ['version 1.5', { version: '1.5' }, '/version'],
    ['a version that is a number', { version: 1.4 }, '/version'],
    ['no version', { version: undefined }, '/version'],
    ['no body', { body: undefined }, '/body'],
    ['a body that is no array', { body: textBlock() }, '/body'],
    ['more than 6 actions', { actions: times(7, openUrl()) }, '/actions'],
    ['Action.Submit', { actions: [{ type: 'Action.Submit' }] }, '/actions/0/type'],
    ['Action.Execute', { actions: [{ type: 'Action.Execute' }] }, '/actions/0/type'],
    ['a link without a URL', { actions: [openUrl({ url: undefined })] }, '/actions/0/url'],
    ['a relative URL', { actions: [openUrl({ url: 'runs/1' })] }, '/actions/0/url'],
    ['a URL of another scheme', { actions: [openUrl({ url: 'javascript:alert(1)' })] }, '/actions/0/url'],
    ['an unknown action style', { actions: [openUrl({ style: 'danger' })] }, '/actions/0/style'],
    [
      'a bad card behind ShowCard',
      { actions: [{ type: 'Action.ShowCard', card: card({ body: [{}] }) }] },
      '/actions/0/card/body/0/type',
    ],
  ])('refuses %s with InvalidAdaptiveCard', (_what, rest, place) => {
    const answer = post(rest);

    expect(code(answer)).toBe('InvalidAdaptiveCard');
    expect(answer.reason).toContain(`/attachments/0/content${place} is wrong.`);
  });

  it('leaves a broken date alone where no client would evaluate it', () => {
    expect(
      post({ speak: '{{DATE(x)}}', actions: [openUrl({ title: '{{DATE(x)}}', tooltip: '{{TIME(' })] }).status,
    ).toBe(202);
  });

  it('accepts 6 actions of the three kinds', () => {
    const toggle = { type: 'Action.ToggleVisibility', targetElements: ['a', { elementId: 'b', isVisible: true }] };
    const show = { type: 'Action.ShowCard', card: { type: 'AdaptiveCard', body: [textBlock()] } };

    expect(post({ actions: [...times(4, openUrl({ url: 'http://a.example' })), toggle, show] }).status).toBe(202);
  });
});
