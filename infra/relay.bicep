// The relay in one resource group. Needs the right to assign roles there: Owner, or Contributor and
// Role Based Access Control Administrator.

targetScope = 'resourceGroup'

@description('Beginning of the resources\' names: small letters and digits.')
@minLength(2)
@maxLength(9)
param name string = 'relay'

@description('Region of everything. It must offer Flex Consumption.')
param location string = resourceGroup().location

@description('Node.js on the function app.')
@allowed(['24', '22'])
param nodeVersion string = '24'

@description('Memory of one instance, in MB. It is what an execution costs by. The drift report of 10,000 sets that have all drifted takes more than 512.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = empty(driftScope) ? 512 : 2048

@description('Most instances at once. Chats take about one message a second, so more of them gain little.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances for webhooks that are kept running. 0 costs nothing at rest and starts when it is called.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('Which of the two settings name a receiver; file: the receivers are in relay.yaml, which is deployed with the code.')
@allowed(['slack', 'teams', 'slack-and-teams', 'file'])
param receivers string = 'slack'

@description('More app settings whose values lie in the vault, as { SETTING: \'name-of-the-secret\' }.')
param vaultSettings object = {}

@description('More app settings that are no secret, as { SETTING: \'value\' }.')
param plainSettings object = {}

@description('RELAY_CONFIG: path of the configuration file; empty: relay.yaml if there is one.')
param configFile string = ''

@description('RELAY_LOCALE: language of the messages.')
param locale string = 'en'

@description('RELAY_TIME_ZONE: IANA time zone of the written time in messages.')
param timeZone string = 'UTC'

@description('DRIFT_SCOPE: sub:<id>[,…], mg:<id>[,…] or tenant; empty: no drift report.')
param driftScope string = ''

@description('DRIFT_SCHEDULE: when the drift report runs, as NCRONTAB in UTC.')
param driftSchedule string = '0 7,37 * * * *'

@description('Address that is told of dead letters and failures; empty: no alert rules are made.')
param alertEmail string = ''

@description('Object id of who puts the secrets into the vault; empty: nobody is given that role.')
param operatorPrincipalId string = ''

@description('What kind of principal that is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('Days that logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Copies of what is stored: in one place, or in three zones of the region.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Tags of every resource.')
param tags object = {}

var token = uniqueString(resourceGroup().id)

// The names of the secrets by the receivers that were chosen. The values never pass through a template.
var receiverSecrets = {
  slack: { SLACK_WEBHOOK_URL: 'slack-webhook-url' }
  teams: { TEAMS_WEBHOOK_URL: 'teams-webhook-url' }
  'slack-and-teams': { SLACK_WEBHOOK_URL: 'slack-webhook-url', TEAMS_WEBHOOK_URL: 'teams-webhook-url' }
  file: {}
}

// User-assigned, so that its roles are there before the app starts for the first time.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}-${token}'
  location: location
  tags: tags
}

module storage 'modules/storage.bicep' = {
  name: 'relay-storage'
  params: {
    name: 'st${name}${token}'
    location: location
    sku: storageSku
    principalId: identity.properties.principalId
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'relay-monitoring'
  params: {
    workspaceName: 'log-${name}-${token}'
    componentName: 'appi-${name}-${token}'
    location: location
    retentionDays: logRetentionDays
    principalId: identity.properties.principalId
    tags: tags
  }
}

module vault 'modules/vault.bicep' = {
  name: 'relay-vault'
  params: {
    name: 'kv${name}${token}'
    location: location
    principalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    tags: tags
  }
}

module app 'modules/app.bicep' = {
  name: 'relay-app'
  params: {
    name: 'func-${name}-${token}'
    planName: 'plan-${name}-${token}'
    location: location
    identityName: identity.name
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    componentName: monitoring.outputs.componentName
    vaultName: vault.outputs.name
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    vaultSettings: union(receiverSecrets[receivers], vaultSettings)
    plainSettings: plainSettings
    configFile: configFile
    locale: locale
    timeZone: timeZone
    driftScope: driftScope
    driftSchedule: driftSchedule
    tags: tags
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'relay-workbook'
  params: {
    componentName: monitoring.outputs.componentName
    location: location
    tags: tags
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'relay-alerts'
  params: {
    name: '${name}-${token}'
    location: location
    componentName: monitoring.outputs.componentName
    email: alertEmail
    tags: tags
  }
}

@description('The function app.')
output appName string = app.outputs.name

@description('Object id of the relay\'s identity: for roles that are assigned elsewhere.')
output principalId string = identity.properties.principalId

@description('The vault that the secrets are put into.')
output vaultName string = vault.outputs.name

@description('Storage account of the queue, the ledger and the rejected bodies.')
output storageName string = storage.outputs.name

@description('Where senders post, without a key; add / and the name of the source.')
output webhookUrl string = 'https://${app.outputs.hostName}/api/webhooks'
