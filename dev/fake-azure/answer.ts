/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

const headers = { 'content-type': 'application/json; charset=utf-8' };

export const jsonAnswer = (body: string, more: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  headers: { ...headers, ...more },
  body,
});

/** An error as Resource Manager words it. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  more: {
    readonly target?: string;
    readonly details?: readonly unknown[];
    readonly headers?: Record<string, string>;
  } = {},
): Answer => ({
  status,
  headers: { ...headers, ...more.headers },
  body: JSON.stringify({
    error: {
      code,
      message,
      ...(more.target !== undefined && { target: more.target }),
      ...(more.details !== undefined && { details: more.details }),
    },
  }),
});

export const withHeaders = (answer: Answer, more: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...more },
});
