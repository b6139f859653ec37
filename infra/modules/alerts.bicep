// Tells an operator, by e-mail and not through the relay, when the relay itself does not get on.

@description('End of the rules\' names.')
param name string

@description('Region of the rules.')
param location string

@description('Name of the Application Insights component.')
param componentName string

@description('Address that is told.')
param email string

@description('Tags of the rules.')
param tags object

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
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

// The report of each delivery is logged with its outcome. The second line is the host's: a message that made the relay
// throw a hundred times, which only broken storage does.
var deadLetters = '''
traces
| extend text = strcat(message, ' ', tostring(customDimensions))
| where text matches regex @'outcome\W+dead' or message has 'MaxDequeueCount'
'''

// Of webhooks, what is the relay's fault: 503 is settings or storage, any other 5xx a bug. 4xx is the sender's.
// Functions without an answer (deliver, the timers) have the result code 0.
var failures = '''
requests
| where toint(resultCode) >= 500 or (success == false and toint(resultCode) == 0)
'''

var rules = [
  {
    name: 'dead-letters'
    title: 'Autoscale relay: a message was given up'
    text: 'A receiver did not take a message, and nobody will try again unless it is replayed.'
    severity: 1
    query: deadLetters
  }
  {
    name: 'failures'
    title: 'Autoscale relay: it fails'
    text: 'Webhooks were answered 5xx, or a function threw. GET /api/health?deep=1 says why.'
    severity: 1
    query: failures
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
      severity: rule.severity
      enabled: true
      scopes: [component.id]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT15M'
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
