import { useState } from 'preact/hooks';
import { fieldsOf, listOf } from './json.ts';
import { Button } from './parts.tsx';
import { announce } from './state.ts';
import { call, mayChange, Refused } from './ui-api.ts';
import type { Silence, Silences, WindowNow } from './ui-data.ts';
import { ask, Reading, refusedText, Section, Trouble, useAnswer } from './ui-parts.tsx';
import { SilenceForm } from './ui-silence-form.tsx';
import { timeText, words } from './ui-words.ts';

const partText = ([name, value]: readonly [string, unknown]): readonly string[] => {
  const inner = Object.entries(fieldsOf(value));
  if (inner.length > 0) return inner.flatMap(partText);
  const said = Array.isArray(value) ? listOf(value).join(', ') : `${value}`;
  return [`${name}: ${said}`];
};

const matchText = ({ match }: Silence): string => Object.entries(match).flatMap(partText).join(' · ');

/** Ends a silence; resolves with what to say. Another may have ended it before. */
async function end({ id, endsAt }: Silence): Promise<string> {
  const { mute } = words.value;
  if (Date.parse(endsAt) <= Date.now()) return mute.endedAlready;
  try {
    const { already } = fieldsOf(await call(`silences/${encodeURIComponent(id)}`, { method: 'DELETE' }));
    return already === true ? mute.endedAlready : mute.ended;
  } catch (error) {
    return error instanceof Refused && [404, 409].includes(error.status) ? mute.endedAlready : refusedText(error);
  }
}

const One = ({ silence, ended }: { readonly silence: Silence; readonly ended: (said: string) => void }) => {
  const { mute } = words.value;
  const { author, reason, endsAt, id } = silence;
  const act = (): void => void end(silence).then(ended);
  return (
    <li class="row-card">
      <p class="line">
        <strong>
          <bdi>{matchText(silence)}</bdi>
        </strong>
        <span title={endsAt}>{mute.until(timeText(endsAt))}</span>
        {mayChange() && (
          <Button look="small" press={() => ask({ title: mute.askEnd, text: matchText(silence), yes: mute.end, act })}>
            {mute.end}
          </Button>
        )}
      </p>
      <p class="line where">
        {author && <bdi>{mute.by(author)}</bdi>}
        {reason && <bdi>{reason}</bdi>}
        <code>{id}</code>
      </p>
    </li>
  );
};

const Window = ({ window }: { readonly window: WindowNow }) => {
  const { mute } = words.value;
  const { name, receivers = [], isOpen, opensAt, until, held = 0 } = window;
  return (
    <li class="row-card">
      <p class="line">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span class="mark" data-state={isOpen ? 'parked' : 'overtaken'}>
          {isOpen ? mute.isOpen : mute.isShut}
        </span>
        {isOpen && until && <span title={until}>{mute.closes(timeText(until))}</span>}
        {!isOpen && opensAt && <span title={opensAt}>{mute.opens(timeText(opensAt))}</span>}
        {held > 0 && <span>{mute.held(held)}</span>}
      </p>
      <p class="line where">
        <bdi>{receivers.length === 0 ? mute.forAll : receivers.join(', ')}</bdi>
      </p>
    </li>
  );
};

const Windows = ({ windows }: { readonly windows: readonly WindowNow[] }) => (
  <Section title={words.value.mute.windows}>
    {windows.length === 0 && <p class="nothing">{words.value.mute.noWindows}</p>}
    <ul class="rows">
      {windows.map((each) => (
        <Window key={each.name} window={each} />
      ))}
    </ul>
  </Section>
);

/** What keeps events back: silences, which people make and end, and the windows of relay.yaml. */
export function MutedView() {
  const { answer, error, again } = useAnswer((signal) => call<Silences>('silences', { signal }), []);
  const [said, say] = useState<string>();
  const { mute } = words.value;
  const ended = (text: string): void => {
    say(text);
    announce(text);
    again();
  };
  return (
    <>
      {error !== undefined && <Trouble text={refusedText(error)} again={again} />}
      {answer === undefined && error === undefined && <Reading />}
      {answer && (
        <Section title={mute.silences(answer.silences.length)}>
          {said && <output>{said}</output>}
          {answer.silences.length === 0 && <p class="nothing">{mute.none}</p>}
          <ul class="rows" id="silences">
            {answer.silences.map((each) => (
              <One key={each.id} silence={each} ended={ended} />
            ))}
          </ul>
        </Section>
      )}
      {mayChange() && <SilenceForm done={again} />}
      {answer?.windows && <Windows windows={answer.windows} />}
    </>
  );
}
