import type { Invocation } from '../../functions/invocation.ts';
import { type FleetView, fleetView } from '../../src/drift/rules/view.ts';
import { cloud } from '../../src/event/cloud.ts';
import { typedHere } from '../../src/event/command.ts';
import { driftVerdicts } from '../../src/event/drift.ts';
import { isObject, jsonIn } from '../../src/event/json.ts';
import { locales } from '../../src/locales/registry.ts';
import type { HttpAnswer } from '../../src/relay/http.ts';
import { unreadAdvice } from './unread-advice.ts';

interface Timer {
  readonly handler: (timer: unknown, context: Invocation) => Promise<void>;
}

/** The overview that the last run of the drift report left, as JSON; undefined where there was none yet. */
export type ReadOverview = () => Promise<string | undefined>;

/** What the fleet page is told of runs. */
export interface Runs {
  /** Whether there is a report at all. */
  readonly on: boolean;
  /** Runs that ended since this relay started: when it grows, there is something new to see. */
  readonly ended: number;
  /** What the run that is under way last said of itself. */
  readonly running?: { readonly step?: unknown };
  /** How the last one ended: its report, or why it failed. */
  readonly last?: { readonly report?: unknown; readonly failure?: string };
}

/** What verdicts, reasons and advice are called, and what to do where Azure was not read. */
export type Words = Readonly<Record<'verdict' | 'reason' | 'advice' | 'unread', Readonly<Record<string, string>>>> & {
  /** Where the portal of this cloud is. */
  readonly portal: string;
};

/** What the fleet page is told of the fleet. */
export interface FleetAnswer extends Runs {
  readonly words: Words;
  /** What begins a made-up Azure and a local run. */
  readonly commands: Pick<typeof typedHere, 'fakeAzure' | 'start'>;
  /** Left out where nothing was checked yet. */
  readonly view?: FleetView;
}

const { en } = locales;

/** The words for verdicts, reasons and advice are those of the messages; these are of verdicts that nobody is told. */
const WORDS = {
  verdict: {
    ...Object.fromEntries(driftVerdicts.map((verdict) => [verdict, en.state.drift[verdict]])),
    managed: en.state.drift.managed,
    rolling: 'Rolling upgrade running',
    waiting: 'Too soon to tell',
    clean: 'On the model',
    unread: 'Could not be read',
  },
  reason: en.drift.reason,
  advice: en.drift.advice,
};

/** The fleet as the drift report last saw it, and the runs of the report, for the page at /fleet. */
export class Fleet {
  #read: ReadOverview | undefined;
  #unread = unreadAdvice('');
  #underWay = 0;
  #runs: Runs = { on: false, ended: 0 };

  /** From now on there is a report, whose overview is read there, of the Azure at this address. */
  reads(read: ReadOverview, armEndpoint: string): void {
    this.#read = read;
    this.#unread = unreadAdvice(armEndpoint);
    this.#runs = { ...this.#runs, on: true };
  }

  /** The timer of the report, whose runs are followed. */
  following<T extends Timer>(timer: T): Omit<T, 'handler'> & Timer {
    const handler: Timer['handler'] = async (event, context) => {
      this.#underWay += 1;
      this.#runs = { ...this.#runs, running: this.#runs.running ?? {} };
      try {
        await timer.handler(event, {
          log: (message, ...details) => {
            this.#note(details[0]);
            context.log(message, ...details);
          },
        });
      } catch (error) {
        this.#runs = { ...this.#runs, last: { failure: error instanceof Error ? error.message : String(error) } };
        throw error;
      } finally {
        this.#end();
      }
    };
    return { ...timer, handler };
  }

  /** Answers what the page asks for; undefined where it is not the fleet's. `call` is the method and the path. */
  async answer(call: string): Promise<HttpAnswer | undefined> {
    if (call === 'GET /fleet/runs') return { status: 200, jsonBody: this.#runs };
    if (call !== 'GET /fleet/view') return undefined;
    const view = viewIn(await this.#read?.());
    const words = { ...WORDS, unread: this.#unread, portal: cloud().portal };
    const { fakeAzure, start } = typedHere;
    const jsonBody: FleetAnswer = { ...this.#runs, words, commands: { fakeAzure, start }, ...(view && { view }) };
    return { status: 200, jsonBody };
  }

  /** A run logs its steps and its report, each as a line of JSON. */
  #note(line: unknown): void {
    const said = jsonIn(String(line));
    if (!isObject(said)) return;
    if ('step' in said) this.#runs = { ...this.#runs, running: { step: said } };
    // A second run that finds the first one at it has nothing to report.
    else if (!('outcome' in said) || said['outcome'] !== 'busy') this.#runs = { ...this.#runs, last: { report: said } };
  }

  #end(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    const { running: _, ...rest } = this.#runs;
    this.#runs = { ...rest, ended: rest.ended + 1 };
  }
}

/** One of another version counts as none: the next run makes it anew. */
const viewIn = (text: string | undefined): FleetView | undefined => fleetView.safeParse(jsonIn(text ?? '')).data;
