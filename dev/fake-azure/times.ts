export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** As Compute writes times: seven digits and an offset. */
export const armTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/Z$/, '1234+00:00');

/** As the tag VirtualMachineProfileTimeCreated has it: en-US, whole seconds. `4/3/2025 7:34:39 PM +00:00` */
export function tagTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  const two = (number: number) => String(number).padStart(2, '0');
  const hours = time.getUTCHours();
  const day = `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()}`;
  const clock = `${hours % 12 || 12}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  return `${day} ${clock} ${hours < 12 ? 'AM' : 'PM'} +00:00`;
}
