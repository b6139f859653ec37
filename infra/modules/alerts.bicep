// Tells an operator, by e-mail and not through the relay, when the relay itself does not get on.

@description('End of the rules\' names.')
param name string

@description('Region of the rules.')
param location string

@description('Name of the Application Insights component.')
param componentName string

@description('Name of its Log Analytics workspace.')
param workspaceName string

@description('Address that is told.')
param email string

@description('Tags of the rules.')
param tags object

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'relay'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// Logs come late, by minutes at times: each rule looks back further than to its last look. That tells nobody twice,
// because a rule that fires keeps quiet until it is resolved.
var rules = [
  {
    name: 'dead-letters'
    title: 'Autoscale relay: a message was given up'
    text: 'A receiver did not take a message, and nobody will try again unless it is replayed.'
    query: loadTextContent('../alerts/dead-letters.kql')
    scope: component.id
    every: 'PT15M'
    over: 'PT30M'
  }
  {
    name: 'failures'
    title: 'Autoscale relay: it fails'
    text: 'Webhooks were answered 5xx, or a function threw. GET /api/health?deep=1 says why.'
    query: loadTextContent('../alerts/failures.kql')
    scope: component.id
    every: 'PT15M'
    over: 'PT30M'
  }
  {
    name: 'silence'
    title: 'Autoscale relay: its timers or its queue stand still'
    text: 'The hourly watch has not run for three hours (no drift report, no drill, no notices), or found a message that nobody takes. docs/operations.md, "The timers stand still".'
    query: loadTextContent('../alerts/silence.kql')
    scope: component.id
    every: 'PT1H'
    over: 'P1D'
  }
  {
    name: 'logs'
    title: 'Autoscale relay: no more logs today'
    text: 'The daily amount of logs is used up; the other rules see nothing until it begins anew.'
    query: loadTextContent('../alerts/logs.kql')
    scope: workspace.id
    every: 'PT1H'
    over: 'PT2H'
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.text
      severity: 1
      enabled: true
      scopes: [rule.scope]
      evaluationFrequency: rule.every
      windowSize: rule.over
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [operators.id] }
    }
  }
]
