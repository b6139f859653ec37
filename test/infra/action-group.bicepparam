using '../../infra/samples/action-group.bicep'

param webhookUrl = 'https://func-relay-x.azurewebsites.net/api/webhooks/azure-monitor'
param functionKey = 'made-up'
param entraObjectId = '88888888-8888-8888-8888-888888888888'
param entraAudience = 'api://77777777-7777-7777-7777-777777777777'
