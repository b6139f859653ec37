import { redact } from './redact.ts';
import type { Attributes, Span, Telemetry } from './telemetry.ts';

/** The same telemetry, which gets no secret and no text that is too long. */
export const cleaned = (to: Telemetry): Telemetry => ({
  span: (span) => to.span(cleanedSpan(span)),
  count: (name, by, attributes) => to.count(name, by, clean(attributes)),
  measure: (name, seconds, attributes) => to.measure(name, seconds, clean(attributes)),
  stop: () => to.stop(),
});

const cleanedSpan = ({ name, attributes, ...span }: Span): Span => ({
  ...span,
  name: redact(name),
  attributes: clean(attributes),
  ...(span.failed !== undefined && { failed: redact(span.failed) }),
});

const clean = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? beginningOf(redact(value)) : value,
    ]),
  );

// Application Insights takes no longer value: https://learn.microsoft.com/azure/azure-monitor/service-limits#application-insights
const MOST_BYTES = 8_192;
const KEPT_BYTES = 8_000;

/** Of a text that is too long the beginning, and how many characters it had. */
function beginningOf(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MOST_BYTES) return text;
  return `${bytes
    .subarray(0, KEPT_BYTES)
    .toString()
    .replace(/\ufffd$/, '')}… (cut: ${text.length} characters)`;
}
