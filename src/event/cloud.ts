/** A cloud of Azure: where its parts are, and who its own applications are. */
export interface Cloud {
  readonly portal: string;
  readonly resourceManager: string;
  /** Where tokens of Entra ID come from, and who says so in those of version 1. */
  readonly login: string;
  readonly issuer: string;
  /** App id of Event Grid. */
  readonly eventGrid: string;
}

/**
 * https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure#guidance-for-developers,
 * https://learn.microsoft.com/azure/china/resources-developer-guide,
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud,
 * https://learn.microsoft.com/azure/event-grid/secure-webhook-delivery
 */
export const clouds = {
  public: {
    portal: 'https://portal.azure.com',
    resourceManager: 'https://management.azure.com',
    login: 'https://login.microsoftonline.com',
    issuer: 'https://sts.windows.net',
    eventGrid: '4962773b-9cdb-44cf-a8bf-237846a00ab7',
  },
  usgov: {
    portal: 'https://portal.azure.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    login: 'https://login.microsoftonline.us',
    issuer: 'https://sts.windows.net',
    eventGrid: '54316b56-3481-47f9-8f30-0300f5542a7b',
  },
  china: {
    portal: 'https://portal.azure.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    login: 'https://login.partner.microsoftonline.cn',
    issuer: 'https://sts.chinacloudapi.cn',
    eventGrid: '4962773b-9cdb-44cf-a8bf-237846a00ab7',
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof clouds;

// A process serves one cloud, and links to its portal are made deep inside of what is otherwise pure.
let current: Cloud = clouds.public;

export const cloud = (): Cloud => current;

export function serveCloud(name: CloudName): void {
  current = clouds[name];
}

/** The portal's page of a resource; the form is the one that autoscale itself sends as `portalLink`. */
export const portalPage = (resourceId: string): string => `${current.portal}/#resource${resourceId}`;
