import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bicep } from './compiler.ts';
import { inTemporary } from './files.ts';

const STORAGE = "resource s 'Microsoft.Storage/storageAccounts@2025-01-01'";

/** By rule, a file that breaks it. A rule that is misspelt in bicepconfig.json is ignored without a word: this is heard. */
const BAD: Readonly<Record<string, string>> = {
  'explicit-values-for-loc-params': "module m 'located.bicep' = {\n  name: 'm'\n}\n",
  'no-hardcoded-env-urls': "output a string = 'https://management.azure.com/x'\n",
  'no-hardcoded-location': `${STORAGE} = {\n  name: 'x'\n  location: 'westus'\n  kind: 'StorageV2'\n  sku: { name: 'Standard_LRS' }\n}\n`,
  'no-loc-expr-outside-params': `${STORAGE} = {\n  name: 'x'\n  location: resourceGroup().location\n  kind: 'StorageV2'\n  sku: { name: 'Standard_LRS' }\n}\n`,
  'no-unused-params': "@description('x')\nparam a string\n",
  'no-unused-vars': "var a = 'x'\n",
  'outputs-should-not-contain-secrets': `@secure()\nparam a string\noutput b string = 'x\${a}'\n`,
  'secure-parameter-default': "@secure()\nparam a string = 'x'\noutput b int = length(a)\n",
  'secure-params-in-nested-deploy':
    "@secure()\nparam a string\nresource d 'Microsoft.Resources/deployments@2024-11-01' = {\n  name: 'd'\n  properties: {\n    mode: 'Incremental'\n    template: { resources: [{ name: a, type: 'x/y' }] }\n  }\n}\n",
  'secure-secrets-in-params': 'param password string\noutput a int = length(password)\n',
  'use-description-outputs': "output a string = 'x'\n",
  'use-description-params': 'param a string\noutput b string = a\n',
  'use-resource-id-functions':
    "resource p 'Microsoft.Web/sites@2024-11-01' = {\n  name: 'x'\n  location: 'global'\n  properties: { serverFarmId: concat('/x/', 'y') }\n}\n",
  'what-if-short-circuiting': `${STORAGE} existing = {\n  name: 'x'\n}\nmodule m 'named.bicep' = {\n  name: 'm'\n  params: { name: s.properties.primaryEndpoints.blob }\n}\n`,
};

const MODULES = {
  'located.bicep': 'param location string = resourceGroup().location\noutput a string = location\n',
  'named.bicep': `param name string\n${STORAGE} existing = {\n  name: name\n}\noutput a string = s.id\n`,
};

const CONFIG = 'infra/bicepconfig.json';

/** The rules of bicepconfig.json that do not do what they are there for. */
export async function ruleProblems(bicep: Bicep): Promise<readonly string[]> {
  const { analyzers } = JSON.parse(await readFile(CONFIG, 'utf8')) as {
    readonly analyzers: { readonly core: { readonly rules: Readonly<Record<string, unknown>> } };
  };
  const rules = Object.keys(analyzers.core.rules);
  const text = await inTemporary(async (folder) => {
    await cp(CONFIG, join(folder, 'bicepconfig.json'));
    for (const [name, content] of Object.entries(MODULES)) await writeFile(join(folder, name), content);
    for (const [name, content] of Object.entries(BAD)) await writeFile(join(folder, `bad-${name}.bicep`), content);
    return (await bicep(['build', '--pattern', 'bad-*.bicep', '--outdir', 'out'], folder)).text;
  });
  const isHeard = (rule: string) => new RegExp(`bad-${rule}\\.bicep\\S* : Error ${rule}:`).test(text);
  return [
    ...rules.filter((rule) => BAD[rule] === undefined).map((rule) => `${CONFIG}: nothing shows that ${rule} is a rule`),
    ...Object.keys(BAD)
      .filter((rule) => !rules.includes(rule))
      .map((rule) => `${CONFIG} does not ask for ${rule}`),
    ...rules.filter((rule) => BAD[rule] !== undefined && !isHeard(rule)).map((rule) => `${rule} is not heard`),
  ];
}
