import { useEffect } from 'preact/hooks';
import { Scroll, type Term, Terms } from './parts.tsx';
import { call, Refused } from './ui-api.ts';
import type { Fate, Silences, Story } from './ui-data.ts';
import { Reading, refusedText, SeverityMark, StateMark, Time, Trouble, useAnswer } from './ui-parts.tsx';
import { fateWhy, silencesNow, storyWhy } from './ui-why.ts';
import { reasonText, words } from './ui-words.ts';

const timed = (name: string, at: string | undefined): Term => [name, at && <Time at={at} />];

const Tries = ({ of: { attempts } }: { readonly of: Fate }) => {
  const { story, outcomes } = words.value;
  if (attempts.length === 0) return <p class="where">{story.noTries}</p>;
  return (
    <ol class="tries" aria-label={story.tries}>
      {attempts.map(({ at, milliseconds, outcome, reason }) => (
        <li key={at}>
          <Time at={at} /> <strong>{outcomes[outcome] ?? outcome}</strong>
          {reason && <bdi> {reasonText(reason)}</bdi>}
          <span class="where"> {story.took(milliseconds.toLocaleString())}</span>
        </li>
      ))}
    </ol>
  );
};

const Receiver = ({ of }: { readonly of: Fate }) => {
  const { story } = words.value;
  return (
    <li class="row-card">
      <p class="line">
        <strong>
          <bdi>{of.receiver}</bdi>
        </strong>
        <StateMark state={of.state} />
      </p>
      <p class="why">
        <bdi>{fateWhy(of)}</bdi>
      </p>
      <Terms
        class="times"
        terms={[
          timed(story.received, of.acceptedAt),
          timed(story.claimed, of.attempts[0]?.at),
          timed(story.updated, of.updatedAt),
          timed(story.due, of.dueAt),
        ]}
      />
      <Tries of={of} />
      {of.again && <p class="where">{story.again(of.again.count)}</p>}
    </li>
  );
};

const nameIn = ({ event, short }: Story): string => {
  const { subject, rule, title, name } = event as unknown as Readonly<Record<string, unknown>>;
  const said = [subject, rule, title, name, event.resource?.name].find((each) => typeof each === 'string');
  return `${said ?? short}`;
};

const One = ({ story }: { readonly story: Story }) => {
  const { story: say } = words.value;
  const { event, short, deliveries, without } = story;
  return (
    <article class="story">
      <h2>
        <SeverityMark severity={event.severity} /> <bdi>{nameIn(story)}</bdi>
      </h2>
      <p class="headline">
        <bdi>{storyWhy(story)}</bdi>
      </p>
      <Terms
        class="times"
        terms={[
          [say.kind, event.kind],
          [words.value.history.source, event.source],
          [words.value.history.resource, <bdi>{event.resource?.name}</bdi>],
          [words.value.history.environment, event.environment],
          timed(say.happened, event.occurredAt),
          timed(say.received, event.receivedAt),
          ['id', <code>{short}</code>],
          [say.without, without.length > 0 && <bdi>{without.join(', ')}</bdi>],
        ]}
      />
      <ul class="rows">
        {deliveries.map((each) => (
          <Receiver key={each.receiver} of={each} />
        ))}
      </ul>
      <details>
        <summary>{say.whole}</summary>
        <Scroll label={say.whole} text={JSON.stringify(event, null, 2)} />
      </details>
    </article>
  );
};

/** One event, or those of one story or digest: who was told, when, and what kept it back. */
export function StoryView({ id, back }: { readonly id: string; readonly back: string }) {
  const { answer, error, again } = useAnswer(
    (signal) => call<{ readonly events: readonly Story[] }>('show', { query: { id }, signal }),
    [id],
  );
  useEffect(() => {
    // Whose a silence is adds to the story, which is told without it too.
    call<Silences>('silences').then(
      ({ silences }) => {
        silencesNow.value = silences;
      },
      () => undefined,
    );
  }, [id]);
  const { story } = words.value;
  const isMissing = error instanceof Refused && error.status === 404;
  return (
    <>
      <p>
        <a class="button small" id="back" href={back}>
          {story.back}
        </a>
      </p>
      {answer === undefined && error === undefined && <Reading />}
      {error !== undefined && <Trouble text={isMissing ? story.missing(id) : refusedText(error)} again={again} />}
      {answer?.events.map((each) => (
        <One key={each.event.id} story={each} />
      ))}
    </>
  );
}
