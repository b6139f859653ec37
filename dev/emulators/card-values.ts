import * as z from 'zod';

// Renderers compare these without regard to case, and Teams cards in the wild mix "bolder" and "Bolder".
const oneOf = (...names: string[]) =>
  z
    .string()
    .refine((value) => names.some((name) => name.toLowerCase() === value.toLowerCase()), `Expected ${names.join(', ')}`)
    .optional();

// The names are those of @microsoft/teams.cards.
export const spacing = oneOf('None', 'ExtraSmall', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding');
export const containerStyle = oneOf('default', 'emphasis', 'accent', 'good', 'attention', 'warning');
export const horizontal = oneOf('Left', 'Center', 'Right');
export const vertical = oneOf('Top', 'Center', 'Bottom');
export const textBlockStyle = oneOf('default', 'heading', 'columnHeader');
export const imageStyle = oneOf('Default', 'Person', 'RoundedCorners');
export const imageSize = oneOf('Auto', 'Stretch', 'Small', 'Medium', 'Large');
export const actionStyle = oneOf('default', 'positive', 'destructive');
export const actionMode = oneOf('primary', 'secondary');

/** How TextBlock and TextRun may look. */
export const textStyle = {
  size: oneOf('Small', 'Default', 'Medium', 'Large', 'ExtraLarge'),
  weight: oneOf('Lighter', 'Default', 'Bolder'),
  color: oneOf('Default', 'Dark', 'Light', 'Accent', 'Good', 'Warning', 'Attention'),
  fontType: oneOf('Default', 'Monospace'),
};

export const absoluteUrl = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (url) => schemes.some((scheme) => url.toLowerCase().startsWith(scheme)) && URL.canParse(url),
      `Expected an absolute URL that starts with ${schemes.join(' or ')}`,
    );
