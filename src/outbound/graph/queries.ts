/**
 * What the drift report asks Resource Graph, as texts. Every query projects `id` and sorts by it, without which pages
 * are not stable: https://learn.microsoft.com/azure/governance/resource-graph/concepts/paging-results
 */

const INSTANCES = `computeresources
| where type =~ 'microsoft.compute/virtualmachinescalesets/virtualmachines'`;

// The id of an instance without its last two segments, in lower case.
const SET_OF_INSTANCE = `| extend id = tostring(split(tolower(id), '/virtualmachines/')[0])`;

/** Whether instances carry the property at all: that is documented nowhere. One row: rows, withModel. */
export const probeQuery = `${INSTANCES}
| summarize rows = count(), withModel = countif(isnotnull(properties.latestModelApplied))`;

/** Query A. Rows: id, drifted. */
export const candidatesQuery = `${INSTANCES}
| where tobool(properties.latestModelApplied) == false
${SET_OF_INSTANCE}
| summarize drifted = count() by id
| order by id asc`;

/** Query B. Rows: scale sets as Resource Manager gives them, where they are the same. */
export const modelsQuery = `resources
| where type =~ 'microsoft.compute/virtualmachinescalesets'
| project id, name, subscriptionId, location, tags, sku, managedBy, properties
| order by id asc`;

/** Query C. Rows: id of the set, tag, instances. */
export const flexQuery = `resources
| where type =~ 'microsoft.compute/virtualmachines'
| where isnotempty(properties.virtualMachineScaleSet.id)
| extend id = tolower(tostring(properties.virtualMachineScaleSet.id)), tag = tostring(tags['VirtualMachineProfileTimeCreated'])
| summarize instances = count() by id, tag
| order by id asc, tag asc`;

/** Rows: id of the set, version, instances. */
export const imagesQuery = `${INSTANCES}
| extend version = tostring(properties.storageProfile.imageReference.exactVersion)
| where isnotempty(version)
${SET_OF_INSTANCE}
| summarize instances = count() by id, version
| order by id asc, version asc`;

/** Rows: id, subscriptionId, name. */
export const subscriptionsQuery = `resourcecontainers
| where type =~ 'microsoft.resources/subscriptions'
| project id, subscriptionId, name
| order by id asc`;

/** Sets in one query D. The text of a query may not grow without end. */
export const MOST_IDS = 50;

/**
 * Query D, for at most MOST_IDS sets. Rows: id of the set, at, changedBy, changedByType, changes. Scaling changes a set
 * too, so only changes of the profile or the size are looked at.
 * https://learn.microsoft.com/azure/governance/resource-graph/changes/get-resource-changes
 */
export const changesQuery = (setIds: readonly string[]): string => `resourcechanges
| where properties.targetResourceType =~ 'microsoft.compute/virtualmachinescalesets'
| extend id = tolower(tostring(properties.targetResourceId))
| where id in (${setIds.map((id) => literal(id.toLowerCase())).join(', ')})
| where tostring(properties.changes) contains 'virtualMachineProfile' or tostring(properties.changes) contains 'sku.name'
| extend at = todatetime(properties.changeAttributes.timestamp), changedBy = tostring(properties.changeAttributes.changedBy), changedByType = tostring(properties.changeAttributes.changedByType), changes = properties.changes
| summarize arg_max(at, changedBy, changedByType, changes) by id
| order by id asc`;

const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
