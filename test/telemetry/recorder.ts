import type { Attributes, Span, Telemetry } from '../../src/telemetry/telemetry.ts';

/** Telemetry that keeps what it is told. */
export function recorder() {
  const spans: Span[] = [];
  const counts: { readonly name: string; readonly by: number; readonly attributes: Attributes }[] = [];
  const measures: { readonly name: string; readonly seconds: number; readonly attributes: Attributes }[] = [];
  const telemetry: Telemetry = {
    span: (span) => void spans.push(span),
    count: (name, by, attributes) => void counts.push({ name, by, attributes }),
    measure: (name, seconds, attributes) => void measures.push({ name, seconds, attributes }),
    stop: async () => undefined,
  };
  return {
    telemetry,
    spans,
    counts,
    measures,
    named: (name: string): readonly Span[] => spans.filter((span) => span.name === name),
    /** How many deliveries ended so. */
    ended: (outcome: string): number =>
      counts
        .filter(({ name, attributes }) => name === 'relay.deliveries' && attributes['relay.outcome'] === outcome)
        .reduce((sum, { by }) => sum + by, 0),
  };
}
