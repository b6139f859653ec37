/** A PostDeployment web hook of Kudu, with other values at some keys. */
export const deployed = (more: object = {}): Record<string, unknown> => ({
  id: '4be1f2d07c3f5a6e9d8c7b6a5f4e3d2c1b0a9f8e',
  status: 'success',
  statusText: '',
  authorEmail: 'robin.private@example.net',
  author: 'Robin Example',
  message: 'Show the delivery date\n\nCloses #12',
  progress: '',
  deployer: 'GitHub',
  receivedTime: '2026-11-18T07:59:58.1200311Z',
  startTime: '2026-11-18T08:00:01.5004403Z',
  endTime: '2026-11-18T08:01:13.7504403Z',
  lastSuccessEndTime: '2026-11-18T08:01:13.7504403Z',
  complete: true,
  siteName: 'shop-api',
  hostName: 'shop-api-blue.scm.azurewebsites.net',
  ...more,
});
