// The receivers' URLs and the senders' secrets. They are put in by hand (az keyvault secret set), so that no
// template, parameter file, deployment history or pipeline ever holds one.

@description('Name of the vault: 3 to 24 letters, digits and hyphens.')
@maxLength(24)
param name string

@description('Region of the vault.')
param location string

@description('Log Analytics workspace that is told who read which secret; empty: nobody is.')
param auditWorkspaceName string

@description('Object id of the relay\'s identity.')
param principalId string

@description('Object id of who puts the secrets in; empty: nobody is given that role.')
param operatorPrincipalId string

@description('What kind of principal that is.')
param operatorPrincipalType string

@description('Whether the Functions host keeps its keys here, which it reads and writes as the relay\'s identity.')
param hostKeysInVault bool

@description('Tags of the vault.')
param tags object

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    // With purge protection a deleted vault holds its name for this long. Everything in it can be made anew.
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    // Otherwise whoever may deploy could read every secret through a template.
    enabledForTemplateDeployment: false
  }
}

resource reading 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, secretsUser)
  scope: vault
  properties: {
    description: 'Key Vault Secrets User'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

// The host makes its keys itself, and removes them: https://learn.microsoft.com/azure/azure-functions/function-keys-how-to
resource hostKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hostKeysInVault) {
  name: guid(vault.id, principalId, secretsOfficer)
  scope: vault
  properties: {
    description: 'Key Vault Secrets Officer'
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

resource writing 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(vault.id, operatorPrincipalId, secretsOfficer)
  scope: vault
  properties: {
    description: 'Key Vault Secrets Officer'
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = if (!empty(auditWorkspaceName)) {
  name: auditWorkspaceName
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(auditWorkspaceName)) {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspace.id
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}
