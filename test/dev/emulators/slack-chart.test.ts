import { describe, expect, it } from 'vitest';
import { answerSlack } from '../../../dev/emulators/slack.ts';

const send = (...blocks: unknown[]) =>
  answerSlack({ contentType: 'application/json', body: JSON.stringify({ text: 'x', blocks }) });

const long = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, one: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => one(i));

const labels = (count: number) => times(count, (index) => `${index}`);
const series = (count = 7, rest: object = {}) => ({
  name: 'Alerts',
  data: labels(count).map((label) => ({ label, value: 1 })),
  ...rest,
});
const drawn = (rest: object = {}, count = 7) => ({
  type: 'bar',
  series: [series(count)],
  axis_config: { categories: labels(count) },
  ...rest,
});
const chart = (drawing: object = drawn(), rest: object = {}) => ({
  type: 'data_visualization',
  title: 'Day by day',
  chart: drawing,
  ...rest,
});

const GOOD: [what: string, blocks: unknown[]][] = [
  ['a bar chart', [chart()]],
  ['a line chart', [chart(drawn({ type: 'line' }))]],
  ['two charts', [chart(), chart()]],
  ['6 series', [chart(drawn({ series: times(6, () => series()) }))]],
  ['20 points', [chart(drawn({}, 20))]],
  ['a title of 50 characters', [chart(drawn(), { title: long(50) })]],
  ['a name of 20 characters', [chart(drawn({ series: [series(7, { name: long(20) })] }))]],
  ['titles of axes', [chart(drawn({ axis_config: { categories: labels(7), x_label: long(50), y_label: 'n' } }))]],
  ['6 segments', [chart({ type: 'pie', segments: times(6, (index) => ({ label: `${index}`, value: 1 })) })]],
];

const WRONG: [what: string, blocks: unknown[], place: string][] = [
  ['three charts', [chart(), chart(), chart()], '/blocks'],
  ['a chart without a title', [chart(drawn(), { title: undefined })], '/blocks/0/title'],
  ['a title of 51 characters', [chart(drawn(), { title: long(51) })], '/blocks/0/title'],
  ['a title that is an object', [chart(drawn(), { title: { type: 'plain_text', text: 'x' } })], '/blocks/0/title'],
  ['an unknown kind of chart', [chart(drawn({ type: 'gauge' }))], '/blocks/0/chart/type'],
  ['no series', [chart(drawn({ series: [] }))], '/blocks/0/chart/series'],
  ['7 series', [chart(drawn({ series: times(7, () => series()) }))], '/blocks/0/chart/series'],
  ['21 points', [chart(drawn({}, 21))], '/blocks/0/chart/series/0/data'],
  ['a name of 21 characters', [chart(drawn({ series: [series(7, { name: long(21) })] }))], '/chart/series/0/name'],
  ['a value that is text', [chart(drawn({ series: [series(0, { data: [{ label: '0', value: '1' }] })] }))], '/value'],
  ['a label that is no category', [chart(drawn({ axis_config: { categories: ['a'] } }))], '/blocks/0/chart'],
  ['no categories', [chart(drawn({ axis_config: {} }))], '/blocks/0/chart/axis_config/categories'],
  ['an unknown property', [chart(drawn(), { colour: 'red' })], '/blocks/0'],
];

describe('the double of Slack, of charts,', () => {
  it.each(GOOD)('takes %s', (_what, blocks) => {
    expect(send(...blocks)).toMatchObject({ status: 200, body: 'ok' });
  });

  it.each(WRONG)('refuses %s with invalid_blocks', (_what, blocks, place) => {
    const answer = send(...blocks);

    expect(answer).toMatchObject({ status: 400, body: 'invalid_blocks' });
    expect(answer.reason).toContain(`${place} is wrong.`);
  });
});
