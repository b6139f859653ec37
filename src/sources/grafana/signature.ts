import { createHmac } from 'node:crypto';
import { equal, hmacHeader, type Signature, signedIn } from '../signature.ts';

const TOLERANCE_SECONDS = 5 * 60;

// The names are free; these are the default and the documentation's example.
// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
const HEADER = 'x-grafana-alerting-signature';
const TIMESTAMP = 'x-grafana-alerting-signature-timestamp';

const ofBody = hmacHeader(HEADER, 'sha256');

/** The HMAC of the body or, where the contact point names a timestamp header, of "seconds:body". */
export const grafanaSignature: Signature = signedIn(HEADER, (signed, secret) => {
  const { bytes, headers, now } = signed;
  const timestamp = headers.get(TIMESTAMP)?.trim() ?? '';
  if (timestamp === '') return ofBody(signed, secret);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}:`).update(bytes).digest('hex');
  return equal(headers.get(HEADER)?.trim().toLowerCase() ?? '', expected);
});
