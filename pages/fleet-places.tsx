import type { FleetAnswer } from './fleet-data.ts';
import { Button, Command } from './parts.tsx';

interface CheckProps {
  readonly id: string;
  readonly look?: string;
  /** Whether a check is under way. */
  readonly isBusy: boolean;
  readonly check: () => void;
}

export const CheckButton = ({ id, look = '', isBusy, check }: CheckProps) => (
  <Button id={id} look={`primary ${look}`} isBusy={isBusy} press={check}>
    {isBusy ? 'Checking…' : 'Check now'}
  </Button>
);

export const Off = ({ fakeAzure, start }: FleetAnswer['commands']) => (
  <section class="card-like" aria-labelledby="off-title">
    <h2 id="off-title">The drift report is off</h2>
    <p>
      It tells which instances are not on the current model of their scale set, why, and since when. To see it without
      Azure, run a fleet of this machine in one terminal, and this relay with it in another:
    </p>
    <div class="commands">
      <Command id="fake-command" text={fakeAzure} />
      <Command id="start-command" text={`ARM_ENDPOINT=http://127.0.0.1:7080 DRIFT_SCOPE=tenant ${start}`} />
    </div>
    <p>
      End this run first (Ctrl+C), then come back here. For your own fleet, set <code>DRIFT_SCOPE</code> alone, signed
      in with <code>az login</code>; it only reads.
    </p>
  </section>
);

export const Unchecked = (props: Pick<CheckProps, 'isBusy' | 'check'>) => (
  <section class="card-like" aria-labelledby="unchecked-title">
    <h2 id="unchecked-title">Nothing has been checked yet</h2>
    <p>The report is on. This run checks when it is asked to, here or from a terminal:</p>
    <div class="commands">
      <Command id="check-command" text={`curl -X POST ${location.origin}/admin/functions/drift`} />
    </div>
    <CheckButton id="check-first" look="large" {...props} />
  </section>
);

export const Empty = () => (
  <section id="empty" class="card-like" aria-labelledby="empty-title">
    <h2 id="empty-title">No scale set was found</h2>
    <p>
      Nothing in <code>DRIFT_SCOPE</code> has one, or this identity may not read them: it needs the role Reader there.
    </p>
  </section>
);
