import { autoscaleBody } from '../body.ts';

/** A scale set's step from one number of instances to another. */
export interface Step {
  readonly set: string;
  readonly from: number;
  readonly to: number;
}

let count = 0;

/** The step as Azure autoscale tells it now; every call is an occurrence of its own, in the order of the calls. */
export function scaleBody({ set, from, to }: Step, now = Date.now()) {
  const whole = autoscaleBody(0);
  const id = whole.context.resourceId.replace('shop-web', set);
  // Azure writes seven digits of a second: three are the clock's, four tell the calls apart.
  const digits = String(count++ % 10_000).padStart(4, '0');
  return {
    ...whole,
    operation: to >= from ? 'Scale Out' : 'Scale In',
    context: {
      ...whole.context,
      timestamp: new Date(now).toISOString().replace('Z', `${digits}Z`),
      resourceName: set,
      resourceId: id,
      oldCapacity: `${from}`,
      newCapacity: `${to}`,
    },
  };
}
