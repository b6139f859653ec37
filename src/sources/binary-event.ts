import type { SourceContext } from './source.ts';

/** The sources that read CloudEvents. */
const READ: readonly string[] = ['cdevents', 'event-grid', 'custom'];

const ATTRIBUTES = ['specversion', 'id', 'type', 'source', 'subject', 'time'] as const;

/**
 * A CloudEvent in binary mode as the same event in structured mode: its attributes are headers, its data is the body, which is given.
 * Any other body as it is. Some SDKs send the headers in structured mode too, so that the content type decides.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#31-binary-content-mode
 */
export function structured(payload: unknown, headers: SourceContext['headers'], named: string | undefined): unknown {
  const isBinary =
    headers.get('ce-specversion') !== null &&
    !/^\s*application\/cloudevents/i.test(headers.get('content-type') ?? '') &&
    (named === undefined || READ.includes(named));
  if (!isBinary) return payload;
  const attributes = ATTRIBUTES.flatMap((name) => {
    const value = headers.get(`ce-${name}`);
    return value === null ? [] : [[name, decoded(value)] as const];
  });
  return { ...Object.fromEntries(attributes), data: payload };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
