import * as z from 'zod';
import { type Answer, jsonAnswer, refusal } from './answer.ts';
import { setOf } from './compute-answers.ts';
import { decoded } from './query.ts';
import type { AzureRequest } from './request.ts';
import { setJson } from './set-json.ts';

const PATH =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/([^/]+)(?:\/(\w+))?$/i;

const named = z.object({ instanceIds: z.array(z.string()).min(1) });

// As Azure says it: https://github.com/microsoft/onefuzz/issues/2547
const notActive = (id: string) =>
  `The provided instanceId ${id} is not an active Virtual Machine Scale Set VM instanceId.`;

/** Changes a set as Azure would, for those who try what messages tell people to do. Undefined: nothing of it is known here. */
export function writeAnswer(request: AzureRequest, method: string): Answer | undefined {
  const [, s, g, n, action = ''] = (PATH.exec(request.path) ?? []).map((part) => decoded(part ?? '') ?? '');
  if (s === undefined || g === undefined || n === undefined) return undefined;
  const set = setOf({ fleet: request.fleet, params: { s, g, n } });
  if (set === undefined) return refusal(404, 'ResourceNotFound', `There is no scale set '${n}'.`);
  const body: unknown = request.body === '' ? undefined : JSON.parse(request.body);
  request.writes?.push({ method, path: decoded(request.path) ?? '', body });
  const { data } = named.safeParse(body);
  const unknown = data?.instanceIds.find((id) => id !== '*' && !set.state.instances.some((one) => one.id === id));
  if (unknown !== undefined) return refusal(400, 'InvalidParameter', notActive(unknown));
  switch (`${method} ${action}`.toLowerCase()) {
    case 'post manualupgrade':
      if (data === undefined) return refusal(400, 'InvalidParameter', "Required parameter 'instanceIds' is missing.");
      request.fleet.update(set, data.instanceIds.includes('*') ? undefined : data.instanceIds);
      return jsonAnswer('');
    // Without ids, all instances.
    case 'post reimage':
    case 'post reimageall':
      return jsonAnswer('');
    case 'post osrollingupgrade':
      request.fleet.startRollout(set);
      return jsonAnswer('');
    case 'post approverollingupgrade':
      if (data === undefined) return refusal(400, 'InvalidParameter', 'This would be all instances.');
      request.fleet.update(set, data.instanceIds);
      return jsonAnswer('');
    case 'post setorchestrationservicestate':
      request.fleet.setPolicy(set, { repairs: 'Running' });
      return jsonAnswer('');
    case 'patch ':
      if (set.state.mode === 'Rolling') request.fleet.startRollout(set);
      return jsonAnswer(setJson(set, set.state, false));
    default:
      return undefined;
  }
}
