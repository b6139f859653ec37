import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { matcher } from '../../src/routing/match.ts';
import { withRunbook } from '../../src/routing/runbooks.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt } from '../support/relay.ts';

const scaling = { match: matcher({ kind: 'scale' }), url: 'https://wiki.example.com/scaling' };
const any = { url: 'https://wiki.example.com/start' };
const linksOf = (event: Parameters<typeof withRunbook>[0], runbooks = [scaling, any]) =>
  withRunbook(event, runbooks).links.filter(({ rel }) => rel === 'runbook');

describe('a runbook', () => {
  it('is linked where it is the first that fits', () => {
    expect(linksOf(examples.scale)).toStrictEqual([{ rel: 'runbook', url: scaling.url }]);
    expect(linksOf(examples.alert)).toStrictEqual([{ rel: 'runbook', url: any.url }]);
  });

  it('does not replace the one that the sender named', () => {
    expect(linksOf(examples.custom)).toStrictEqual(examples.custom.links);
  });

  it('is not linked where none fits', () => {
    expect(withRunbook(examples.alert, [scaling])).toBe(examples.alert);
  });

  it('takes the place of the last link where there is no more room', () => {
    const links = Array.from({ length: 6 }, (_, index) => ({ rel: `r${index}`, url: `https://example.com/${index}` }));
    const event = withRunbook({ ...examples.scale, links }, [any]);

    expect(event.links.map(({ rel }) => rel)).toStrictEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'runbook']);
    expect(eventSchema.safeParse(event).success).toBe(true);
  });

  it('travels with the event', async () => {
    const ports = memoryPorts();
    const receivers = [receiverAt('slack', 'http://127.0.0.1:1')];
    const relay = createRelay({ receivers, routes: [{ to: ['slack'] }], runbooks: [any], ports });

    await relay.accept(post({ kind: 'custom', title: 'Hello' }));

    expect(ports.deliveries.sent[0]?.message).toMatchObject({ event: { links: [{ rel: 'runbook', url: any.url }] } });
  });
});
