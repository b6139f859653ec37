import { describe, expect, it } from 'vitest';
import { answerWebhook } from '../../dev/emulators/webhook.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen, type ReceivedRequest, type Reply } from '../support/server.ts';

const SECRETS = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];

async function delivered(reply: Reply | ((request: ReceivedRequest, before: number) => Reply)) {
  await using server = await listen(reply);
  const { relay } = relayWith([{ ...receiverAt('webhook', server.url, 'audit'), secrets: SECRETS }]);
  const [report] = await relay.deliver(deliveryTo(['audit']), 'm1');
  return { report, requests: server.received };
}

const judged = ({ headers, body }: ReceivedRequest): Reply => {
  const { status, reason = '' } = answerWebhook({ contentType: headers['content-type'], headers, body }, SECRETS);
  return { status, body: reason };
};

describe('an event for a subscriber', () => {
  it('is taken by a strict one', async () => {
    const { report, requests } = await delivered(judged);

    expect(requests.map(judged)).toStrictEqual([{ status: 204, body: '' }]);
    expect(report).toMatchObject({ outcome: 'sent', receiver: 'audit' });
  });

  it.each([400, 413, 422])('goes once more, shorter and signed anew under the same id, after a %i', async (status) => {
    const { report, requests } = await delivered((request, before) => (before === 0 ? { status } : judged(request)));

    expect(report).toMatchObject({ outcome: 'sent' });
    expect(requests).toHaveLength(2);
    const [whole, plain] = requests.map(({ headers, body }) => ({
      id: headers['webhook-id'],
      data: JSON.parse(body).data,
    }));
    expect(plain?.id).toBe(whole?.id);
    expect(whole?.data).toMatchObject(plain?.data);
    expect(Object.keys(whole?.data)).toContain('reason');
    expect(Object.keys(plain?.data)).not.toContain('reason');
  });

  it.each([
    [200, 'sent'],
    [202, 'sent'],
    [503, 'retry'],
    [409, 'sent'],
    // One answer says nothing of the receiver yet.
    [410, 'retry'],
    [401, 'retry'],
  ])('ends, after a %i, as %s', async (status, outcome) => {
    const { report, requests } = await delivered({ status, body: 'whatever' });

    expect(report).toMatchObject({ outcome });
    expect(requests).toHaveLength(1);
  });
});
