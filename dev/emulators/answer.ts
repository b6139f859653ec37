/** What reaches a double: the two things by which the real services judge a request. */
export type DoubleRequest = { contentType: string | undefined; body: string };

/** What a double says. `reason` is for the local inbox and log; it never goes on the wire. */
export type DoubleAnswer = { status: number; body: string; reason?: string; headers?: Record<string, string> };
