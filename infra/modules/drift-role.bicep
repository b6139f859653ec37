// Lets the drift report read the scale sets of one subscription. It never writes, so neither does the role.

targetScope = 'subscription'

@description('Object id of the relay\'s identity.')
param principalId string

@description('The smallest role that the drift report can do with, or the built-in Reader.')
@allowed(['custom', 'Reader'])
param role string = 'custom'

var reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (role == 'custom') {
  name: guid(subscription().id, 'autoscale-relay-drift')
  properties: {
    // Names of roles are unique in the tenant.
    roleName: 'Autoscale relay drift report (${subscription().subscriptionId})'
    description: 'Reads scale sets, their instances, their upgrades, image versions and autoscale settings. Nothing else, and no writes.'
    type: 'CustomRole'
    assignableScopes: [subscription().id]
    permissions: [
      { actions: loadJsonContent('../drift-actions.json'), notActions: [], dataActions: [], notDataActions: [] }
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, role)
  properties: {
    description: 'Drift report of the autoscale relay'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role == 'custom'
      ? definition.id
      : subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)
  }
}
