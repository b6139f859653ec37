import { call } from './ui-api.ts';
import { Reading, refusedText, Section, Trouble, useAnswer } from './ui-parts.tsx';
import type { RefusedRequests, Sender, Senders } from './ui-place-data.ts';
import { hrefOf } from './ui-route.ts';
import { agoText, language, spanText, timeText, words } from './ui-words.ts';
import type { Refusal } from './words/place-words.ts';

const KINDS: Readonly<Record<string, Exclude<Refusal, 'other'>>> = {
  'no token': 'noToken',
  'the token does not match': 'token',
  'no signature': 'noSignature',
  'the signature does not match': 'signature',
  'no-such-source': 'address',
  'content-type': 'body',
  'body-empty': 'body',
  'body-not-json': 'body',
  'body-too-large': 'size',
  payload: 'payload',
  ambiguous: 'payload',
};

// Which header is missing stands in brackets.
const kindOf = (reason: string) => KINDS[reason.replace(/ \(.*$/, '')];

const Ago = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={at}>
    {agoText(at)}
  </time>
);

const Refused = ({ of: { reason, status, count, at } }: { readonly of: RefusedRequests }) => {
  const { senders } = words.value;
  const kind = kindOf(reason);
  return (
    <li>
      <strong class="bad">
        {senders.times(count)} {status}: <bdi title={reason}>{kind === undefined ? reason : senders.what[kind]}</bdi>
      </strong>{' '}
      <time class="where" dateTime={at} title={at}>
        {senders.lastAt(agoText(at))}
      </time>
      <span class="todo">{senders.todo[kind ?? 'other']}</span>
    </li>
  );
};

const Expected = ({ of: { every, due, silentSince } }: { readonly of: NonNullable<Sender['expected']> }) => {
  const { senders } = words.value;
  return (
    <>
      {silentSince !== undefined && (
        <span class="mark" data-state="dead" title={silentSince}>
          {senders.silent(timeText(silentSince))}
        </span>
      )}
      <span class="where" title={due}>
        {senders.every(spanText(every * 1_000))}
        {silentSince === undefined && `, ${senders.due(timeText(due))}`}
      </span>
    </>
  );
};

const Row = ({ sender: { source, last, count24h, refusals, expected } }: { readonly sender: Sender }) => {
  const { senders } = words.value;
  return (
    <tr>
      <th scope="row">
        <a class="title" href={hrefOf('history', { source })}>
          <bdi>{source}</bdi>
        </a>
        {expected && <Expected of={expected} />}
      </th>
      <td>{last === undefined ? senders.never : <Ago at={last} />}</td>
      <td>{count24h === undefined ? '–' : count24h.toLocaleString(language.value)}</td>
      <td>
        {refusals.length === 0 && <span class="where">{senders.noRefusals}</span>}
        <ul class="refusals">
          {refusals.map((each) => (
            <Refused key={`${each.status} ${each.reason}`} of={each} />
          ))}
        </ul>
      </td>
    </tr>
  );
};

const rank = ({ expected, refusals }: Sender): number =>
  expected?.silentSince === undefined ? (refusals.length > 0 ? 1 : 2) : 0;

/** Who sends, when last, and what was refused: first those that want somebody. */
export function SendersView() {
  const { answer, error, again } = useAnswer((signal) => call<Senders>('senders', { signal }), []);
  const { senders } = words.value;
  if (error !== undefined) return <Trouble text={refusedText(error)} again={again} />;
  if (answer === undefined) return <Reading />;
  const rows = answer.senders.toSorted((a, b) => rank(a) - rank(b) || a.source.localeCompare(b.source));
  return (
    <Section title={senders.count(rows.length)}>
      {rows.length === 0 && <p class="nothing">{senders.none}</p>}
      {rows.length > 0 && (
        <table class="table" id="senders">
          <thead>
            <tr>
              {[senders.source, senders.last, senders.day, senders.refused].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((each) => (
              <Row key={each.source} sender={each} />
            ))}
          </tbody>
        </table>
      )}
      <p class="where">{senders.outside}</p>
    </Section>
  );
}
