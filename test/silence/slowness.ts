const LOOK_MILLISECONDS = 500;
const BURN_MILLISECONDS = 5;
const KEPT = 120;

const looks: { readonly at: number; readonly factor: number }[] = [];

/** How much longer than the processor needs for it a little work takes: 1 where nobody else wants the processor. */
function look(): void {
  const began = performance.now();
  const before = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  while (spent() < BURN_MILLISECONDS);
  const at = performance.now();
  looks.push({ at, factor: (at - began) / BURN_MILLISECONDS });
  if (looks.length > KEPT) looks.shift();
}

setInterval(look, LOOK_MILLISECONDS).unref();

/** How slow this machine has been since then, as a factor of at least 1. */
export function slownessSince(at: number): number {
  const since = looks.filter((each) => each.at >= at);
  const sum = since.reduce((total, { factor }) => total + factor, 0);
  return since.length === 0 ? 1 : Math.max(1, sum / since.length);
}
