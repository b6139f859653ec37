// The whole relay in a resource group of its own: for `azd up` and `az deployment sub create`.
// Whoever may not deploy to a subscription deploys relay.bicep into a group that is there already.
// The drift report's custom role needs Owner or User Access Administrator on each subscription in the list.

targetScope = 'subscription'

@description('Name of this installation, such as prod. The resource group is called after it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of everything: those that Flex Consumption was in, as Microsoft\'s quickstart lists them. For a newer one deploy relay.bicep, which takes any.')
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'eastus2euap'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Resource group to make or to use; empty: rg- and the name of the installation.')
param resourceGroupName string = ''

@description('Node.js on the function app.')
@allowed(['24', '22'])
param nodeVersion string = '24'

@description('Which of the two settings name a receiver; file: the receivers are in relay.yaml, which is deployed with the code.')
@allowed(['slack', 'teams', 'slack-and-teams', 'file'])
param receivers string = 'slack'

@description('More app settings whose values lie in the vault, as { SETTING: \'name-of-the-secret\' }: what relay.yaml names as a variable.')
param vaultSettings object = {}

@description('More app settings that are no secret, as { SETTING: \'value\' }.')
param plainSettings object = {}

@description('RELAY_LOCALE: language of the messages.')
param locale string = 'en'

@description('RELAY_TIME_ZONE: IANA time zone of the written time in messages.')
param timeZone string = 'UTC'

@description('Address that is told of dead letters and failures; empty: no alert rules are made, and none are paid for.')
param alertEmail string = ''

@description('Subscriptions, by id and with commas between, whose scale sets the drift report reads; empty: none. Their roles are assigned here.')
param driftSubscriptions string = ''

@description('DRIFT_SCOPE as it is, for a scope whose role somebody else assigns, such as mg:platform; wins over the list of subscriptions.')
param driftScope string = ''

@description('The smallest role that the drift report can do with, or the built-in Reader, which Lighthouse delegations need.')
@allowed(['custom', 'Reader'])
param driftRole string = 'custom'

@description('Object id of who puts the secrets into the vault and may look into storage: whoever deploys. Empty: nobody is given these roles.')
param operatorPrincipalId string = deployer().objectId

@description('What kind of principal that is. Only people have a name to sign in with.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = empty(deployer().?userPrincipalName ?? '') ? 'ServicePrincipal' : 'User'

@description('Instances for webhooks that are kept running: 0, or 2 and more.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('Instances for the queue that are kept running.')
@minValue(0)
param alwaysReadyDeliver int = 0

@description('ARM id of a subnet of yours for the calls of the app, delegated to Microsoft.App/environments; empty: no virtual network.')
param subnetId string = ''

@description('Who reaches storage over the network: everybody who has a role, only the subnet, or only private endpoints, which are yours.')
@allowed(['public', 'subnet', 'private'])
param storageNetwork string = 'public'

@description('Whether the Functions host keeps its keys in the vault, out of storage. A relay that changes it gets new keys, and every sender a new address.')
param hostKeysInVault bool = false

@description('Copies of what is stored: in one place, or in three zones of the region. With three zones the app runs in several as well.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Tags of every resource.')
param tags object = {}

var allTags = union(tags, { 'azd-env-name': environmentName })
// People paste lists with blanks, a comma too many, an id twice. An empty id would be the relay's own subscription.
var listed = filter(split(replace(toLower(replace(driftSubscriptions, ' ', '')), 'sub:', ''), ','), id => !empty(id))
var subscriptionIds = union(listed, listed)
var subscriptionScope = empty(subscriptionIds) ? '' : 'sub:${join(subscriptionIds, ',')}'

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  location: location
  tags: allTags
}

module relay 'relay.bicep' = {
  name: 'relay'
  scope: group
  params: {
    location: location
    nodeVersion: nodeVersion
    receivers: receivers
    vaultSettings: vaultSettings
    plainSettings: plainSettings
    locale: locale
    timeZone: timeZone
    alertEmail: alertEmail
    driftScope: empty(driftScope) ? subscriptionScope : driftScope
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyDeliver: alwaysReadyDeliver
    subnetId: subnetId
    storageNetwork: storageNetwork
    storageSku: storageSku
    hostKeysInVault: hostKeysInVault
    tags: allTags
  }
}

module driftRoles 'modules/drift-role.bicep' = [
  for id in subscriptionIds: {
    name: 'relay-drift-role-${uniqueString(environmentName, id)}'
    scope: subscription(id)
    params: {
      #disable-next-line what-if-short-circuiting // Names of role assignments are made of it: see relay.bicep.
      principalId: relay.outputs.principalId
      role: driftRole
    }
  }
]

@description('Resource group of the relay.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output SERVICE_API_NAME string = relay.outputs.appName

@description('Object id of the relay\'s identity: for roles that are assigned elsewhere.')
output RELAY_PRINCIPAL_ID string = relay.outputs.principalId

@description('The vault that the secrets are put into.')
output RELAY_VAULT_NAME string = relay.outputs.vaultName

@description('Storage account of the queue, the ledger and the rejected bodies.')
output RELAY_STORAGE_NAME string = relay.outputs.storageName

@description('Where senders post, without a key.')
output RELAY_WEBHOOK_URL string = relay.outputs.webhookUrl

@description('Where autoscale settings post, without a key.')
output RELAY_AUTOSCALE_URL string = '${relay.outputs.webhookUrl}/azure-autoscale'

@description('Where action groups post, without a key.')
output RELAY_MONITOR_URL string = '${relay.outputs.webhookUrl}/azure-monitor'

@description('Where Event Grid posts, without a key.')
output RELAY_EVENT_GRID_URL string = '${relay.outputs.webhookUrl}/event-grid'
