import { byId } from './dom.ts';
import { type Fleet, type Runs, readFleet, readRuns, startRun } from './fleet-data.ts';
import { complain, showConnection } from './place.ts';

const BUSY_MS = 400;
const IDLE_MS = 2_500;

const UNREAD = -1;

/** Follows the runs of the report, and reads the fleet anew whenever one has ended. */
export class FleetRuns {
  readonly #show: (fleet: Fleet) => void;
  #ended = UNREAD;
  #timer = 0;

  constructor(show: (fleet: Fleet) => void) {
    this.#show = show;
    // Nobody looks at a hidden page; once it is seen again, it is told at once.
    document.addEventListener('visibilitychange', () => document.hidden || this.#next(0));
  }

  async follow(): Promise<void> {
    let wait = IDLE_MS;
    try {
      const runs = await readRuns();
      // Of a run under way there is nothing to see yet.
      const isDue = runs.ended !== this.#ended && (runs.step === undefined || this.#ended === UNREAD);
      if (isDue) this.#take(await readFleet());
      this.#progress(runs);
      showConnection('live');
      wait = runs.step === undefined ? IDLE_MS : BUSY_MS;
    } catch {
      showConnection('reconnecting');
      // It may be another relay that answers next, with other settings.
      this.#ended = UNREAD;
    }
    if (!document.hidden) this.#next(wait);
  }

  async start(): Promise<void> {
    this.#progress({ on: true, ended: this.#ended, step: 'starting', trouble: undefined });
    const problem = await startRun();
    complain(problem);
    this.#next(problem === undefined ? 100 : 0);
  }

  #next(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.follow(), wait);
  }

  #take(fleet: Fleet): void {
    this.#ended = fleet.runs.ended;
    this.#show(fleet);
    complain(fleet.runs.trouble);
  }

  #progress({ step }: Runs): void {
    const line = byId('progress', HTMLElement);
    line.hidden = step === undefined;
    line.textContent = step === undefined ? '' : `Checking: ${step}`;
    for (const button of [byId('check', HTMLButtonElement), byId('check-first', HTMLButtonElement)]) {
      button.textContent = step === undefined ? 'Check now' : 'Checking…';
      if (step === undefined) button.removeAttribute('aria-busy');
      else button.setAttribute('aria-busy', 'true');
    }
  }
}
