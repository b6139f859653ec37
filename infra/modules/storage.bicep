// Storage of the relay and of the Functions host. Only identities may open it: there are no keys and no connection string.

@description('Name of the account: 3 to 24 small letters and digits.')
param name string

@description('Region of the account.')
param location string

@description('Copies of what is stored.')
param sku string

@description('Who reaches it over the network.')
@allowed(['public', 'subnet', 'private'])
param network string

@description('ARM id of the subnet that reaches it where only a subnet does.')
param subnetId string

@description('The container that the deployed code is read from.')
param packageContainer string

@description('Object id of the relay\'s identity.')
param principalId string

@description('Object id of who may look into it; empty: nobody is given that role.')
param operatorPrincipalId string

@description('What kind of principal that is.')
param operatorPrincipalType string

@description('Tags of the account.')
param tags object

// The names are those of STORAGE_NAMES in src/app/main.ts; a test holds the two together. The relay would make what is
// missing by itself, but then the first event waits for it.
var queueNames = ['deliveries']
var tableNames = ['deliveries']
var containerNames = ['rejected', 'drift']

// The host asks for Blob Data Owner: it keeps its leases and the function keys in containers of its own.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
var roles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

var readers = {
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  'Storage Queue Data Reader': '19e7f393-937e-4f77-808e-94535e297925'
  'Storage Table Data Reader': '76199698-9eea-4c19-bc75-cec21354c6b6'
}

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: network == 'private' ? 'Disabled' : 'Enabled'
    networkAcls: network == 'public'
      ? { defaultAction: 'Allow', bypass: 'AzureServices' }
      : {
          defaultAction: 'Deny'
          bypass: 'None'
          virtualNetworkRules: network == 'subnet' ? [{ id: subnetId, action: 'Allow' }] : []
        }
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for each in concat(containerNames, [packageContainer]): {
    parent: blobs
    name: each
    properties: { publicAccess: 'None' }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for each in queueNames: {
    parent: queueService
    name: each
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for each in tableNames: {
    parent: tableService
    name: each
  }
]

// The relay deletes rejected bodies after ten days. They may hold personal data, so they go even when it does not run.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-rejected'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['rejected/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 14 } } }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    name: guid(account.id, principalId, role.value)
    scope: account
    properties: {
      description: role.key
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource readings 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(readers): if (!empty(operatorPrincipalId)) {
    name: guid(account.id, operatorPrincipalId, role.value)
    scope: account
    properties: {
      description: role.key
      principalId: operatorPrincipalId
      principalType: operatorPrincipalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]
