// Into a group that is there, with a file of receivers; the drift report of a management group by Reader, private storage.
using '../../infra/relay.bicep'

param name = 'Relaynine'
param receivers = 'file'
param configFile = 'relay.prod.yaml'
param driftScope = 'mg:platform'
param operatorPrincipalId = ''
param operatorPrincipalType = 'User'
param storageNetwork = 'private'
param vaultAudit = true
param hostKeysInVault = true
