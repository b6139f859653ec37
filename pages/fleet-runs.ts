import { signal } from '@preact/signals';
import { type FleetAnswer, readFleet, readRuns, startRun, stepOf, troubleOf } from './fleet-data.ts';
import { connection, problem } from './state.ts';

const BUSY_MS = 400;
const IDLE_MS = 2_500;

const UNREAD = -1;

/** Follows the runs of the report, and reads the fleet anew whenever one has ended. */
export class FleetRuns {
  /** Undefined until it was read. */
  readonly fleet = signal<FleetAnswer>();
  /** What the run under way last said. */
  readonly step = signal<string>();
  readonly #hear: (fleet: FleetAnswer) => void;
  #ended = UNREAD;
  #timer = 0;

  /** `hear` is called with what was found while somebody looked. */
  constructor(hear: (fleet: FleetAnswer) => void) {
    this.#hear = hear;
    // Nobody looks at a hidden page; once it is seen again, it is told at once.
    document.addEventListener('visibilitychange', () => document.hidden || this.#next(0));
  }

  async follow(): Promise<void> {
    let wait = IDLE_MS;
    try {
      const runs = await readRuns();
      const step = stepOf(runs);
      // Of a run under way there is nothing to see yet.
      const isDue = runs.ended !== this.#ended && (step === undefined || this.#ended === UNREAD);
      if (isDue) this.#take(await readFleet());
      this.step.value = step;
      connection.value = 'live';
      wait = step === undefined ? IDLE_MS : BUSY_MS;
    } catch {
      connection.value = 'reconnecting';
      // It may be another relay that answers next, with other settings.
      this.#ended = UNREAD;
    }
    if (!document.hidden) this.#next(wait);
  }

  async start(): Promise<void> {
    this.step.value = 'starting';
    problem.value = await startRun();
    this.#next(problem.value === undefined ? 100 : 0);
  }

  #next(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.follow(), wait);
  }

  #take(fleet: FleetAnswer): void {
    const isNews = this.fleet.value !== undefined;
    this.#ended = fleet.ended;
    this.fleet.value = fleet;
    problem.value = troubleOf(fleet);
    if (isNews) this.#hear(fleet);
  }
}
