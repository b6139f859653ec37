import type { ServerResponse } from 'node:http';
import { type Answer, refusal } from './answer.ts';
import { CODES, noToken, wrongParameter } from './arm-refusals.ts';
import type { Wrong } from './faults.ts';
import type { SeenCall } from './journal.ts';

/** Sends the right answer, or what goes wrong instead. `sent` is told just before the last byte leaves. */
export function send(
  response: ServerResponse,
  {
    call,
    right,
    wrong,
    sent,
  }: {
    readonly call: SeenCall;
    readonly right: () => Answer;
    readonly wrong: Wrong | undefined;
    readonly sent: (status: number, bytes: number) => void;
  },
): void {
  if (wrong?.kind === 'hang' || wrong?.kind === 'reset') {
    sent(0, 0);
    if (wrong.kind === 'reset') response.socket?.resetAndDestroy();
    return;
  }
  const answer = wronged(wrong, call, right);
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': body.length,
    'x-ms-request-id': '00000000-0000-4000-8000-000000000000',
  });
  if (wrong?.kind !== 'half') {
    sent(answer.status, body.length);
    response.end(body);
    return;
  }
  const half = body.subarray(0, Math.floor(body.length / 2));
  sent(answer.status, half.length);
  response.write(half, () => response.socket?.destroy());
}

function wronged(wrong: Wrong | undefined, call: SeenCall, right: () => Answer): Answer {
  switch (wrong?.kind) {
    case 'status':
      return failing(wrong);
    case 'html':
      return {
        status: wrong.status ?? 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!DOCTYPE html><html><head><title>Our services are not available right now</title></head></html>',
      };
    case 'skiptoken':
      return call.page > 1 ? wrongParameter('$skiptoken') : right();
    case 'foreignNextLink': {
      const answer = right();
      return { ...answer, body: answer.body.replace(/"nextLink":"https?:\/\/[^/"]+/, `"nextLink":"${wrong.origin}`) };
    }
    case 'altered': {
      const answer = right();
      return { ...answer, body: JSON.stringify(wrong.change(JSON.parse(answer.body.toString()))) };
    }
    default:
      return right();
  }
}

function failing({ status, code, retryAfter }: Extract<Wrong, { kind: 'status' }>): Answer {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (status === 401 && code === undefined) return noToken('expired');
  return refusal(status, code ?? CODES[status] ?? 'Unknown', `This ${status} was asked for.`, { headers });
}
