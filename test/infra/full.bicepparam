// Everything that main.bicep can be asked for; the list of subscriptions as people paste it.
using '../../infra/main.bicep'

param environmentName = 'prod'
param location = 'koreacentral'
param nodeVersion = '24'
param receivers = 'slack-and-teams'
param vaultSettings = { GITHUB_WEBHOOK_SECRET: 'github-webhook-secret' }
param plainSettings = { TENANT_ID: '44444444-4444-4444-4444-444444444444' }
param locale = 'ko'
param timeZone = 'Asia/Seoul'
param alertEmail = 'ops@example.com'
param driftSubscriptions = 'sub:2222aaaa-2222-2222-2222-222222222222, 3333bbbb-3333-3333-3333-333333333333,, 2222AAAA-2222-2222-2222-222222222222, '
param operatorPrincipalId = '55555555-5555-5555-5555-555555555555'
param operatorPrincipalType = 'Group'
param alwaysReadyHttp = 2
param alwaysReadyDeliver = 1
param subnetId = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/relay'
param storageNetwork = 'subnet'
param storageSku = 'Standard_ZRS'
param tags = { owner: 'sre' }
