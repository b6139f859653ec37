import * as z from 'zod';
import { actionsThatShow, selectAction } from './card-actions.ts';
import {
  absoluteUrl,
  containerStyle,
  horizontal,
  imageSize,
  imageStyle,
  spacing,
  textBlockStyle,
  textStyle,
  vertical,
} from './card-values.ts';
import { unknownType } from './problem.ts';

const anyElement: z.ZodType = z.lazy(() => element);
const anyCard: z.ZodType = z.lazy(() => shownCard);

const fallback = z.union([z.literal('drop'), anyElement]);
const items = z.array(anyElement);
const actions = actionsThatShow(anyCard);

// Objects stay open: a client skips properties that it does not know.
const typed = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.looseObject({
    type: z.literal(type),
    spacing,
    horizontalAlignment: horizontal,
    fallback: fallback.optional(),
    ...shape,
  });

const box = { style: containerStyle, verticalContentAlignment: vertical, selectAction };

const textRun = typed('TextRun', { text: z.string(), ...textStyle, selectAction });

const image = typed('Image', {
  url: absoluteUrl('https://', 'data:image/'),
  altText: z.string().min(1),
  style: imageStyle,
  size: imageSize,
  selectAction,
});

// A Column may leave out its type, because a ColumnSet holds nothing else; so may the rows and cells of a Table.
const part = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  typed(type, shape).extend({ type: z.literal(type).optional() });

const column = part('Column', { items: items.optional(), ...box });
const cell = part('TableCell', { items: items.optional(), ...box });
const row = part('TableRow', { cells: z.array(cell).optional(), style: containerStyle });

// Of version 1.5 and earlier, with nothing inside that a relay's card could get wrong.
const plain = z.looseObject({
  type: z.enum(['Media', 'Input.Text', 'Input.Number', 'Input.Date', 'Input.Time', 'Input.Toggle', 'Input.ChoiceSet']),
});

const NO_FALLBACK = 'Expected a fallback, as this type is younger than version 1.5';

// Younger than 1.5: a client that does not know one drops it in silence, so each has to bring its replacement.
const young = z
  .looseObject({
    type: z.enum([
      'Badge',
      'Carousel',
      'Chart.Donut',
      'Chart.Gauge',
      'Chart.HorizontalBar',
      'Chart.HorizontalBar.Stacked',
      'Chart.Pie',
      'Chart.VerticalBar',
      'CodeBlock',
      'CompoundButton',
      'Icon',
      'ProgressBar',
      'ProgressRing',
      'Rating',
    ]),
    fallback: fallback.optional(),
  })
  .refine((one) => one.fallback !== undefined, NO_FALLBACK);

// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
const chart = z
  .looseObject({
    type: z.enum(['Chart.Line', 'Chart.VerticalBar.Grouped']),
    title: z.string().optional(),
    data: z
      .array(
        z.looseObject({
          legend: z.string().min(1),
          values: z.array(z.looseObject({ x: z.union([z.string(), z.number()]), y: z.number() })).min(1),
        }),
      )
      .min(1),
    fallback: fallback.optional(),
  })
  .refine((one) => one.fallback !== undefined, NO_FALLBACK);

const element: z.ZodType = z.discriminatedUnion(
  'type',
  [
    typed('TextBlock', { text: z.string(), ...textStyle, style: textBlockStyle }),
    typed('RichTextBlock', { inlines: z.array(z.union([z.string(), textRun])) }),
    typed('Container', { items, ...box }),
    typed('ColumnSet', { columns: z.array(column).optional(), style: containerStyle, selectAction }),
    typed('FactSet', { facts: z.array(z.looseObject({ title: z.string(), value: z.string() })) }),
    typed('ActionSet', { actions }),
    typed('ImageSet', { images: z.array(image) }),
    typed('Table', { rows: z.array(row).optional(), gridStyle: containerStyle }),
    image,
    plain,
    young,
    chart,
  ],
  unknownType,
);

const version = z.string().regex(/^1\.[0-4]$/, 'Expected a version from 1.0 to 1.4');

const shownCard = z.looseObject({
  type: z.literal('AdaptiveCard'),
  version: version.optional(),
  body: items.optional(),
  actions: actions.optional(),
  selectAction,
  style: containerStyle,
});

// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
/** A card for Workflows, which refuse versions over 1.4 (https://github.com/microsoft/AdaptiveCards/issues/8965). */
export const adaptiveCard = shownCard.extend({
  version,
  body: items,
});
