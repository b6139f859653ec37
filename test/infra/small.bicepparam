// What main.bicep makes of the two parameters that it asks for.
using '../../infra/main.bicep'

param environmentName = 'an-installation-with-a-name-as-long-as-azd-lets-one-be-64-signs0'
param location = 'northeurope'
