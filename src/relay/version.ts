import manifest from '../../package.json' with { type: 'json' };

/** Put in by scripts/build.ts. */
declare const RELAY_BUILD: string | undefined;

/** Which release this is; of what was built from a clone also the commit, such as `0.1.0+50c08be`. */
export const VERSION: string = typeof RELAY_BUILD === 'string' ? RELAY_BUILD : manifest.version;
