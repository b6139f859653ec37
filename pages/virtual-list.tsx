import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props<Item> {
  readonly items: readonly Item[];
  readonly label: string;
  /** Of every row, in pixels. */
  readonly rowHeight: number;
  readonly idOf: (item: Item) => string;
  readonly draw: (item: Item) => ComponentChildren;
  /** What a click or Enter does. */
  readonly open: (item: Item) => void;
}

/** Rows above and below those in sight. */
const SPARE = 8;

/** Where a key leads to from row `at` of `count`, `page` rows being in sight; undefined for any other key. */
function stepOf(key: string, at: number, page: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 }[
    key
  ];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

/** Which rows are in sight; they stay in sight while others come before them. */
function useSight<Item>({ items, rowHeight, idOf }: Props<Item>) {
  const box = useRef<HTMLDivElement>(null);
  const first = useRef<string | undefined>(undefined);
  const [[top, high], setSight] = useState<readonly [number, number]>([0, 600]);
  const look = (): void => {
    const { scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    setSight([scrollTop, clientHeight]);
  };
  useLayoutEffect(() => {
    const moved = items.findIndex((item) => idOf(item) === first.current);
    if (box.current && box.current.scrollTop > 0 && moved > 0) box.current.scrollTop += moved * rowHeight;
    first.current = items[0] && idOf(items[0]);
    look();
  }, [items]);
  const from = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const to = Math.min(items.length, Math.ceil((top + high) / rowHeight) + SPARE);
  const show = (at: number): void => {
    const { scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    const least = (at + 1) * rowHeight - clientHeight;
    box.current?.scrollTo({ top: Math.min(at * rowHeight, Math.max(scrollTop, least)) });
  };
  return { box, look, from, to, show, page: Math.max(1, Math.floor(high / rowHeight) - 1) };
}

interface OptionProps {
  readonly at: number;
  readonly of: number;
  readonly isCurrent: boolean;
  readonly rowHeight: number;
  readonly take: () => void;
  readonly children: ComponentChildren;
}

const Option = ({ at, of, isCurrent, rowHeight, take, children }: OptionProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys.
  <div
    id={`row-${at}`}
    class="virtual-row"
    role="option"
    tabIndex={-1}
    aria-selected={isCurrent}
    aria-setsize={of}
    aria-posinset={at + 1}
    style={{ height: `${rowHeight}px`, top: `${at * rowHeight}px` }}
    onClick={take}
  >
    {children}
  </div>
);

/** A list of which only what is in sight is drawn. One row is current: arrows, PgUp, PgDn, Home and End move it, Enter opens it. */
export function VirtualList<Item>(props: Props<Item>) {
  const { items, label, rowHeight, idOf, draw, open } = props;
  const [current, setCurrent] = useState<string>();
  const { box, look, from, to, show, page } = useSight(props);
  const at = Math.max(
    0,
    items.findIndex((item) => idOf(item) === current),
  );
  const press = (event: KeyboardEvent): void => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : stepOf(event.key, at, page, items.length);
    const item = items[next ?? at];
    if (item === undefined || (next === undefined && event.key !== 'Enter')) return;
    setCurrent(idOf(item));
    if (next === undefined) open(item);
    else show(next);
    event.preventDefault();
    event.stopPropagation();
  };
  const take = (item: Item): void => {
    setCurrent(idOf(item));
    open(item);
  };
  return (
    <div
      ref={box}
      class="virtual"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at >= from && at < to ? `row-${at}` : undefined}
      onScroll={look}
      onKeyDown={press}
    >
      <div class="virtual-space" role="presentation" style={{ height: `${items.length * rowHeight}px` }}>
        {items.slice(from, to).map((item, index) => (
          <Option
            key={idOf(item)}
            at={from + index}
            of={items.length}
            isCurrent={from + index === at}
            rowHeight={rowHeight}
            take={() => take(item)}
          >
            {draw(item)}
          </Option>
        ))}
      </div>
    </div>
  );
}
