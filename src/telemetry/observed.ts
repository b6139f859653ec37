import type { DeliveryReport } from '../delivery/dispatch.ts';
import { RelayError } from '../problems/errors.ts';
import type { HttpRequest } from '../relay/http.ts';
import { answerOf, type Receipt } from '../relay/receipt.ts';
import type { Relay } from '../relay/relay.ts';
import { current, type Work, workAt } from './current.ts';
import { countDelivery, countWebhook, messageFacts } from './facts.ts';
import { type Journey, journeyOf } from './journey.ts';
import { redacted } from './redact.ts';
import { precisely, type Span, type Telemetry } from './telemetry.ts';
import { pointBelow, pointIn, type TracePoint } from './trace.ts';

/** A relay that is told, beside the work, in which trace the host runs it (a `traceparent`). */
export interface Observed extends Relay {
  accept(request: HttpRequest, host?: string): Promise<Receipt>;
  deliver(message: unknown, owner?: string, host?: string): Promise<readonly DeliveryReport[]>;
}

/** The same relay; what it throws holds no secret, and what it does is told of where somebody listens. */
export function observed(relay: Relay, telemetry: Telemetry | undefined, secrets: readonly string[]): Observed {
  const safe = guarded(relay, secrets);
  if (telemetry === undefined) return safe;
  return {
    ...safe,
    accept: (request, host) => accepting(telemetry, safe, request, host),
    deliver: (message, owner, host) =>
      delivering(telemetry, journeyOf(message, owner), host, () => safe.deliver(message, owner)),
    sweep: () => working(telemetry, 'sweep', () => safe.sweep()),
    count: () => working(telemetry, 'count', () => safe.count()),
    watch: () => working(telemetry, 'watch', () => safe.watch()),
    checkDrift: (progress) => working(telemetry, 'drift', () => safe.checkDrift(progress)),
  };
}

/** Whoever calls the relay logs what it throws. */
const guarded = (relay: Relay, secrets: readonly string[]): Relay =>
  Object.fromEntries(
    Object.entries(relay).map(([name, work]: [string, (...all: unknown[]) => Promise<unknown>]) => [
      name,
      (...all: unknown[]) =>
        work(...all).catch((error: unknown) => {
          throw redacted(error, secrets);
        }),
    ]),
  ) as unknown as Relay;

async function accepting(
  telemetry: Telemetry,
  relay: Relay,
  request: HttpRequest,
  host: string | undefined,
): Promise<Receipt> {
  // The host's request is itself below the sender's trace.
  const parent = pointIn(host) ?? pointIn(request.headers.get('traceparent'));
  const kind = host === undefined ? 'server' : 'internal';
  const span = { name: 'accept', kind, at: pointBelow(parent), parent, start: precisely() } as const;
  try {
    const receipt = await current.run(workAt(span.at), () => relay.accept(request));
    const { status } = answerOf(receipt);
    const attributes = {
      ...countWebhook(telemetry, receipt),
      // The host has a span of its own for the request.
      ...(host === undefined && { 'http.request.method': request.method, 'http.response.status_code': status }),
    };
    telemetry.span({ ...span, end: precisely(), attributes, failed: status < 500 ? undefined : `status-${status}` });
    return receipt;
  } catch (error) {
    telemetry.span({ ...span, end: precisely(), attributes: {}, failed: wordFor(error) });
    throw error;
  }
}

/** A span for each receiver: an event's delivery belongs to its trace; other work only names what has led to it. */
async function delivering(
  telemetry: Telemetry,
  journey: Journey,
  host: string | undefined,
  deliver: () => Promise<readonly DeliveryReport[]>,
): Promise<readonly DeliveryReport[]> {
  const parent = journey.work === 'deliver' ? journey.from : undefined;
  const points = new Map(journey.receivers.map((name) => [name, pointBelow(parent)]));
  const work = workAt(parent ?? points.values().next().value ?? pointBelow(undefined), points);
  const links = [journey.work === 'deliver' ? undefined : journey.from, pointIn(host)].filter(
    (each) => each !== undefined,
  );
  const kind = host === undefined ? 'consumer' : 'internal';
  const start = precisely();
  const about = (name: string | undefined): Omit<Span, 'attributes'> => ({
    name: [journey.work, name].join(' ').trim(),
    ...{ kind, parent, links, start },
    at: points.get(name ?? '') ?? pointBelow(parent),
    end: endOf(work, name),
  });
  try {
    const reports = await current.run(work, deliver);
    for (const report of reports) {
      const attributes = countDelivery(telemetry, journey, report, Date.now());
      const { outcome, reason = outcome } = report;
      const failed = outcome === 'dead' || outcome === 'retry' ? reason : undefined;
      telemetry.span({ ...about(report.receiver), attributes, failed });
    }
    return reports;
  } catch (error) {
    for (const name of journey.receivers) {
      const attributes = { ...messageFacts(journey), 'relay.receiver': name };
      telemetry.span({ ...about(name), attributes, failed: wordFor(error) });
    }
    throw error;
  }
}

/** All receivers' reports come at once; one that was done must not seem to take as long as the slowest. */
const endOf = ({ answered }: Work, name: string | undefined): number => answered.get(name ?? '') ?? precisely();

async function working<T>(telemetry: Telemetry, name: string, work: () => Promise<T>): Promise<T> {
  const at: TracePoint = pointBelow(undefined);
  const start = precisely();
  let failed: string | undefined;
  try {
    return await current.run(workAt(at), work);
  } catch (error) {
    failed = wordFor(error);
    throw error;
  } finally {
    telemetry.span({ name, kind: 'internal', at, start, end: precisely(), attributes: {}, failed });
  }
}

const wordFor = (error: unknown): string => (error instanceof RelayError ? error.code : 'bug');
