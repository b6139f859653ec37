import type { DoubleRequest } from './answer.ts';

export type JsonObject = Record<string, unknown>;

type Reading = { ok: true; value: JsonObject } | { ok: false; reason: string };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the JSON object in a request, or says why there is none. */
export function readObject({ contentType, body }: DoubleRequest, expected = 'application/json'): Reading {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== expected) {
    return { ok: false, reason: `The content type is ${contentType ?? 'missing'}; it has to be ${expected}.` };
  }
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? { ok: true, value } : { ok: false, reason: 'The body is JSON, but not an object.' };
  } catch {
    return { ok: false, reason: 'The body is not JSON.' };
  }
}
