// The relay in one resource group. Needs the right to assign roles there: Owner, or Contributor and
// Role Based Access Control Administrator. (Custom roles, which only the drift report has, need more: main.bicep.)

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

@description('Memory of one instance, in MB. It is what an execution costs by. The drift report of 10,000 sets that have all drifted takes 280 by itself.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = empty(driftScope) ? 512 : 2048

@description('Most instances at once. Chats take about one message a second, so more of them gain little.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances for webhooks that are kept running. 0 costs nothing at rest and starts when it is called; 1 is drained now and then, so 2 or 0.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('Instances for the queue that are kept running, so that the first message after a rest does not wait for one.')
@minValue(0)
param alwaysReadyDeliver int = 0

@description('ARM id of a subnet of yours for the calls of the app, delegated to Microsoft.App/environments; empty: no virtual network.')
param subnetId string = ''

@description('Who reaches storage over the network: everybody who has a role, only the subnet (by its service endpoint Microsoft.Storage), or only private endpoints for blob, queue and table, which are yours.')
@allowed(['public', 'subnet', 'private'])
param storageNetwork string = 'public'

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

@description('Object id of who puts the secrets into the vault and may look into storage: whoever deploys. Empty: nobody is given these roles.')
param operatorPrincipalId string = deployer().objectId

@description('What kind of principal that is. Only people have a name to sign in with.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = empty(deployer().?userPrincipalName ?? '') ? 'ServicePrincipal' : 'User'

@description('Days that logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Who read which secret goes to the logs as well, and is paid for by GB.')
param vaultAudit bool = false

@description('Whether the Functions host keeps its keys in the vault, out of storage. A relay that changes it gets new keys, and every sender a new address.')
param hostKeysInVault bool = false

@description('Copies of what is stored: in one place, or in three zones of the region. With three zones the app runs in several as well.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Tags of every resource.')
param tags object = {}

var token = uniqueString(resourceGroup().id)

// Known before anything is made, so that what-if can show what is inside the modules. The order that outputs would
// give, storage and roles before the app, stands in dependsOn. What-if leaves out the role assignments alone: their names
// are made of the identity's id, and a second assignment of another name would be refused.
var appName = 'func-${name}-${token}'
var storageName = 'st${toLower(name)}${token}'
var vaultName = 'kv${toLower(name)}${token}'
var workspaceName = 'log-${name}-${token}'
var componentName = 'appi-${name}-${token}'
var packageContainer = 'app-package'

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
    name: storageName
    location: location
    sku: storageSku
    network: storageNetwork
    subnetId: subnetId
    packageContainer: packageContainer
    #disable-next-line what-if-short-circuiting
    principalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'relay-monitoring'
  params: {
    workspaceName: workspaceName
    componentName: componentName
    location: location
    retentionDays: logRetentionDays
    #disable-next-line what-if-short-circuiting
    principalId: identity.properties.principalId
    tags: tags
  }
}

module vault 'modules/vault.bicep' = {
  name: 'relay-vault'
  params: {
    name: vaultName
    location: location
    auditWorkspaceName: vaultAudit ? workspaceName : ''
    #disable-next-line what-if-short-circuiting
    principalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    hostKeysInVault: hostKeysInVault
    tags: tags
  }
  dependsOn: [monitoring]
}

module app 'modules/app.bicep' = {
  name: 'relay-app'
  params: {
    name: appName
    planName: 'plan-${name}-${token}'
    location: location
    identityName: identity.name
    storageName: storageName
    packageContainer: packageContainer
    componentName: componentName
    vaultName: vaultName
    hostKeysInVault: hostKeysInVault
    isZoneRedundant: storageSku == 'Standard_ZRS'
    subnetId: subnetId
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyDeliver: alwaysReadyDeliver
    vaultSettings: union(receiverSecrets[receivers], vaultSettings)
    plainSettings: plainSettings
    configFile: configFile
    locale: locale
    timeZone: timeZone
    driftScope: driftScope
    driftSchedule: driftSchedule
    tags: tags
  }
  dependsOn: [storage, monitoring, vault]
}

module workbook 'modules/workbook.bicep' = {
  name: 'relay-workbook'
  params: {
    componentName: componentName
    location: location
    tags: tags
  }
  dependsOn: [monitoring]
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'relay-alerts'
  params: {
    name: '${name}-${token}'
    location: location
    componentName: componentName
    workspaceName: workspaceName
    email: alertEmail
    tags: tags
  }
  dependsOn: [monitoring]
}

@description('The function app.')
output appName string = appName

@description('Object id of the relay\'s identity: for roles that are assigned elsewhere.')
output principalId string = identity.properties.principalId

@description('The vault that the secrets are put into.')
output vaultName string = vaultName

@description('Storage account of the queue, the ledger and the rejected bodies.')
output storageName string = storageName

@description('Where senders post, without a key; add / and the name of the source.')
output webhookUrl string = 'https://${app.outputs.hostName}/api/webhooks'
