using '../../infra/samples/autoscale.bicep'

param scaleSetId = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web'
param webhookUrl = 'https://func-relay-x.azurewebsites.net/api/webhooks/azure-autoscale'
param functionKey = 'made-up'
