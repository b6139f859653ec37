import type { MachineReader, Ports } from '../delivery/ports.ts';
import type { Expectation } from '../delivery/rules/expected.ts';
import type { Receiver } from '../destinations/receiver.ts';
import type { DriftReports } from '../drift/run.ts';
import type { Severity } from '../event/fields.ts';
import type { ReviewPlan } from '../history/reviews.ts';
import type { ActRules } from '../routing/acts.ts';
import type { Environment } from '../routing/environments.ts';
import type { Joins } from '../routing/joins.ts';
import type { MuteRules } from '../routing/mutes.ts';
import type { Owner } from '../routing/owners.ts';
import type { Route } from '../routing/routes.ts';
import type { Runbook } from '../routing/runbooks.ts';
import type { Listed } from '../sources/registry.ts';
import type { SourceSettings } from './receive.ts';
import type { SignIn } from './ui/who.ts';

/** What people can do by buttons, and how a receiver's messages get them. */
interface Acting {
  readonly rules: ActRules;
  readonly offer: (receiver: Receiver, quiet: MuteRules) => Receiver;
}

/** What a relay is made of: a configuration that was read, and the outside. */
export interface RelayParts {
  readonly receivers: readonly Receiver[];
  readonly environments?: readonly Environment[];
  readonly routes: readonly Route[];
  /** The sources whose senders may choose among the receivers. */
  readonly mayChoose?: readonly string[];
  /** How severe everything is that a source tells, by its name. */
  readonly severities?: Readonly<Record<string, Severity>>;
  readonly runbooks?: readonly Runbook[];
  readonly owners?: readonly Owner[];
  readonly quiet?: MuteRules;
  /** What is told in one conversation although it is several stories. */
  readonly joins?: Joins | undefined;
  /** Without `to`, every receiver is tried. */
  readonly drill?: { readonly every: string; readonly to?: readonly string[] | undefined } | undefined;
  /** Who gets the review of a week. */
  readonly reviews?: readonly ReviewPlan[];
  /** What is to come at least how often. */
  readonly expects?: readonly Expectation[];
  /** The receivers that are told what the relay has to say of itself. */
  readonly notices?: readonly string[];
  /** Where the documents are that notices lead to, with a slash at the end. */
  readonly docs?: string | undefined;
  /** By the name of the source; a source that is not listed is read without credentials. */
  readonly sources?: Readonly<Record<string, SourceSettings>>;
  /** Senders that the configuration describes. */
  readonly own?: readonly Listed[];
  readonly drift?: DriftReports | undefined;
  readonly machines?: MachineReader | undefined;
  /** What people can do by buttons. */
  readonly actions?: Acting | undefined;
  /** Who may see the page and change things there; without it, nobody but who has a key. */
  readonly signIn?: SignIn | undefined;
  readonly ports: Ports;
}
