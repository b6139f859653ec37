/** An operation of Azure Resource Manager: "Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action". */
export interface Operation {
  /** Lower case: "microsoft.compute/virtualmachinescalesets". */
  readonly type: string;
  readonly verb: 'write' | 'delete' | 'action';
  /** What it does, in its own words: "write", "delete", or the action without its last word. */
  readonly step: string;
}

/** Reads the name of an operation; the casing of its last words differs from page to page. */
export function operationOf(name: string): Operation | undefined {
  const parts = name.split('/').filter((part) => part !== '');
  const verb = parts.at(-1)?.toLowerCase();
  if (verb === 'action' && parts.length > 3) {
    const step = parts.at(-2) ?? verb;
    // "…/virtualMachineScaleSets/delete/action" deletes instances, "…/virtualMachineScaleSets/delete" the scale set.
    return { type: lower(parts.slice(0, -2)), verb, step: step.toLowerCase() === 'delete' ? `${step}/${verb}` : step };
  }
  return (verb === 'write' || verb === 'delete') && parts.length > 2
    ? { type: lower(parts.slice(0, -1)), verb, step: verb }
    : undefined;
}

const lower = (parts: readonly string[]): string => parts.join('/').toLowerCase();

/** The id of the resource of that type which an id names or is inside of; the id itself where it is none. */
export function idOfType(id: string, type: string): string {
  const [namespace = '', ...types] = type.split('/');
  const parts = id.split('/');
  const at = parts.findLastIndex(
    (part, index) => part.toLowerCase() === namespace && parts[index - 1]?.toLowerCase() === 'providers',
  );
  const fits = types.every((each, index) => parts[at + 1 + 2 * index]?.toLowerCase() === each);
  return at > 0 && fits ? parts.slice(0, at + 1 + 2 * types.length).join('/') : id;
}
