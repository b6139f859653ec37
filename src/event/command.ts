/** Put in by scripts/package.ts alone. */
declare const RELAY_PACKAGE: true | undefined;

/** Whether this is the npm package, and not a clone of the repository: what is typed to run it differs. */
export const isPackage: boolean = typeof RELAY_PACKAGE !== 'undefined';

interface Typed {
  /** What stands before a command of the command line. */
  readonly relay: string;
  /** Begins a local run. */
  readonly start: string;
  /** Begins a made-up Azure; its options come after `fakeAzureOptions`. */
  readonly fakeAzure: string;
  readonly fakeAzureOptions: string;
  /** Brings back what is missing of an installation. */
  readonly install: string;
  /** How one comes to a configuration file, after "or". */
  readonly sample: string;
}

const PACKAGE = 'npx autoscale-relay';

/** How people run each thing, in a clone and from the npm package. Every text that names a command has it from here. */
export const typedIn: Readonly<Record<'clone' | 'package', Typed>> = {
  clone: {
    relay: 'npm run relay --',
    start: 'npm start',
    fakeAzure: 'npm run fake-azure',
    fakeAzureOptions: 'npm run fake-azure --',
    install: 'npm ci',
    sample: 'copy relay.sample.yaml to relay.yaml',
  },
  package: {
    relay: PACKAGE,
    start: `${PACKAGE} start`,
    fakeAzure: `${PACKAGE} fake-azure`,
    fakeAzureOptions: `${PACKAGE} fake-azure`,
    install: `npm install ${PACKAGE.replace('npx ', '')}`,
    sample: 'write a relay.yaml',
  },
};

export const typedBy = (inPackage: boolean): Typed => typedIn[inPackage ? 'package' : 'clone'];

/** How people run this very code. */
export const typedHere: Typed = typedBy(isPackage);
