using '../../infra/event-grid.bicep'

param webhookUrl = 'https://func-relay-x.azurewebsites.net/api/webhooks/event-grid'
param functionKey = 'made-up'
param entraAudience = 'api://77777777-7777-7777-7777-777777777777'
param includeWrites = true
