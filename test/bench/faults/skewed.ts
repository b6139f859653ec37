// Loaded before all else (`--import`), it puts the clock of a process off by SKEW_SECONDS.
const by = Number(process.env['SKEW_SECONDS']) * 1_000;
const { now } = Date;
const skewed = () => now() + by;

globalThis.Date = new Proxy(Date, {
  construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [skewed()] : given, self),
  get: (target, name) => (name === 'now' ? skewed : Reflect.get(target, name)),
});
