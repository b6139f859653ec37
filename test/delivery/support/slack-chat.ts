import type { Answer } from '../../../src/destinations/answer.ts';
import type { SlackCall } from '../../../src/destinations/slack-app/living.ts';
import type { Transport } from '../../../src/destinations/transport.ts';

/** A message as the chat has it now: which event each of its states told. */
interface Message {
  readonly ts: string;
  readonly thread: string | undefined;
  readonly loud: boolean;
  /** Events by their ids, the newest last. */
  readonly states: string[];
  readonly mark: unknown;
  deleted?: boolean;
}

/** What Slack's Web API does with messages, as far as stories need it; its strict double is dev/emulators/slack-app.ts. */
export function slackChat(faults: (call: SlackCall, count: number) => Answer | undefined = () => undefined) {
  const messages: Message[] = [];
  const calls: string[] = [];
  const bodies: string[] = [];
  const said = (body: object): Answer => ({ kind: 'answered', status: 200, body: JSON.stringify(body) });
  const at = (ts: unknown) => messages.find((each) => each.ts === ts && each.deleted !== true);
  const answer = (payload: unknown, event: string): Answer => {
    const call = payload as SlackCall & { readonly message?: { readonly metadata?: unknown } };
    calls.push(call.method);
    bodies.push(JSON.stringify(call));
    const fault = faults(call, calls.length);
    if (fault !== undefined) return fault;
    switch (call.method) {
      case 'chat.update': {
        const found = at(call['ts']);
        if (found === undefined) return said({ ok: false, error: 'message_not_found' });
        found.states.push(event);
        return said({ ok: true, channel: 'C1', ts: found.ts });
      }
      case 'chat.postMessage': {
        const thread = typeof call['thread_ts'] === 'string' ? call['thread_ts'] : undefined;
        if (thread !== undefined && at(thread) === undefined) return said({ ok: false, error: 'thread_not_found' });
        const ts = `1764500000.${String(messages.length + 1).padStart(6, '0')}`;
        const loud = call['reply_broadcast'] === true;
        messages.push({ ts, thread, loud, states: [event], mark: call.message?.metadata });
        return said({ ok: true, channel: 'C1', ts });
      }
      case 'chat.getPermalink': {
        const permalink = `https://example.slack.com/archives/C1/p${`${call['message_ts']}`.replace('.', '')}`;
        return said({ ok: true, channel: 'C1', permalink });
      }
      default: {
        const below = call.method === 'conversations.replies' ? call['ts'] : undefined;
        const seen = messages.filter((each) => each.deleted !== true && each.thread === below);
        return said({ ok: true, channel: 'C1', messages: seen.map(({ ts, mark }) => ({ ts, metadata: mark })) });
      }
    }
  };
  const transport: Transport = async (_to, payload, event) => answer(payload, event);
  return {
    answer,
    transport,
    calls,
    bodies,
    messages,
    /** The conversation of each first message. */
    conversations: () => messages.flatMap(({ thread, mark }) => (thread === undefined ? conversationIn(mark) : [])),
    roots: () => messages.filter(({ thread }) => thread === undefined),
    replies: () => messages.filter(({ thread }) => thread !== undefined).flatMap(({ states }) => states),
  };
}

const conversationIn = (mark: unknown): string[] =>
  /"conversation":"([0-9a-f]{32})"/.exec(JSON.stringify(mark))?.slice(1) ?? [];

export type SlackChat = ReturnType<typeof slackChat>;
