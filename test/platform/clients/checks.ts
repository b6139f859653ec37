import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';
import { cloudEvent, gridEvent, operation } from '../../sources/support/event-grid.ts';
import type { Load } from '../npm.ts';
import type { Run } from './run.ts';
import type { Got } from './subscriber.ts';

const TYPE = 'Microsoft.Resources.ResourceActionSuccess';
const UPGRADE = operation('Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action');

interface Accepted {
  readonly accepted: readonly { readonly id: string }[];
}

const idIn = ({ accepted }: Accepted): string => accepted[0]?.id ?? 'none';

interface Signing {
  readonly Webhook: new (
    secret: string,
  ) => {
    sign(id: string, at: Date, body: string): string;
    verify(body: string, headers: Readonly<Record<string, string>>): unknown;
  };
}

/** Signs a post, sends it again as such senders do, and verifies what a subscriber gets of it. */
export const signing =
  (name: string) =>
  async (load: Load, { url, secret, told }: Run) => {
    const { Webhook } = await load<Signing>(name);
    const webhook = new Webhook(secret);
    const body = JSON.stringify({ title: `Signed by ${name}` });
    const [id, at] = [`msg_${name}`, new Date()];
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': `${Math.floor(at.getTime() / 1_000)}`,
      'webhook-signature': webhook.sign(id, at, body),
    };
    const post = () => fetch(`${url}/api/webhooks/custom`, { method: 'POST', headers, body });
    const [first, second] = [await post(), await post()];
    deepStrictEqual([first.status, second.status], [202, 202]);
    const event = idIn((await first.json()) as Accepted);
    equal(idIn((await second.json()) as Accepted), event, 'a post that is sent again is another event');
    const got = await told(event);
    await webhook.verify(got.body, got.headers);
    await rejects(async () => webhook.verify(`${got.body} `, got.headers));
  };

interface CloudEvents {
  readonly CloudEvent: new (event: object) => object;
  readonly HTTP: {
    toEvent(message: Got): { readonly id: string; validate(): boolean };
  };
  readonly Mode: { readonly STRUCTURED: string };
  readonly httpTransport: (url: string) => unknown;
  readonly emitterFor: (transport: unknown, options?: object) => (event: object) => Promise<{ readonly body: string }>;
}

/** Sends in binary mode, which is its default, and in structured mode; reads what a subscriber gets. */
export async function cloudEvents(load: Load, { url, told }: Run): Promise<void> {
  const { CloudEvent, HTTP, Mode, httpTransport, emitterFor } = await load<CloudEvents>('cloudevents');
  const event = new CloudEvent({ ...cloudEvent(TYPE, UPGRADE), datacontenttype: 'application/json' });
  const answered = async (options?: object) => {
    const { body } = await emitterFor(httpTransport(`${url}/api/webhooks`), options)(event);
    return idIn(JSON.parse(body));
  };
  const id = await answered();
  equal(await answered({ mode: Mode.STRUCTURED }), id, 'the two modes are two events');
  const read = HTTP.toEvent(await told(id));
  ok(read.validate());
}

interface EventGrid {
  readonly AzureKeyCredential: new (key: string) => object;
  readonly EventGridPublisherClient: new (
    url: string,
    schema: 'CloudEvent' | 'EventGrid',
    credential: object,
    options: object,
  ) => { send(events: readonly object[]): Promise<void> };
  readonly EventGridDeserializer: new () => {
    deserializeCloudEvents(body: string): Promise<readonly { readonly id: string }[]>;
  };
}

/** Publishes in both schemas, which it takes for failed, as only 200 is a success to it; reads what a subscriber gets. */
export async function eventGrid(load: Load, { url, told }: Run): Promise<void> {
  const sdk = await load<EventGrid>('@azure/eventgrid');
  const { specversion: _version, ...own } = cloudEvent(TYPE, UPGRADE);
  const published = async (schema: 'CloudEvent' | 'EventGrid', event: object) => {
    const client = new sdk.EventGridPublisherClient(
      `${url}/api/webhooks/event-grid`,
      schema,
      new sdk.AzureKeyCredential('none'),
      { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } },
    );
    const error = await client.send([event]).then(
      () => undefined,
      (thrown: { readonly statusCode?: number; readonly response?: { readonly bodyAsText?: string } }) => thrown,
    );
    equal(error?.statusCode, 202, `a ${schema} is answered ${error?.statusCode}`);
    return error?.response?.bodyAsText ?? '';
  };
  const id = idIn(JSON.parse(await published('CloudEvent', own)));
  await published('EventGrid', gridEvent(TYPE, UPGRADE));
  const [read] = await new sdk.EventGridDeserializer().deserializeCloudEvents((await told(id)).body);
  ok(read?.id);
}
