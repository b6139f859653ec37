import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** As the style has it. */
const ROW_PX = 58;
const BESIDE = 6;

interface VirtualProps<T> {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** The cells of a row. */
  readonly draw: (row: T) => readonly ComponentChildren[];
  readonly open: (row: T) => void;
  /** The reader has come near to the end. */
  readonly near: () => void;
  readonly place: { top: number; active: number };
}

const MOVES: Readonly<Record<string, (at: number, page: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_, __, last) => last,
};

const within = (value: number, last: number): number => Math.max(0, Math.min(value, last));

/** Where the reader is in a list of so many rows, and how they move. */
function useWindow({ rows, near, place }: Pick<VirtualProps<unknown>, 'rows' | 'near' | 'place'>) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(place.top);
  const [active, setActive] = useState(within(place.active, rows.length - 1));
  const [height, setHeight] = useState(600);
  const moved = useRef(false);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW_PX) + BESIDE);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    current.scrollTop = place.top;
    const watch = new ResizeObserver(() => setHeight(current.clientHeight));
    watch.observe(current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (last >= rows.length - BESIDE) near();
  }, [last, rows.length]);
  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    box.current?.querySelector<HTMLElement>(`[aria-rowindex="${active + 2}"]`)?.focus({ preventScroll: true });
  });
  const scrolled = (): void => {
    place.top = box.current?.scrollTop ?? 0;
    setTop(place.top);
  };
  const activate = (to: number): void => {
    place.active = to;
    setActive(to);
  };
  const move = (to: number): void => {
    const { current } = box;
    if (current === null) return;
    const above = to * ROW_PX;
    current.scrollTop = Math.max(above + ROW_PX - height, Math.min(above, current.scrollTop));
    moved.current = true;
    scrolled();
    activate(to);
  };
  return { box, height, active, first: Math.max(0, Math.floor(top / ROW_PX) - BESIDE), last, scrolled, activate, move };
}

interface RowProps {
  readonly at: number;
  readonly isActive: boolean;
  readonly cells: readonly ComponentChildren[];
  readonly open: () => void;
  readonly activate: () => void;
}

const Row = ({ at, isActive, cells, open, activate }: RowProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the whole list.
  <div
    role="row"
    class="virtual-row"
    aria-rowindex={at + 2}
    tabIndex={isActive ? 0 : -1}
    style={{ transform: `translateY(${at * ROW_PX}px)` }}
    onClick={open}
    onFocus={activate}
  >
    {cells.map((cell, column) => (
      <span key={column} role="gridcell">
        {cell}
      </span>
    ))}
  </div>
);

const Heads = ({ heads }: { readonly heads: readonly string[] }) => (
  <div role="rowgroup" class="virtual-heads">
    <div role="row" aria-rowindex={1} class="virtual-row">
      {heads.map((head) => (
        <span key={head} role="columnheader">
          {head}
        </span>
      ))}
    </div>
  </div>
);

/** Rows of one height, of which only those are drawn that can be seen. `place` outlives it: whoever comes back is where they were. */
export function Virtual<T>({ label, heads, rows, keyOf, draw, open, near, place }: VirtualProps<T>) {
  const { box, height, active, first, last, scrolled, activate, move } = useWindow({ rows, near, place });
  const press = (event: KeyboardEvent): void => {
    const row = rows[active];
    const to = MOVES[event.key]?.(active, Math.floor(height / ROW_PX), rows.length - 1);
    if (to !== undefined) move(within(to, rows.length - 1));
    else if (event.key === 'Enter' && row !== undefined) open(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // The row that has the focus stays, wherever the reader scrolls to.
  const seen = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  const drawn = active < first || active >= last ? [...seen, active] : seen;
  return (
    <div class="virtual card-like" role="grid" aria-label={label} aria-rowcount={rows.length + 1}>
      <Heads heads={heads} />
      <div role="rowgroup" class="virtual-box" ref={box} onScroll={scrolled} onKeyDown={press}>
        <div role="presentation" class="virtual-all" style={{ height: `${rows.length * ROW_PX}px` }}>
          {drawn.map((at) => {
            const row = rows[at];
            if (row === undefined) return null;
            const acts = { open: () => open(row), activate: () => activate(at) };
            return <Row key={keyOf(row)} at={at} isActive={at === active} cells={draw(row)} {...acts} />;
          })}
        </div>
      </div>
    </div>
  );
}
