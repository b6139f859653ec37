import { fileURLToPath } from 'node:url';

export const samplePath = fileURLToPath(new URL('../../relay.sample.yaml', import.meta.url));

/** Every variable that relay.sample.yaml names. */
export const sampleEnv = {
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T000/B000/secret-in-the-path',
  TEAMS_WEBHOOK_URL: 'https://x.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/1?sig=x',
  TENANT_FLOW_URL: 'https://x.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/2',
  GATEWAY_URL: 'https://gateway.example.com/slack/services/T000/B000/secret-in-the-path',
  PROXY_URL: 'http://relay:secret-of-the-proxy@proxy.example.com:3128',
  SLACK_BOT_TOKEN: 'xoxb-secret-of-the-app',
  RELAY_ACTION_KEY: '0123456789abcdef0123456789abcdac',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdee',
  TEAMS_TENANT: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  BOT_APP_ID: '11111111-2222-4333-8444-555555555555',
  BOT_SECRET: 'secret~of+the/bot',
  SMTP_URL: 'smtp://relay%40example.com:secret-of-the-mail@smtp.example.com:587',
  PAGERDUTY_KEY: '0123456789abcdef0123456789abcdef',
  AUDIT_URL: 'https://audit.example.com:8443/events',
  AUDIT_SECRET: 'whsec_c2VjcmV0',
  GITHUB_WEBHOOK_SECRET: 'secret',
  AUTOSCALE_TOKEN: 'token',
  DEVOPS_PASSWORD: 'password',
  TENANT_ID: '0b1ad0bb-64b0-4ad7-9a0d-0aeb52cb6d11',
};
