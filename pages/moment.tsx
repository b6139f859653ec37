import { clockOf } from './fleet-age.ts';

/** When something happened, as every page writes it; the whole of it as its title. */
export const Moment = ({ at }: { readonly at: string }) => (
  <time datetime={at} title={at}>
    {Number.isNaN(Date.parse(at)) ? at : clockOf(at, Date.now())}
  </time>
);
