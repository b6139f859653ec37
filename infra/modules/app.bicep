// The function app on Flex Consumption, and its settings. Every access is the identity's: nothing here is a secret.

@description('Name of the function app: the first part of its address.')
param name string

@description('Name of the plan.')
param planName string

@description('Region of both.')
param location string

@description('Name of the relay\'s identity.')
param identityName string

@description('Name of the storage account.')
param storageName string

@description('The container that the deployed code is read from.')
param packageContainer string

@description('Name of the Application Insights component.')
param componentName string

@description('Name of the vault.')
param vaultName string

@description('Whether the host keeps its keys in the vault.')
param hostKeysInVault bool

@description('Node.js.')
param nodeVersion string

@description('Memory of one instance, in MB.')
param instanceMemoryMB int

@description('Most instances at once.')
param maximumInstanceCount int

@description('Instances for webhooks that are kept running.')
param alwaysReadyHttp int

@description('Instances for the queue that are kept running.')
param alwaysReadyDeliver int

@description('Whether instances are spread over the zones of the region.')
param isZoneRedundant bool

@description('ARM id of the subnet that calls leave by; empty: none.')
param subnetId string

@description('App settings whose values lie in the vault, by the name of the secret.')
param vaultSettings object

@description('More app settings that are no secret.')
param plainSettings object

@description('RELAY_CONFIG.')
param configFile string

@description('RELAY_LOCALE.')
param locale string

@description('RELAY_TIME_ZONE.')
param timeZone string

@description('DRIFT_SCOPE.')
param driftScope string

@description('DRIFT_SCHEDULE.')
param driftSchedule string

@description('Tags of both.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

// FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION are deprecated on Flex Consumption: functionAppConfig has the runtime.
var hostSettings = {
  // Beside the addresses: with these alone the host can come up without its function keys and answer 401 to all.
  // https://github.com/Azure/azure-functions-host/issues/11787
  AzureWebJobsStorage__accountName: storage.name
  AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  // For what in the code asks for "the" identity: a user-assigned one has to be named.
  AZURE_CLIENT_ID: identity.properties.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
}

// Else they are in the container azure-webjobs-secrets of storage.
// https://learn.microsoft.com/azure/azure-functions/functions-app-settings#azurewebjobssecretstoragetype
var keySettings = hostKeysInVault
  ? {
      AzureWebJobsSecretStorageType: 'keyvault'
      AzureWebJobsSecretStorageKeyVaultUri: 'https://${vaultName}${environment().suffixes.keyvaultDns}'
      AzureWebJobsSecretStorageKeyVaultClientId: identity.properties.clientId
    }
  : {}

var relaySettings = {
  RELAY_CONFIG: configFile
  RELAY_LOCALE: locale
  RELAY_TIME_ZONE: timeZone
  DRIFT_SCOPE: driftScope
  DRIFT_SCHEDULE: driftSchedule
}

// Without a version in it, a reference follows a rotated secret within a day, or at once after a restart.
var references = toObject(
  items(vaultSettings),
  each => each.key,
  each => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${each.value})'
)

// Each group of functions has instances of its own: those of webhooks are no help to the queue.
var alwaysReady = concat(
  alwaysReadyHttp > 0 ? [{ name: 'http', instanceCount: alwaysReadyHttp }] : [],
  alwaysReadyDeliver > 0 ? [{ name: 'function:deliver', instanceCount: alwaysReadyDeliver }] : []
)

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: isZoneRedundant }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
  }
}

resource settings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    hostSettings,
    keySettings,
    toObject(filter(items(relaySettings), each => !empty(each.value)), each => each.key, each => each.value),
    references,
    plainSettings
  )
}

// Code is deployed with a token of Entra ID, not with a user name and a password.
resource uploads 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

@description('Its host name.')
output hostName string = app.properties.defaultHostName
