const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop`;
const RESOURCE = `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-checkout`;

/** What Azure autoscale posts when a scale set grows. Its identity is the setting's id and the timestamp. */
const sampleWebhook = (timestamp: string, properties: object = {}): object => ({
  version: '1.0',
  status: 'Activated',
  operation: 'Scale Out',
  context: {
    timestamp,
    id: `${GROUP}/providers/microsoft.insights/autoscalesettings/vmss-checkout-autoscale`,
    name: 'vmss-checkout-autoscale',
    details:
      "Autoscale successfully started scale operation for resource 'vmss-checkout' from capacity '2' to capacity '4'",
    subscriptionId: SUBSCRIPTION,
    resourceGroupName: 'rg-shop',
    resourceName: 'vmss-checkout',
    resourceType: 'microsoft.compute/virtualmachinescalesets',
    resourceId: RESOURCE,
    portalLink: `https://portal.azure.com/#resource${RESOURCE}`,
    resourceRegion: 'North Europe',
    oldCapacity: '2',
    newCapacity: '4',
  },
  properties: { environment: 'test', ...properties },
});

// The shell fills in the time: the same event sent twice is one event, and would show nothing new.
const NOW = '$(date -u +%Y-%m-%dT%H:%M:%SZ)';

export const curlCommand = (origin: string): string =>
  [
    `curl -i ${origin}/api/webhooks \\`,
    `  -H 'content-type: application/json' -d @- <<JSON`,
    JSON.stringify(sampleWebhook(NOW), null, 2),
    'JSON',
  ].join('\n');

/** Receivers of a relay.yaml that post to this page. */
export const receiversHere = (origin: string): string =>
  [
    'receivers:',
    `  ops-slack: { type: slack, url: "${origin}/inbox/slack", locale: ko }`,
    `  ops-teams: { type: teams, url: "${origin}/inbox/teams" }`,
    `  gone: { type: slack, url: "${origin}/inbox/nobody", fallback: ops-teams }`,
  ].join('\n');

/** Posts the sample as it would happen now. What comes back is a sentence about what went wrong, if anything did. */
export async function sendSample(): Promise<string | undefined> {
  try {
    const response = await fetch('/api/webhooks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // It may go to a channel that people watch.
      body: JSON.stringify(sampleWebhook(new Date().toISOString(), { test: 'yes' })),
    });
    if (response.status === 202) return undefined;
    const words = (await response.text()).trim().slice(0, 300);
    return `The relay answered ${response.status} instead of 202${words === '' ? '.' : `: ${words}`}`;
  } catch {
    return 'The relay did not answer. Is it still running?';
  }
}
