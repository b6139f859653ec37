/** One thing wrong with a body or a setting: where it is, and what was expected there. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  /** For how many more it stands, which the message says. */
  readonly more?: number;
}

type RequestCode =
  | 'body-empty'
  | 'body-lost'
  | 'body-not-json'
  | 'body-too-large'
  | 'content-type'
  | 'method'
  | 'no-such-source'
  | 'no-such-silence'
  | 'no-such-event'
  | 'no-such-act';

export type ErrorCode =
  | RequestCode
  | 'ambiguous'
  | 'credentials'
  | 'payload'
  | 'storage'
  | 'keys'
  | 'timers'
  | 'identity'
  | 'late'
  | 'configuration';

/** A failure we foresaw. Anything that is not a RelayError is a bug in this repository. */
export abstract class RelayError extends Error {
  abstract readonly code: ErrorCode;
  /** Whether the same call can succeed later without anybody changing anything. */
  readonly retryable: boolean = false;
  readonly problems: readonly Problem[] = [];
}

/** The request cannot be read as JSON at all, or is not for this address. */
export class RequestError extends RelayError {
  readonly code: RequestCode;

  constructor(code: RequestCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RequestError';
    this.code = code;
  }
}

/** The request does not prove that it comes from whom it says. Which part was wrong is not told to whoever asks. */
export class CredentialsError extends RelayError {
  readonly code = 'credentials';
  readonly source: string;
  /** Which part was missing or wrong, for whoever looks after the relay. */
  readonly reason: string;

  constructor(source: string, reason: string) {
    super(`${source}: the credentials are missing or wrong`);
    this.name = 'CredentialsError';
    this.source = source;
    this.reason = `${source}: ${reason}`;
  }
}

/** JSON that no source, or not the named source, can read. */
export class PayloadError extends RelayError {
  readonly code = 'payload';
  override readonly problems: readonly Problem[];

  constructor(reader: string, problems: readonly Problem[]) {
    super(`${reader} cannot read this body: ${listed(problems)}`);
    this.name = 'PayloadError';
    this.problems = problems;
  }
}

/** An id that several begin with. Its problems are what it can mean: the whole id, and what that is. */
export class AmbiguousIdError extends RelayError {
  readonly code = 'ambiguous';
  override readonly problems: readonly Problem[];

  constructor(given: string, candidates: readonly Problem[]) {
    super(`${candidates.length} ids begin with ${given.slice(0, 40)}`);
    this.name = 'AmbiguousIdError';
    this.problems = candidates;
  }
}

/** The reason of a StorageError where there was no answer. */
export const NO_ANSWER = 'no answer';

/** Storage did not take or give what was asked. The cause is kept out: it can carry keys and addresses. */
export class StorageError extends RelayError {
  readonly code = 'storage';
  override readonly retryable = true;
  /** Whether storage said nothing at all: whoever asks the same now waits as long. */
  readonly isSilence: boolean;

  constructor(what: string, reason: string) {
    super(`${what}: ${reason}`);
    this.name = 'StorageError';
    this.isSilence = reason === NO_ANSWER;
  }
}

/** What the answer needs did not come in time: the sender would not wait for longer. */
export class LateError extends RelayError {
  readonly code = 'late';
  override readonly retryable = true;

  constructor() {
    super('it could not be stored in time; storage or the keys to check it with are slow');
    this.name = 'LateError';
  }
}

/** The public keys that a token is checked with cannot be had: nobody can say whether the token is good. */
export class KeysError extends RelayError {
  readonly code = 'keys';
  override readonly retryable = true;

  constructor() {
    super('the keys to check the token with cannot be had now');
    this.name = 'KeysError';
  }
}

/** The settings do not make a relay. Lists every problem, so that nobody restarts five times. */
export class ConfigurationError extends RelayError {
  readonly code = 'configuration';
  // A mended configuration makes the sender's next try succeed, so it is asked to try again.
  override readonly retryable = true;
  override readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`the settings cannot be used: ${listed(problems)}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

const LISTED = 3;

function listed(problems: readonly Problem[]): string {
  const shown = problems.slice(0, LISTED).map(({ path, message }) => (path ? `${path}: ${message}` : message));
  const more = problems.length - shown.length;
  return more > 0 ? `${shown.join('; ')}; and ${more} more` : shown.join('; ');
}

/** What runs by itself has not run: the platform's timers stand still. */
export class TimersError extends RelayError {
  readonly code = 'timers';
  override readonly retryable = true;

  /** `ranAt`: ISO. */
  constructor(ranAt: string) {
    super(`the hourly watch ran last at ${ranAt}; see "The timers stand still" in docs/operations.md`);
    this.name = 'TimersError';
  }
}

/** The relay's identity gives no token: receivers that want one get nothing. */
export class IdentityError extends RelayError {
  readonly code = 'identity';
  override readonly retryable = true;

  constructor(receivers: readonly string[]) {
    super(
      `the identity gives no token for ${receivers.join(', ')}, whose events wait; see "A receiver refuses the sign-in" in docs/operations.md`,
    );
    this.name = 'IdentityError';
  }
}

/** What a part of the configuration amounts to, or its problems, so that those of every part are told at once. */
export async function problemsIn<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly value: T | undefined; readonly problems: readonly Problem[] }> {
  try {
    return { value: await work(), problems: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) return { value: undefined, problems: error.problems };
    throw error;
  }
}
