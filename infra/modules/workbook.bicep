// The five questions that an operator asks, as a page of the portal. The queries are those of docs/telemetry.md.

@description('Name of the Application Insights component that is asked.')
param componentName string

@description('Region of the workbook.')
param location string

@description('Tags of the workbook.')
param tags object

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

var questions = [
  { name: 'delivered', title: 'Is everything delivered?', query: loadTextContent('../queries/delivered.kql') }
  { name: 'dead', title: 'What is dead, and why?', query: loadTextContent('../queries/dead.kql') }
  { name: 'late', title: 'How late are messages? (seconds)', query: loadTextContent('../queries/late.kql') }
  {
    name: 'receivers'
    title: 'Which receiver is slow or broken? (milliseconds)'
    query: loadTextContent('../queries/receivers.kql')
  }
  { name: 'unrouted', title: 'What was accepted but not routed?', query: loadTextContent('../queries/unrouted.kql') }
]

// The form of a workbook: https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json
var time = {
  type: 9
  name: 'time'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.insights/components'
    parameters: [
      {
        id: guid(component.id, 'time')
        version: 'KqlParameterItem/1.0'
        name: 'Time'
        type: 4
        isRequired: true
        value: { durationMs: 86400000 }
        typeSettings: {
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
            { durationMs: 2592000000 }
          ]
        }
      }
    ]
  }
}

var answers = [
  for question in questions: {
    type: 3
    name: question.name
    content: {
      version: 'KqlItem/1.0'
      title: question.title
      query: question.query
      size: 0
      timeContext: { durationMs: 0 }
      timeContextFromParameter: 'Time'
      queryType: 0
      resourceType: 'microsoft.insights/components'
      visualization: 'table'
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(component.id, 'autoscale-relay')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Autoscale relay'
    category: 'workbook'
    sourceId: component.id
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([time], answers)
      fallbackResourceIds: [component.id]
    })
  }
}
