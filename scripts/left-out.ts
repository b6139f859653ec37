/**
 * What stands in the bundle in place of packages that nothing of it needs on Azure: signing in by a browser or a command line,
 * lists of blobs in a form that nobody asks for, and colours, which only a tool for development brings. A deployed relay starts
 * no program and makes no code at run time.
 */
const leftOut = (): never => {
  throw new Error('this is left out of what is built: see scripts/left-out.ts');
};

// biome-ignore lint/style/noDefaultExport: what stands in for packages has what they have.
export default leftOut;
export const [exec, execFile, execFileSync, execSync, fork, spawn, spawnSync, tableFromIPC] = Array.from(
  { length: 8 },
  () => leftOut,
);
