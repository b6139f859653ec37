/** What the functions need of an invocation; Azure's and the local run's both have it. */
export interface Invocation {
  /** W3C: the trace in which the host runs this. */
  readonly traceContext?: { readonly traceParent?: string | undefined } | undefined;
  readonly triggerMetadata?: Readonly<Record<string, unknown>> | undefined;
  log(message: string, ...details: unknown[]): void;
}
