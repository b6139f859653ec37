using '../../infra/event-grid.bicep'

param webhookUrl = 'https://func-relay-x.azurewebsites.net/api/webhooks/event-grid'
param functionKey = 'made-up'
