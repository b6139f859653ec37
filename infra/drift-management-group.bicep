// Lets the drift report read the scale sets below a management group. Whoever owns that group deploys this:
// az deployment mg create. A custom role can have one management group.

targetScope = 'managementGroup'

@description('Object id of the relay\'s identity: the output RELAY_PRINCIPAL_ID.')
param principalId string

@description('The smallest role that the drift report can do with, or the built-in Reader.')
@allowed(['custom', 'Reader'])
param role string = 'custom'

// Azure gives the actions about groups at a management group only.
var actions = concat(loadJsonContent('drift-actions.json'), loadJsonContent('drift-actions-management-group.json'))

var reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (role == 'custom') {
  name: guid(managementGroup().id, 'autoscale-relay-drift')
  properties: {
    roleName: 'Autoscale relay drift report (${managementGroup().name})'
    description: 'Reads scale sets, their instances, their upgrades, image versions and autoscale settings. Nothing else, and no writes.'
    type: 'CustomRole'
    assignableScopes: [managementGroup().id]
    permissions: [{ actions: actions, notActions: [], dataActions: [], notDataActions: [] }]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(managementGroup().id, principalId, role)
  properties: {
    description: 'Drift report of the autoscale relay'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role == 'custom'
      ? definition.id
      : tenantResourceId('Microsoft.Authorization/roleDefinitions', reader)
  }
}
