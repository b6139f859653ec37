/**
 * The sources that tell of the same stories. All others are strangers: their words for a story are theirs alone, whatever
 * they are, because a sender's story can be worked out, and who knows it must not end what another has told.
 */
const FAMILIES: readonly (readonly string[])[] = [
  // One scaling: autoscale's webhook when it begins, its entries in the activity log when it begins and ends.
  ['azure-autoscale', 'azure-monitor'],
];

/** Who tells something. */
export interface Teller {
  readonly source: string;
  /** Whether the request proved it by the source's credentials; undefined of what the release before wrote, which did not ask. */
  readonly proven?: boolean | undefined;
}

const familyOf = (source: string): readonly string[] => FAMILIES.find((each) => each.includes(source)) ?? [source];

/** Whether what one has told holds for what another tells: of its own source; of its family, unless the other alone has proved itself. */
export const holdsFor = (one: Teller, other: Teller): boolean =>
  one.source === other.source ||
  (familyOf(one.source).includes(other.source) && !(one.proven === false && other.proven === true));

/** The same for those who have the same voice: among what waits together, the newest speaks for all. */
export function voiceOf({ source, proven = false }: Teller): string {
  const family = familyOf(source);
  return family.length > 1 && proven ? `${family.join()} proven` : family.join();
}
