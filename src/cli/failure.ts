import type { Problem } from '../problems/errors.ts';

/** A command cannot do what it was asked. The message is a sentence; `next` says what to do about it. */
export class CommandFailure extends Error {
  /** 1: something is wrong; 2: wrong usage. */
  readonly status: 1 | 2;
  readonly next: string | undefined;
  /** That of the answer, where a relay gave one. */
  readonly httpStatus: number | undefined;
  readonly problems: readonly Problem[];

  constructor(
    message: string,
    more: {
      readonly status?: 1 | 2;
      readonly next?: string | undefined;
      readonly httpStatus?: number;
      readonly problems?: readonly Problem[];
    } = {},
  ) {
    super(message);
    this.name = 'CommandFailure';
    this.status = more.status ?? 1;
    this.next = more.next;
    this.httpStatus = more.httpStatus;
    this.problems = more.problems ?? [];
  }
}
