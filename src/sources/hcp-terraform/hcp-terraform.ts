import * as z from 'zod';
import { text } from '../fields.ts';
import { hmacHeader } from '../signature.ts';
import { defineSource } from '../source.ts';
import { EXTRAS, runEvents, runFields } from './run.ts';
import { workspaceEvents, workspaceFields } from './workspace.ts';

// https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations#notification-payload

const payload = z.object({
  // The number 1, or the text "2".
  payload_version: text,
  notification_configuration_id: text,
  ...runFields,
  ...workspaceFields,
});

export const hcpTerraform = defineSource({
  name: 'hcp-terraform',
  detects: (body, headers) =>
    headers.get('x-tfe-notification-signature') !== null ||
    ('payload_version' in body && ('notification_configuration_id' in body || 'notifications' in body)),
  payload,
  normalize: (body, context) => {
    const triggers = [body.trigger, ...body.notifications.map((each) => each?.trigger)];
    // Sent when a configuration is enabled, which it can only be when the answer is 2xx.
    if (triggers.includes('verification')) return { reply: {} };
    return [...runEvents(body, context), ...workspaceEvents(body, context)];
  },
  signature: hmacHeader('x-tfe-notification-signature', 'sha512'),
  extras: EXTRAS,
});
