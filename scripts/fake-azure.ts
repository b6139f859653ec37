import { fakeAzure } from '../dev/fake-azure-run.ts';

// To try the drift report by hand.
await fakeAzure(process.argv.slice(2));
