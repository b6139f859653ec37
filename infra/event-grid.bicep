// Optional: what Azure does to scale sets of this subscription, by Event Grid. Deployed after the code, because Event
// Grid calls the address once before the subscription is made, and the relay has to answer.

targetScope = 'resourceGroup'

@description('The output RELAY_EVENT_GRID_URL.')
param webhookUrl string

@description('A key of the function webhook, made for Event Grid alone. Event Grid keeps it and does not show it again.')
@secure()
param functionKey string

@description('Application id URI or client id of the Entra app, so that Event Grid sends a token as well; empty: it does not.')
param entraAudience string = ''

@description('Name of the topic. A subscription can have one topic of this kind.')
param topicName string = 'relay-subscription-events'

@description('Also writes that went well. Autoscale makes one each time it scales; the relay drops them unless it is told to include them.')
param includeWrites bool = false

@description('Tags of the topic.')
param tags object = {}

var kinds = [
  'Microsoft.Resources.ResourceWriteFailure'
  'Microsoft.Resources.ResourceWriteCancel'
  'Microsoft.Resources.ResourceDeleteSuccess'
  'Microsoft.Resources.ResourceDeleteFailure'
  'Microsoft.Resources.ResourceDeleteCancel'
  'Microsoft.Resources.ResourceActionSuccess'
  'Microsoft.Resources.ResourceActionFailure'
  'Microsoft.Resources.ResourceActionCancel'
]

// The token proves who calls; the key only opens the function.
var entra = empty(entraAudience)
  ? {}
  : {
      azureActiveDirectoryTenantId: tenant().tenantId
      azureActiveDirectoryApplicationIdOrUri: entraAudience
    }

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: topicName
  location: 'global'
  tags: tags
  properties: {
    source: subscription().id
    topicType: 'Microsoft.Resources.Subscriptions'
  }
}

resource delivery 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'relay'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    destination: {
      endpointType: 'WebHook'
      // In the address and not in a header, because the first call, which asks for consent, has no headers of ours.
      properties: union(entra, {
        endpointUrl: '${webhookUrl}?code=${functionKey}'
        minimumTlsVersionAllowed: '1.2'
      })
    }
    filter: {
      includedEventTypes: concat(kinds, includeWrites ? ['Microsoft.Resources.ResourceWriteSuccess'] : [])
      advancedFilters: [
        {
          operatorType: 'StringBeginsWith'
          key: 'data.operationName'
          values: ['Microsoft.Compute/virtualMachineScaleSets/']
        }
      ]
    }
    retryPolicy: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 }
  }
}
