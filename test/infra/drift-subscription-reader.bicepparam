// The role that Azure Lighthouse can delegate.
using '../../infra/modules/drift-role.bicep'

param principalId = '66666666-6666-6666-6666-666666666666'
param role = 'Reader'
