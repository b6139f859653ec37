import { type InboxMessage, NAME } from './message.ts';

const number = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 1 });

const short = (bytes: number): string => (bytes < 1000 ? `${bytes} bytes` : `${number(bytes / 1000)} kB`);

/** How much of what a message may take it takes, in words and as a bar; where nobody measured, its bytes. */
export function SizeView({ message: { bytes, size, destination } }: { readonly message: InboxMessage }) {
  if (size === undefined) return <span title={`${bytes} bytes`}>{short(bytes)}</span>;
  const { measured, most } = size;
  const words = `${number(measured)} of at most ${number(most)} bytes, as the limit of ${NAME[destination]} counts them`;
  const range = { 'aria-valuemin': 0, 'aria-valuemax': most, 'aria-valuetext': words };
  const style = { '--part': `${Math.min(100, (100 * measured) / most)}%` };
  return (
    <span class="size" title={words}>
      <span class="meter" role="meter" aria-label="Size" aria-valuenow={measured} {...range} style={style} />
      {short(measured)} of {short(most)}
    </span>
  );
}
