// Where text from outside is put decides whether it can do harm: Slack's rich_text and plain_text elements and the
// TextRun of an Adaptive Card are not parsed. These few functions are for the places that are.

const ZERO_WIDTH_SPACE = '\u200b';

/**
 * For Slack's top-level `text`: shown in notifications, where it is parsed. Slack decodes exactly these three entities
 * (https://docs.slack.dev/messaging/formatting-message-text#escaping); an emoji code such as :tada: is broken up,
 * because it has no escape.
 */
export const slackEscaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const slackNotification = (text: string): string =>
  slackEscaped(text).replace(/:(?=[a-z0-9_+'-]+:)/gi, `:${ZERO_WIDTH_SPACE}`);

/** A name without what any chat could read as its own, for where nobody says how it is read: the name stands whole elsewhere. */
export const bareName = (name: string): string => name.replace(/[^\p{L}\p{N} .·_-]/gu, '');

/** For any text of a card: some clients replace {{DATE(…)}} and {{TIME(…)}} wherever they stand, so the braces are parted. */
export const cardText = (text: string): string => text.replace(/\{(?=\{)/g, `{${ZERO_WIDTH_SPACE}`);
