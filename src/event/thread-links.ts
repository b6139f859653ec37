import type { EventOf } from './event.ts';

type Story = EventOf<'digest'>['stories'][number];

// As much as a brief's own link may have.
const LONGEST = 1_000;

/**
 * A digest whose lines lead to the threads of their stories, where there are any: `linkOf` is given the conversation, 32 hex
 * digits. A line without a thread keeps the link that it has.
 */
export function withThreadLinks(
  digest: EventOf<'digest'>,
  linkOf: (conversation: string) => string | undefined,
): EventOf<'digest'> {
  const linked = (story: Story): Story => {
    const url = story.conversation === undefined ? undefined : linkOf(story.conversation);
    return url === undefined || url.length > LONGEST ? story : { ...story, url };
  };
  return {
    ...digest,
    stories: digest.stories.map(linked),
    ...(digest.others && { others: digest.others.map(linked) }),
  };
}

/** The conversations that the lines of a digest are of, each once: those to look up. */
export const conversationsIn = ({ stories, others = [] }: EventOf<'digest'>): readonly string[] => [
  ...new Set([...stories, ...others].flatMap(({ conversation = [] }) => conversation)),
];
