// The tables of Application Insights as its queries see them, and the one of the workspace that a rule asks.
// https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete, https://learn.microsoft.com/azure/azure-monitor/reference/tables/_logoperation

const COMMON =
  'timestamp: datetime, itemType: string, itemId: string, itemCount: int, customDimensions: dynamic, customMeasurements: dynamic, ' +
  'operation_Name: string, operation_Id: string, operation_ParentId: string, operation_SyntheticSource: string, ' +
  'session_Id: string, user_Id: string, user_AuthenticatedId: string, user_AccountId: string, application_Version: string, ' +
  'client_Type: string, client_Model: string, client_OS: string, client_IP: string, client_City: string, ' +
  'client_StateOrProvince: string, client_CountryOrRegion: string, client_Browser: string, cloud_RoleName: string, ' +
  'cloud_RoleInstance: string, appId: string, appName: string, iKey: string, sdkVersion: string, _ResourceId: string';

/** The columns of each table, as Kusto declares them. */
export const TABLES: Readonly<Record<string, string>> = {
  traces: `message: string, severityLevel: int, ${COMMON}`,
  requests: `id: string, source: string, name: string, url: string, success: bool, resultCode: string, duration: real, performanceBucket: string, ${COMMON}`,
  dependencies: `id: string, target: string, type: string, name: string, data: string, success: bool, resultCode: string, duration: real, performanceBucket: string, ${COMMON}`,
  exceptions:
    'problemId: string, handledAt: string, type: string, message: string, assembly: string, method: string, outerType: string, ' +
    'outerMessage: string, outerAssembly: string, outerMethod: string, innermostType: string, innermostMessage: string, ' +
    `innermostAssembly: string, innermostMethod: string, severityLevel: int, details: dynamic, ${COMMON}`,
  customMetrics: `name: string, value: real, valueCount: int, valueSum: real, valueMin: real, valueMax: real, valueStdDev: real, ${COMMON}`,
  _LogOperation:
    'TimeGenerated: datetime, Category: string, Operation: string, Level: string, Detail: string, _ResourceId: string, TenantId: string, Type: string, SourceSystem: string',
};
