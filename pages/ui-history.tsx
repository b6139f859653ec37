import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from './parts.tsx';
import { me } from './ui-api.ts';
import type { Delivery } from './ui-data.ts';
import { FilterForm } from './ui-filters.tsx';
import { Outline, refusedText, SeverityMark, StateMark, Time, Trouble, Where } from './ui-parts.tsx';
import { FILTERS, type Filters, type Progress, Reader } from './ui-reader.ts';
import { go, hrefOf, refine, route } from './ui-route.ts';
import { StoryView } from './ui-story.tsx';
import { Virtual } from './ui-virtual.tsx';
import { reasonText, timeText, words } from './ui-words.ts';

const reader = signal<Reader>();
const place = { top: 0, active: 0 };

const filtersIn = (query: Readonly<Record<string, string>>): Filters =>
  Object.fromEntries(FILTERS.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));

/** The list outlives its view: whoever comes back from a story finds it as it was. */
function readFor(filters: Filters): Reader {
  const name = `${me.peek()?.by} ${JSON.stringify(filters)}`;
  const { value } = reader;
  if (value !== undefined && value.name === name) return value;
  value?.close();
  Object.assign(place, { top: 0, active: 0 });
  const made = new Reader(filters, name);
  reader.value = made;
  return made;
}

const cells = (row: Delivery) => [
  <Time at={row.updatedAt} />,
  <>
    <SeverityMark severity={row.event.severity} /> <Outline event={row.event} />
    <Where event={row.event} />
  </>,
  <bdi>{row.receiver}</bdi>,
  <>
    <StateMark state={row.state} />
    {row.reason && <bdi class="where">{reasonText(row.reason)}</bdi>}
  </>,
];

const Status = ({ progress: { rows, since, isReading, isEnd }, more }: { progress: Progress; more: () => void }) => {
  const { history } = words.value;
  const from = timeText(new Date(since).toISOString());
  return (
    <p class="progress" role="status">
      {isReading ? history.reading(from) : history.shown(rows.length.toLocaleString(), from)}{' '}
      {isEnd && !isReading && history.end}
      {!isEnd && !isReading && (
        <Button look="small" press={more}>
          {history.further}
        </Button>
      )}
    </p>
  );
};

// As people have it from a message: the beginning of an id.
const isIdLike = (text: string): boolean => /^[0-9a-f-]{6,64}$/i.test(text);

function Nothing({ filters }: { readonly filters: Filters }) {
  const { history } = words.value;
  const { text = '' } = filters;
  return (
    <div class="nothing">
      <p>{history.nothing}</p>
      {isIdLike(text) && (
        <a class="button" href={hrefOf('history', { id: text })}>
          {history.byId(text)}
        </a>
      )}
      {Object.keys(filters).length > 0 && (
        <Button press={() => refine(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}>
          {history.clear}
        </Button>
      )}
    </div>
  );
}

const EVERY_MS = 15_000;

/** Adds what is new while somebody can see it, and is at the top: nothing moves below whoever reads. */
function following(current: Reader): () => void {
  const look = async (): Promise<void> => {
    if (document.hidden || place.top > 0 || place.active > 0 || current.progress.peek().isReading) return;
    const isAll = await current.newer().catch(() => true);
    if (!isAll && reader.peek() === current) reader.value = undefined;
  };
  const looked = (): void => void look();
  looked();
  const timer = setInterval(looked, EVERY_MS);
  document.addEventListener('visibilitychange', looked);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', looked);
  };
}

function List({ filters }: { readonly filters: Filters }) {
  const current = readFor(filters);
  const progress = current.progress.value;
  const more = (): void => void current.further();
  useEffect(more, [current]);
  useEffect(() => following(current), [current]);
  const { history } = words.value;
  return (
    <>
      <FilterForm filters={filters} rows={progress.rows} />
      {progress.error !== undefined && <Trouble text={refusedText(progress.error)} again={more} />}
      <Status progress={progress} more={more} />
      {progress.rows.length === 0 && !progress.isReading && <Nothing filters={filters} />}
      {progress.rows.length > 0 && (
        <Virtual
          key={current.name}
          label={history.list}
          heads={[history.time, history.event, history.receiver, history.outcome]}
          rows={progress.rows}
          keyOf={(row) => `${row.receiver} ${row.event.id}`}
          draw={cells}
          open={({ event }) => go('history', { ...route.peek().query, id: event.id })}
          near={() => progress.error === undefined && more()}
          place={place}
        />
      )}
    </>
  );
}

/** Everything that was told or kept back, and one story whole where the address names one. */
export function HistoryView() {
  const { id, ...query } = route.value.query;
  return id === undefined ? <List filters={filtersIn(query)} /> : <StoryView id={id} back={hrefOf('history', query)} />;
}
