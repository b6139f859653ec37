import { describe, expect, it } from 'vitest';
import { createRelay } from '../../src/relay/relay.ts';
import { CHOICE, routeEvent } from '../../src/routing/choice.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';

const routing = { routes: [{ to: ['usual'] }], receivers: ['usual', 'night', 'audit'], mayChoose: ['azure-autoscale'] };
const event = (choice: string, source = 'azure-autoscale', name = CHOICE) => ({
  ...examples.scale,
  source,
  properties: { team: 'shop', [name]: choice },
});

describe('the receivers that a sender chooses', () => {
  it.each([
    ['night', ['night']],
    ['night, audit', ['night', 'audit']],
    [' audit;night  night ', ['audit', 'night']],
  ])('take the place of the routes (%j)', (choice, receivers) => {
    expect(routeEvent(event(choice), routing)).toMatchObject({ receivers, unknown: [] });
  });

  it('are named by a property in either case, which nobody has to read', () => {
    const routed = routeEvent(event('night', 'azure-autoscale', 'Relay-Receivers'), routing);

    expect(routed.receivers).toStrictEqual(['night']);
    expect(routed.event.properties).toStrictEqual({ team: 'shop' });
  });

  it('are named by a label of an alert that has no property', () => {
    const { properties: _, ...alert } = { ...examples.alert, dimensions: { [CHOICE]: 'night' } };
    const routed = routeEvent(alert, { ...routing, mayChoose: [alert.source] });

    expect(routed).toMatchObject({ receivers: ['night'], unknown: [] });
  });

  it('are nothing to a source that may not choose', () => {
    const given = event('night', 'azure-monitor');

    expect(routeEvent(given, routing)).toStrictEqual({ event: given, receivers: ['usual'], untold: [], unknown: [] });
  });

  it('leave out names that are no receivers, and tell them', () => {
    expect(routeEvent(event('night nobody'), routing)).toMatchObject({ receivers: ['night'], unknown: ['nobody'] });
  });

  it('are never addresses; where none is known, the routes decide', () => {
    expect(routeEvent(event('https://evil.example/hook'), routing)).toMatchObject({
      receivers: ['usual'],
      unknown: ['https://evil.example/hook'],
    });
  });

  it('are told in the answer to the webhook, with the names that are none', async () => {
    const ports = memoryPorts();
    const receivers = ['usual', 'night'].map((name) => receiverAt('slack', 'http://127.0.0.1:1', name));
    const relay = createRelay({ receivers, routes: [{ to: ['usual'] }], mayChoose: ['custom'], ports });

    const answer = await answerTo(
      relay,
      post({ kind: 'custom', title: 'Hello', properties: { [CHOICE]: 'night, nihgt' } }),
    );

    expect(answer).toMatchObject({
      status: 202,
      jsonBody: { accepted: [{ receivers: ['night'], unknownReceivers: ['nihgt'] }] },
    });
    expect(ports.deliveries.sent[0]?.message).toMatchObject({ receivers: ['night'], event: { properties: {} } });
  });
});
