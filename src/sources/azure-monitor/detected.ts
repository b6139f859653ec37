import type * as z from 'zod';
import { text } from '../fields.ts';
import { linkTo } from '../source.ts';
import { anyCase } from './any-case.ts';
import type { Measured } from './measured.ts';
import { bag } from './pairs.ts';
import { quantity } from './words.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-payload-samples#sample-prometheus-alert
export const prometheus = anyCase({
  expression: text,
  expressionValue: quantity,
  labels: bag,
  annotations: anyCase({ summary: text, description: text, runbook_url: text }),
});

const entries = (given: Readonly<Record<string, unknown>> | undefined): (readonly [string, string])[] =>
  Object.entries(given ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []));

export function measuredByPrometheus(given: z.output<typeof prometheus>): Measured | undefined {
  if (given?.expression === undefined && given?.expressionValue === undefined) return undefined;
  const labels = entries(given.labels);
  return {
    // The expression holds the threshold too; there is no name beside it.
    metric: given.expression,
    value: given.expressionValue,
    dimensions: labels.filter(([label]) => !/^(?:alertname|environment|env)$/i.test(label)),
    environment: labels.find(([label]) => /^(?:environment|env)$/i.test(label))?.[1],
    runbook: linkTo('runbook', given.annotations?.runbook_url),
    texts: [given.annotations?.description ?? given.annotations?.summary],
  };
}

/** Smart detection of Application Insights: text, not numbers. */
export const detector = anyCase({
  DetectionSummary: text,
  DetectedValue: quantity,
  NormalValue: text,
  // Of Failure Anomalies: "50.0% (200/400 requests)".
  DetectedFailureRate: quantity,
  NormalFailureRate: text,
  SmartDetectorName: text,
});

export function measuredByDetector(given: z.output<typeof detector>): Measured | undefined {
  const { DetectionSummary, SmartDetectorName, DetectedFailureRate, NormalFailureRate, NormalValue } = given ?? {};
  if (DetectionSummary === undefined && SmartDetectorName === undefined && DetectedFailureRate === undefined) {
    return undefined;
  }
  const normal = { NormalFailureRate, NormalValue };
  return {
    metric: SmartDetectorName,
    value: DetectedFailureRate ?? given?.DetectedValue,
    dimensions: Object.entries(normal).flatMap(([name, said]) => (said === undefined ? [] : [[name, said] as const])),
    texts: [DetectionSummary],
  };
}

/** Azure Backup: the vault is the target, the machine is told here. */
export const backup = anyCase({
  linkedResourceName: text,
  formattedSourceType: text,
  extendedInfo: anyCase({ recommendedActions: text }),
});

export function measuredByBackup(given: z.output<typeof backup>): Measured | undefined {
  if (given?.linkedResourceName === undefined && given?.formattedSourceType === undefined) return undefined;
  const facts = [
    ['linkedResourceName', given.linkedResourceName],
    ['formattedSourceType', given.formattedSourceType],
  ] as const;
  return {
    dimensions: facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    texts: [given.extendedInfo?.recommendedActions],
  };
}
