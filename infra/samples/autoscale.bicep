// A sample: an autoscale setting of a scale set that tells the relay.

targetScope = 'resourceGroup'

@description('ARM id of the scale set.')
param scaleSetId string

@description('Region of the scale set.')
param location string = resourceGroup().location

@description('The output RELAY_AUTOSCALE_URL.')
param webhookUrl string

@description('A key of the function webhook, made for autoscale alone: whoever may read the setting can read the address with the key.')
@secure()
param functionKey string

@description('Becomes the environment of the events, which routes can ask for.')
param environment string = 'prod'

@description('Fewest instances.')
param minimum int = 2

@description('Most instances.')
param maximum int = 10

var steps = [
  { direction: 'Increase', operator: 'GreaterThan', threshold: 75 }
  { direction: 'Decrease', operator: 'LessThan', threshold: 25 }
]

resource autoscale 'Microsoft.Insights/autoscalesettings@2022-10-01' = {
  name: '${last(split(scaleSetId, '/'))}-scale'
  location: location
  properties: {
    enabled: true
    targetResourceUri: scaleSetId
    profiles: [
      {
        name: 'by processor'
        capacity: { minimum: '${minimum}', maximum: '${maximum}', default: '${minimum}' }
        rules: [
          for step in steps: {
            metricTrigger: {
              metricName: 'Percentage CPU'
              metricResourceUri: scaleSetId
              timeGrain: 'PT1M'
              timeWindow: 'PT5M'
              statistic: 'Average'
              timeAggregation: 'Average'
              operator: step.operator
              threshold: step.threshold
            }
            scaleAction: { direction: step.direction, type: 'ChangeCount', value: '1', cooldown: 'PT5M' }
          }
        ]
      }
    ]
    notifications: [
      {
        operation: 'Scale'
        webhooks: [
          {
            serviceUri: '${webhookUrl}?code=${functionKey}'
            properties: { environment: environment }
          }
        ]
      }
    ]
  }
}
