/** The folders of published bodies, and the sources that may read what is in them. */
export const sampleFolders: readonly { readonly folder: string; readonly allowed: readonly string[] }[] = [
  { folder: 'autoscale', allowed: ['azure-autoscale'] },
  { folder: 'azure-monitor-common', allowed: ['azure-monitor'] },
  { folder: 'azure-monitor-noncommon', allowed: ['azure-monitor'] },
  { folder: 'event-grid', allowed: ['event-grid'] },
  { folder: 'app-service', allowed: ['app-service', 'event-grid'] },
  { folder: 'acr', allowed: ['acr', 'event-grid'] },
  { folder: 'azure-devops', allowed: ['azure-devops'] },
  { folder: 'github', allowed: ['github'] },
  { folder: 'gitlab', allowed: ['gitlab'] },
  { folder: 'jenkins', allowed: ['jenkins'] },
  { folder: 'spinnaker', allowed: ['spinnaker'] },
  { folder: 'hashicorp', allowed: ['hcp-terraform', 'hcp-packer'] },
  { folder: 'octopus', allowed: ['octopus'] },
  { folder: 'alertmanager', allowed: ['alertmanager'] },
  { folder: 'grafana', allowed: ['grafana'] },
];

/** Files that no sender posts: answers to handshakes, and what only a configured mapping could read. */
export const notPosted: readonly string[] = [
  'event-grid/cloudevents-options-handshake',
  'event-grid/subscription-validation-response',
  'azure-monitor-noncommon/log-custom-json',
  'hashicorp/hcp-webhook-envelope-vault-secrets',
];

/** The header by which GitHub and GitLab say what they post: here, the beginning of the body's name. */
export function headersOf(folder: string, name: string): Record<string, string> {
  if (folder === 'gitlab') return { 'x-gitlab-event': 'Some Hook' };
  return folder === 'github' ? { 'x-github-event': githubEvent(name) } : {};
}

const GITHUB = [
  'deployment_protection_rule',
  'deployment_review',
  'deployment_status',
  'deployment',
  'workflow_run',
  'workflow_job',
  'registry_package',
  'package',
  'release',
  'ping',
];

const githubEvent = (name: string): string =>
  GITHUB.find((event) => name.replaceAll('-', '_').startsWith(event)) ?? 'unknown';
