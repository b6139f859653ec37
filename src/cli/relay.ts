import { enableCompileCache } from 'node:module';

// Before anything else is imported: stripping and compiling is most of what a command costs.
enableCompileCache();

const { begin } = await import('./begin.ts');
// biome-ignore lint/style/noProcessEnv: this is where the process begins; every command gets it passed in.
await begin(process.env);
