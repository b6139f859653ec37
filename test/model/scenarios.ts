import type { Room } from '../../src/destinations/living.ts';
import type { Rate } from '../../src/destinations/rate.ts';
import type { Severity } from '../../src/event/fields.ts';
import type { compileMutes } from '../../src/routing/mutes.ts';

/** A webhook that comes, `at` milliseconds after the clock begins. */
export interface Arrival {
  readonly at: number;
  readonly id: string;
  readonly severity: Severity;
  readonly state: 'fired' | 'resolved';
  /** Absent: a story of its own. */
  readonly story?: string;
  /** Milliseconds after the clock begins; absent: `at`. */
  readonly occurredAt?: number;
}

/** A small world, and what may go wrong in it. */
export interface Scenario {
  readonly name: string;
  readonly receivers: readonly {
    readonly name: string;
    readonly rate?: Rate;
    /** Of a chat app, whose messages live on: how a story is told there. */
    readonly stories?: Room['stories'];
  }[];
  readonly arrivals: readonly Arrival[];
  readonly windows?: Parameters<typeof compileMutes>[0]['windows'];
  /** How often, in one run, an instance may die, a clock may jump, and a chat may ask for time. */
  readonly crashes?: number;
  readonly jumps?: number;
  readonly holds?: number;
  /** With how many oddities at most `npm test` looks at it; absent: one. */
  readonly oddities?: number;
}

/** The clock begins on a Friday, 14:05:09 UTC. */
export const START = Date.parse('2026-11-20T14:05:09.000Z');

const CHAT: Rate = { perSecond: 1, gather: [1_000, 10_000] };
const ops = { name: 'ops', rate: CHAT } as const;
const dev = { name: 'dev', rate: CHAT } as const;

export const scenarios: readonly Scenario[] = [
  {
    name: 'one',
    receivers: [{ name: 'ops' }],
    arrivals: [{ at: 0, id: 'fired', severity: 'warning', state: 'fired' }],
    crashes: 2,
    holds: 1,
    oddities: 2,
  },
  {
    name: 'twice',
    receivers: [{ name: 'ops' }],
    arrivals: [
      { at: 0, id: 'fired', severity: 'warning', state: 'fired' },
      { at: 0, id: 'fired', severity: 'warning', state: 'fired' },
    ],
    crashes: 1,
    holds: 1,
  },
  {
    name: 'parked',
    receivers: [ops],
    arrivals: [
      { at: 0, id: 'a', severity: 'info', state: 'fired' },
      { at: 0, id: 'b', severity: 'warning', state: 'fired' },
      { at: 0, id: 'c', severity: 'info', state: 'fired' },
    ],
    crashes: 2,
    holds: 1,
  },
  {
    name: 'flushes',
    receivers: [ops],
    arrivals: [
      { at: 0, id: 'first', severity: 'info', state: 'fired' },
      { at: 0, id: 'second', severity: 'info', state: 'fired' },
      { at: 1_500, id: 'urgent', severity: 'error', state: 'fired' },
      { at: 1_500, id: 'worst', severity: 'critical', state: 'fired' },
    ],
    crashes: 1,
    holds: 1,
  },
  {
    name: 'urgent',
    receivers: [ops],
    arrivals: [
      { at: 0, id: 'first', severity: 'info', state: 'fired' },
      { at: 0, id: 'worst', severity: 'critical', state: 'fired' },
      { at: 0, id: 'more', severity: 'critical', state: 'fired' },
      { at: 100, id: 'late', severity: 'info', state: 'fired', occurredAt: -5_000 },
    ],
    crashes: 1,
    holds: 1,
  },
  {
    name: 'long flush',
    receivers: [ops],
    arrivals: [
      { at: 0, id: 'first', severity: 'error', state: 'fired' },
      { at: 0, id: 'second', severity: 'error', state: 'fired' },
      { at: 0, id: 'third', severity: 'error', state: 'fired' },
      { at: 0, id: 'fourth', severity: 'error', state: 'fired' },
      { at: 1_500, id: 'late', severity: 'error', state: 'fired' },
    ],
    crashes: 1,
    holds: 1,
  },
  {
    name: 'story',
    receivers: [ops, dev],
    arrivals: [
      { at: 0, id: 'fired', severity: 'error', state: 'fired', story: 'cpu' },
      { at: 0, id: 'resolved', severity: 'error', state: 'resolved', story: 'cpu', occurredAt: 500 },
    ],
    crashes: 2,
    jumps: 1,
    holds: 1,
  },
  {
    name: 'stories',
    receivers: [ops],
    arrivals: [
      { at: 0, id: 'cpu-fired', severity: 'warning', state: 'fired', story: 'cpu' },
      { at: 0, id: 'disk-fired', severity: 'warning', state: 'fired', story: 'disk' },
      { at: 500, id: 'cpu-resolved', severity: 'warning', state: 'resolved', story: 'cpu' },
    ],
    crashes: 1,
    jumps: 1,
    holds: 1,
  },
  {
    name: 'window',
    receivers: [ops],
    windows: [{ name: 'quiet', from: '14:00', to: '14:06' }],
    arrivals: [
      { at: 0, id: 'held', severity: 'warning', state: 'fired' },
      { at: 45_000, id: 'late', severity: 'warning', state: 'fired' },
      { at: 55_000, id: 'after', severity: 'warning', state: 'fired' },
    ],
    crashes: 2,
    jumps: 2,
  },
  {
    name: 'window and story',
    receivers: [ops, dev],
    windows: [{ name: 'quiet', from: '14:06', to: '14:07', receivers: ['ops'] }],
    arrivals: [
      { at: 40_000, id: 'cpu-fired', severity: 'error', state: 'fired', story: 'cpu' },
      { at: 60_000, id: 'disk-fired', severity: 'error', state: 'fired', story: 'disk' },
      { at: 70_000, id: 'cpu-resolved', severity: 'error', state: 'resolved', story: 'cpu' },
      { at: 120_000, id: 'disk-resolved', severity: 'error', state: 'resolved', story: 'disk' },
    ],
    crashes: 1,
    jumps: 1,
  },
  ...(['both', 'update', 'thread'] as const).map((stories) => ({
    name: `living-${stories}`,
    receivers: [{ name: 'ops', stories }],
    arrivals: [
      { at: 0, id: 'fired', severity: 'warning', state: 'fired', story: 'cpu' },
      { at: 0, id: 'worse', severity: 'error', state: 'fired', story: 'cpu', occurredAt: 1_000 },
      { at: 3_000, id: 'resolved', severity: 'warning', state: 'resolved', story: 'cpu' },
    ] as const,
    crashes: 2,
    holds: 1,
  })),
];
