// A sample: an action group that tells the relay, and a rule that uses it. The autoscale webhook tells only that scaling
// began; this rule tells of results, failures and what was held back, from the activity log.

targetScope = 'resourceGroup'

@description('The output RELAY_MONITOR_URL.')
param webhookUrl string

@description('A key of the function webhook, made for Azure Monitor alone.')
@secure()
param functionKey string

@description('Object id of the Entra app, for a secure webhook that sends a token as well; empty: a plain webhook.')
param entraObjectId string = ''

@description('Application id URI of the Entra app.')
param entraAudience string = ''

@description('Tags of both.')
param tags object = {}

var entra = empty(entraObjectId)
  ? { useAadAuth: false }
  : { useAadAuth: true, objectId: entraObjectId, identifierUri: entraAudience, tenantId: tenant().tenantId }

resource relay 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-autoscale-relay'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'relay'
    enabled: true
    webhookReceivers: [
      union(entra, {
        name: 'relay'
        serviceUri: '${webhookUrl}?code=${functionKey}'
        useCommonAlertSchema: true
      })
    ]
  }
}

resource autoscaleResults 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: 'autoscale-results'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    description: 'Results, failures and held-back operations of autoscale, for the relay.'
    scopes: [subscription().id]
    condition: { allOf: [{ field: 'category', equals: 'Autoscale' }] }
    actions: { actionGroups: [{ actionGroupId: relay.id }] }
  }
}
