import { en } from '../locales/en/en.ts';
import { figured, stateWord } from '../locales/parts.ts';
import { safeLine } from './screen.ts';

/** An event in brief in the words of its message: "Scaling out: shop-web (prod) 3 → 6". `state` is raw. */
export const eventText = ({
  kind,
  state,
  subject,
  figure,
}: {
  readonly kind: string;
  readonly state: string;
  readonly subject: string;
  readonly figure?: string | undefined;
}): string =>
  safeLine(`${stateWord(kind, state, en.state)}: ${[subject, figured(figure, en)].filter(Boolean).join(' ')}`);
