// Written by "npm run schema" from src/event/event.ts.

/**
 * One fact, whoever sent it.
 */
export type RelayEvent =
  | {
      kind: 'scale';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      direction: 'out' | 'in';
      /**
       * Instances before; absent where the sender does not say.
       */
      from?: number;
      /**
       * Instances wanted.
       */
      to: number;
      phase: 'started' | 'succeeded' | 'failed' | 'held' | 'unknown';
      /**
       * The sender's own word for how it stands, where the relay does not know it.
       */
      word?: string;
      /**
       * Of a failure, in the sender's own words.
       */
      errorCode?: string;
      /**
       * Seconds from its beginning to its end, where both were told.
       */
      duration?: number;
      /**
       * The sender's id of the operation, the same at each of its steps.
       */
      operation?: string;
      /**
       * The autoscale setting or rule that decided.
       */
      setting?: string;
      /**
       * Why, in the sender's own words.
       */
      reason?: string;
      /**
       * Which machines came or went: what the relay looked up afterwards.
       */
      machines?: {
        /**
         * The first that came or went; none where it was not seen which they are.
         *
         * @maxItems 10
         */
        named: {
          /**
           * As Azure's lists have it: of Uniform sets `shop-web_7`.
           */
          name: string;
          zone?: string;
        }[];
        /**
         * How many came and are running, or are gone.
         */
        count: number;
        /**
         * From the beginning until the last of them was running.
         */
        seconds?: number;
        /**
         * Not running, or not gone, when nobody looked any more: after 15 minutes.
         */
        waiting?: number;
        /**
         * Could not be made.
         */
        failed?: number;
        /**
         * Azure's words for why.
         *
         * @maxItems 3
         */
        codes?: string[];
        /**
         * What keeps it from going on: the autoscale setting's own count, or a quota.
         */
        limit?: 'minimum' | 'maximum' | 'quota';
        /**
         * Instances wanted now, where that is not what the scaling wanted.
         */
        capacity?: number;
        /**
         * `capacity` is that from before, and no machine came or went.
         */
        unmoved?: true;
      };
      /**
       * How many instances the scale set wanted in the last day: what the relay remembers of it.
       */
      day?: {
        /**
         * When the first of the hours begins; the last one ends with the event.
         */
        from: string;
        /**
         * The most of each hour, the oldest first; the last is what the event leaves.
         *
         * @minItems 1
         * @maxItems 24
         */
        steps: number[];
        minimum: number;
        maximum: number;
      };
    }
  | {
      kind: 'deployment';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      phase:
        | 'requested'
        | 'waiting'
        | 'started'
        | 'succeeded'
        | 'failed'
        | 'cancelled'
        | 'approved'
        | 'rejected'
        | 'unknown';
      /**
       * Of an end that is neither good nor bad: a part of it went through, or all of it with warnings.
       */
      outcome?: 'partial' | 'warnings';
      /**
       * It tries a change that is proposed (a pull or merge request, a merge queue), and deploys nothing.
       */
      check?: boolean;
      /**
       * The sender's own word for how it stands, where the relay does not know it.
       */
      word?: string;
      /**
       * What is deployed: an application, a pipeline, a workflow.
       */
      subject: string;
      /**
       * The repository, project or application of it, where that is not the resource.
       */
      project?: string;
      /**
       * The stage or job, where the event tells of one.
       */
      step?: string;
      version?: string;
      previousVersion?: string;
      commit?: string;
      branch?: string;
      /**
       * The first line of the commit, the title of the pull request.
       */
      change?: string;
      /**
       * Who started, approved or rejected it.
       */
      actor?: string;
      /**
       * Whose approval it waits for: people and teams.
       */
      waitingFor?: string;
      /**
       * Until when it waits; then it ends by itself.
       */
      expiresAt?: string;
      /**
       * Seconds.
       */
      duration?: number;
      failedStep?: string;
      /**
       * The last lines of output, or the error.
       */
      output?: string;
    }
  | {
      kind: 'artifact';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      action: 'pushed' | 'deleted' | 'completed' | 'revoked' | 'unknown';
      /**
       * The sender's own word for how it stands, where the relay does not know it.
       */
      word?: string;
      /**
       * Repository, image definition, bucket or package.
       */
      name: string;
      version?: string;
      digest?: string;
      actor?: string;
    }
  | {
      kind: 'alert';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      state: 'fired' | 'resolved';
      /**
       * How the operation stands that it tells of, where it tells of one.
       */
      phase?: 'started' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';
      /**
       * It fired because there was no data or no answer to its query, or ended because its series has vanished.
       */
      lack?: 'data' | 'answer' | 'series';
      /**
       * The sender's own word for how it stands, where the relay does not know it.
       */
      word?: string;
      rule: string;
      level?: 'Sev0' | 'Sev1' | 'Sev2' | 'Sev3' | 'Sev4';
      metric?: string;
      value?: number | string;
      threshold?: number | string;
      /**
       * Of value and threshold, such as % or ms.
       */
      unit?: string;
      /**
       * How the value must be to the threshold.
       */
      operator?: '>' | '>=' | '<' | '<=' | '=' | '!=';
      /**
       * What tells this instance of the rule from others.
       */
      dimensions?: {
        [k: string]: string;
      };
      description?: string;
      firedAt?: string;
      /**
       * It is told again by a route that says `remind`.
       */
      still?: {
        at: string;
        since: string;
        /**
         * No news for 7 days.
         */
        closed?: boolean;
      };
    }
  | {
      kind: 'drift';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      change: 'opened' | 'changed' | 'reminder' | 'resolved';
      verdict:
        | 'pending'
        | 'stalled'
        | 'faulted'
        | 'cancelled'
        | 'rolledBack'
        | 'autoFailed'
        | 'held'
        | 'canary'
        | 'canaryOverdue'
        | 'hidden'
        | 'awaitingApproval'
        | 'repairsSuspended';
      /**
       * Instances off the model.
       */
      behind: number;
      total: number;
      orchestration: 'Uniform' | 'Flexible';
      upgradeMode: 'Manual' | 'Automatic' | 'Rolling';
      /**
       * Since when the oldest of them is behind.
       */
      since?: string;
      /**
       * Whether it may be longer: nobody looked before `since`.
       */
      sinceAtLeast?: boolean;
      modelChangedAt?: string;
      /**
       * A name, or just User or App, as DRIFT_ACTOR allows.
       */
      modelChangedBy?: string;
      /**
       * Tags of the scale set. They can be matched, and are not shown.
       */
      tags?: {
        [k: string]: string;
      };
      /**
       * @maxItems 8
       */
      reasons: {
        reason:
          | 'image'
          | 'imageVersion'
          | 'vmSize'
          | 'extensionMissing'
          | 'extensionExtra'
          | 'extensionVersion'
          | 'extensionSettings'
          | 'secrets'
          | 'dataDisks'
          | 'network'
          | 'osProfile'
          | 'application'
          | 'changedByHand'
          | 'other'
          | 'unexplained';
        /**
         * Which extension or which part of the model. Never a value of a setting.
         */
        name?: string;
        /**
         * The instance's version, size or image.
         */
        from?: string;
        /**
         * The model's.
         */
        to?: string;
        /**
         * Instances that differ so.
         */
        count: number;
      }[];
      /**
       * Instances that an upgrade skips: protected, or marked SkipUpgrade.
       *
       * @maxItems 20
       */
      heldIds?: string[];
      /**
       * Instances that have failed or are unhealthy.
       *
       * @maxItems 20
       */
      failedIds?: string[];
      /**
       * Instances of which Azure does not tell their model.
       */
      unknown?: number;
      /**
       * Models in use, at least. Azure allows 10.
       */
      modelsAtLeast?: number;
      /**
       * The latest rolling upgrade, in instances.
       */
      rollout?: {
        done: number;
        failed: number;
        pending: number;
        errorCode?: string;
      };
      /**
       * What an upgrade that awaits approval waits for. Empty: until somebody approves it.
       */
      approval?: {
        /**
         * When it is decided without an answer.
         */
        until?: string;
        /**
         * What Azure then does by itself.
         */
        otherwise?: 'Approve' | 'Reject';
      };
      /**
       * Of resolved: as far as Azure shows. Custom data or a password, which it hides, may have changed.
       */
      unseen?: true;
      /**
       * Automatic repairs of the scale set are suspended.
       */
      repairsSuspended?: true;
      /**
       * What the command does.
       */
      advice?:
        | 'inspect'
        | 'monitor'
        | 'update'
        | 'replace'
        | 'disks'
        | 'reimage'
        | 'resume'
        | 'upgrade'
        | 'approval'
        | 'approve'
        | 'repair';
      /**
       * Shell-quoted; acts on the instances that it names.
       */
      command?: string;
    }
  | {
      kind: 'custom';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      title: string;
      text?: string;
    }
  | {
      kind: 'notice';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      topic:
        | 'receiverBroken'
        | 'receiverBack'
        | 'signIn'
        | 'deadLetters'
        | 'storage'
        | 'configuration'
        | 'driftUnreadable'
        | 'driftReadable'
        | 'cut'
        | 'tooLarge'
        | 'silent'
        | 'heard'
        | 'drill'
        | 'test';
      /**
       * A receiver, a subscription, a file, a source.
       */
      about: string;
      reason?: string;
      /**
       * For how many seconds nothing has come of a sender, or had.
       */
      lasted?: number;
      /**
       * Of what cannot be read, or was refused of a sender: each reason with the HTTP status and how many things it is of, the most first.
       *
       * @maxItems 5
       */
      reasons?: {
        reason: string;
        status?: number;
        count: number;
      }[];
      /**
       * The events concerned, the worst first.
       *
       * @maxItems 5
       */
      events?: {
        kind: string;
        /**
         * In the kind's own words: an action, a phase, a verdict.
         */
        state: string;
        subject: string;
        /**
         * Of the newest event; of scale events, from before the first to after the last.
         */
        figure?: string;
        severity?: 'info' | 'warning' | 'error' | 'critical';
        /**
         * Its environment; without one, its resource group; of alerts and custom events, the resource before it; without either, the resource.
         */
        place?: string;
        /**
         * What commands take as its id, where somebody has to look it up.
         */
        short?: string;
        /**
         * Where there is more of it.
         */
        url?: string;
        /**
         * When it had ended, of one that is sent again after that.
         */
        over?: string;
        /**
         * It is a test: nothing has happened.
         */
        test?: boolean;
      }[];
      /**
       * The receiver that gets what the one in trouble does not.
       */
      fallback?: string;
      /**
       * How many dead letters wait, how many subscriptions are meant, how many events were cut.
       */
      count?: number;
    }
  | {
      kind: 'digest';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      /**
       * Why they come together.
       */
      cause: 'rate' | 'deployment' | 'baseline' | 'many';
      /**
       * Events in all; of drift, scale sets.
       */
      total: number;
      /**
       * Resources that they are about, as far as they name one.
       */
      resources: number;
      /**
       * Of the stories after the one that leads: how many are as severe, and not over. None are worse.
       */
      asSevere?: number;
      /**
       * When the first of them happened.
       */
      since: string;
      /**
       * How many of each state, the most important first.
       *
       * @maxItems 8
       */
      tally: {
        kind: string;
        /**
         * In the kind's own words: an action, a phase, a verdict.
         */
        state: string;
        count: number;
      }[];
      /**
       * The newest of each story, the most important first.
       *
       * @maxItems 5
       */
      stories: {
        kind: string;
        /**
         * In the kind's own words: an action, a phase, a verdict.
         */
        state: string;
        subject: string;
        /**
         * Of the newest event; of scale events, from before the first to after the last.
         */
        figure?: string;
        severity?: 'info' | 'warning' | 'error' | 'critical';
        /**
         * Its environment; without one, its resource group; of alerts and custom events, the resource before it; without either, the resource.
         */
        place?: string;
        /**
         * What commands take as its id, where somebody has to look it up.
         */
        short?: string;
        /**
         * Where there is more of it.
         */
        url?: string;
        /**
         * When it had ended, of one that is sent again after that.
         */
        over?: string;
        /**
         * It is a test: nothing has happened.
         */
        test?: boolean;
        /**
         * Events of this story.
         */
        count: number;
        /**
         * Of drift: since when the oldest instance is behind.
         */
        since?: string;
        /**
         * Went out and in again within an hour.
         */
        flapping?: boolean;
        /**
         * By what a chat app finds the thread of this story.
         */
        conversation?: string;
      }[];
      /**
       * The quiet window that held them back, by its name.
       */
      window?: string;
      /**
       * Of what a window held back: the stories after those that are not over.
       *
       * @maxItems 35
       */
      others?: {
        kind: string;
        /**
         * In the kind's own words: an action, a phase, a verdict.
         */
        state: string;
        subject: string;
        /**
         * Of the newest event; of scale events, from before the first to after the last.
         */
        figure?: string;
        severity?: 'info' | 'warning' | 'error' | 'critical';
        /**
         * Its environment; without one, its resource group; of alerts and custom events, the resource before it; without either, the resource.
         */
        place?: string;
        /**
         * What commands take as its id, where somebody has to look it up.
         */
        short?: string;
        /**
         * Where there is more of it.
         */
        url?: string;
        /**
         * When it had ended, of one that is sent again after that.
         */
        over?: string;
        /**
         * It is a test: nothing has happened.
         */
        test?: boolean;
        /**
         * Events of this story.
         */
        count: number;
        /**
         * Of drift: since when the oldest instance is behind.
         */
        since?: string;
        /**
         * Went out and in again within an hour.
         */
        flapping?: boolean;
        /**
         * By what a chat app finds the thread of this story.
         */
        conversation?: string;
      }[];
      /**
       * Of drift: the sets after those.
       *
       * @maxItems 35
       */
      named?: {
        state:
          | 'pending'
          | 'stalled'
          | 'faulted'
          | 'cancelled'
          | 'rolledBack'
          | 'autoFailed'
          | 'held'
          | 'canary'
          | 'canaryOverdue'
          | 'hidden'
          | 'awaitingApproval'
          | 'repairsSuspended'
          | 'resolved'
          | 'unseen';
        subject: string;
        behind: number;
        total: number;
        since?: string;
      }[];
      /**
       * Stories that are not listed.
       */
      more: number;
      /**
       * Whom its events call, by keys of owners in the configuration: of each story, the first that can be called.
       *
       * @maxItems 20
       */
      calls?: string[][];
      /**
       * Of drift: subscriptions that could not be read.
       */
      unread?: number;
      /**
       * Of drift: why, and what to do, of the most important sets, as far as there is room.
       *
       * @maxItems 40
       */
      remedies?: {
        subject: string;
        group?: string;
        /**
         * @maxItems 3
         */
        reasons: {
          reason:
            | 'image'
            | 'imageVersion'
            | 'vmSize'
            | 'extensionMissing'
            | 'extensionExtra'
            | 'extensionVersion'
            | 'extensionSettings'
            | 'secrets'
            | 'dataDisks'
            | 'network'
            | 'osProfile'
            | 'application'
            | 'changedByHand'
            | 'other'
            | 'unexplained';
          /**
           * Which extension or which part of the model. Never a value of a setting.
           */
          name?: string;
          /**
           * The instance's version, size or image.
           */
          from?: string;
          /**
           * The model's.
           */
          to?: string;
          /**
           * Instances that differ so.
           */
          count: number;
        }[];
        advice?:
          | 'inspect'
          | 'monitor'
          | 'update'
          | 'replace'
          | 'disks'
          | 'reimage'
          | 'resume'
          | 'upgrade'
          | 'approval'
          | 'approve'
          | 'repair';
        command?: string;
      }[];
    }
  | {
      kind: 'act';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      action: 'acknowledged' | 'silenced' | 'replayed' | 'meant';
      /**
       * Who did it, as the chat calls them; of a link, the receiver that got it.
       */
      by: string;
      via: 'slack' | 'teams' | 'link' | 'command';
      /**
       * When it ends, of what ends by itself.
       */
      until?: string;
      note?: string;
      /**
       * What it was done with.
       */
      of: {
        kind: string;
        /**
         * In the kind's own words: an action, a phase, a verdict.
         */
        state: string;
        subject: string;
        /**
         * Of the newest event; of scale events, from before the first to after the last.
         */
        figure?: string;
        severity?: 'info' | 'warning' | 'error' | 'critical';
        /**
         * Its environment; without one, its resource group; of alerts and custom events, the resource before it; without either, the resource.
         */
        place?: string;
        /**
         * What commands take as its id, where somebody has to look it up.
         */
        short?: string;
        /**
         * Where there is more of it.
         */
        url?: string;
        /**
         * When it had ended, of one that is sent again after that.
         */
        over?: string;
        /**
         * It is a test: nothing has happened.
         */
        test?: boolean;
      };
      /**
       * The id of that.
       */
      event: string;
      /**
       * Names the conversation that it is told in.
       */
      conversation?: string;
      /**
       * Names the pager's alert of it.
       */
      pager: string;
    }
  | {
      kind: 'review';
      /**
       * Names the occurrence; a sender's retry has the same one.
       */
      id: string;
      /**
       * Joins events that belong together: a scale set, a deployment, an alert instance.
       */
      story?: string;
      source: string;
      severity: 'info' | 'warning' | 'error' | 'critical';
      /**
       * ISO 8601 in UTC with milliseconds.
       */
      occurredAt: string;
      environment?: string;
      resource: {
        /**
         * ARM resource id, in the sender's own case.
         */
        id?: string;
        name: string;
        /**
         * ARM resource type, in the sender's own case.
         */
        type?: string;
        group?: string;
        subscriptionId?: string;
        region?: string;
      };
      /**
       * @maxItems 6
       */
      links: {
        /**
         * What it leads to: resource, run, logs, changes, alert, runbook, …
         */
        rel: string;
        url: string;
      }[];
      properties?: {
        [k: string]: string;
      };
      /**
       * The beginning of the first day, in UTC.
       */
      from: string;
      /**
       * The end of the last day.
       */
      until: string;
      /**
       * What senders told.
       */
      events: {
        now: number;
        before?: number;
      };
      /**
       * The four keys of DORA, as far as the relay is told of them.
       */
      dora: {
        /**
         * Those that ended well or badly.
         */
        deployments: {
          now: number;
          before?: number;
        };
        /**
         * From the first that was told of one to its good end, in the middle one of them; seconds.
         */
        leadTime?: {
          now: number;
          before?: number;
        };
        /**
         * How many of them failed.
         */
        failureRate?: {
          now: number;
          before?: number;
        };
        /**
         * From a failed one to the next good one of the same, in the middle one of them; seconds.
         */
        restore?: {
          now: number;
          before?: number;
        };
      };
      alerts: {
        fired: {
          now: number;
          before?: number;
        };
        /**
         * From firing to its acknowledgement, on average; seconds.
         */
        acknowledge?: {
          now: number;
          before?: number;
        };
        /**
         * From firing to its end, on average; seconds.
         */
        resolve?: {
          now: number;
          before?: number;
        };
      };
      /**
       * Steps of scale sets.
       */
      scalings: {
        now: number;
        before?: number;
      };
      /**
       * @maxItems 5
       */
      noisiest: {
        name: string;
        environment?: string;
        kind: 'alert' | 'scale';
        /**
         * How often it fired, or scaled.
         */
        count: number;
        /**
         * How often it went there and back again.
         */
        flaps: number;
        /**
         * The capacities between which it went most.
         *
         * @minItems 2
         * @maxItems 2
         */
        between?: never[];
        advice?: 'widen' | 'steady' | 'unattended' | 'many';
      }[];
      /**
       * @maxItems 5
       */
      drift: {
        name: string;
        environment?: string;
        seconds: {
          now: number;
          before?: number;
        };
      }[];
      /**
       * @maxItems 5
       */
      slowest: {
        name: string;
        environment?: string;
        seconds: number;
      }[];
      /**
       * @maxItems 5
       */
      atMaximum: {
        name: string;
        environment?: string;
        capacity: number;
        /**
         * On how many days it was there.
         */
        days: number;
        /**
         * It is the most that its setting allows; else the most of two weeks.
         */
        limit?: true;
      }[];
      /**
       * @maxItems 2
       */
      charts: {
        of: 'days' | 'capacity';
        form: 'bar' | 'line';
        /**
         * The scale set whose instances they are.
         */
        name?: string;
        /**
         * In UTC, the first first.
         *
         * @minItems 1
         * @maxItems 7
         */
        days: string[];
        /**
         * @minItems 1
         * @maxItems 6
         */
        series: {
          of: 'alerts' | 'deployments' | 'failed' | 'highest' | 'lowest';
          /**
           * One for each day.
           *
           * @maxItems 7
           */
          values: number[];
        }[];
      }[];
    };
