const DOTTED = /^\d+(?:\.\d+)*$/;

/** Whether a version is dotted numbers, which have an order. */
export const isDotted = (version: string): boolean => DOTTED.test(version);

/**
 * Compares dotted numbers as numbers: 1.0.10 is newer than 1.0.9. A part can have more digits than a number holds,
 * and a missing part is 0.
 */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one.split('.'), other.split('.')];
  for (let part = 0; part < Math.max(left.length, right.length); part += 1) {
    const order = compareDigits(left[part] ?? '0', right[part] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

function compareDigits(one: string, other: string): number {
  const [left, right] = [one.replace(/^0+(?=.)/, ''), other.replace(/^0+(?=.)/, '')];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}
