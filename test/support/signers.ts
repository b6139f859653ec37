import { createHmac } from 'node:crypto';

/** Makes the headers by which a body is known to be of whoever has the secret. `at`: milliseconds since 1970. */
export type Signer = (bytes: Uint8Array, secret: string, at: number) => Record<string, string>;

const hex =
  (header: string, algorithm: string, prefix = ''): Signer =>
  (bytes, secret) => ({ [header]: prefix + createHmac(algorithm, secret).update(bytes).digest('hex') });

/** Standard Webhooks, under a Base64 secret. */
export const standard: Signer = (bytes, secret, at) => {
  const timestamp = `${Math.floor(at / 1000)}`;
  const signed = createHmac('sha256', Buffer.from(secret, 'base64')).update(`msg_1.${timestamp}.`).update(bytes);
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signed.digest('base64')}`,
  };
};

/** How each sender signs that does. */
export const SIGNERS: Readonly<Record<string, Signer>> = {
  flux: hex('x-signature', 'sha256', 'sha256='),
  github: hex('x-hub-signature-256', 'sha256', 'sha256='),
  gitlab: (_bytes, secret) => ({ 'x-gitlab-token': secret }),
  'hcp-terraform': hex('x-tfe-notification-signature', 'sha512'),
  grafana: hex('x-grafana-alerting-signature', 'sha256'),
  custom: standard,
};
