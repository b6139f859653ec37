import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Template {
  readonly parameters?: Readonly<Record<string, { readonly type: string; readonly defaultValue?: unknown }>>;
}

/** What is given to a template and not taken by it, and what it needs and is not given. */
function mismatch(given: readonly string[], { parameters = {} }: Template): readonly string[] {
  const missing = Object.entries(parameters).filter(
    ([name, { defaultValue }]) => defaultValue === undefined && !given.includes(name),
  );
  return [
    ...given.filter((name) => parameters[name] === undefined).map((name) => `it has no parameter ${name}`),
    ...missing.map(([name]) => `it needs the parameter ${name}`),
  ];
}

/** Where commands of the page and the parameters for azd do not fit the templates, compiled into `out`. */
export async function pageProblems(out: string): Promise<readonly string[]> {
  const page = (await readFile('infra/README.md', 'utf8')).replaceAll('\\\n', ' ');
  const azd = JSON.parse(await readFile('infra/main.parameters.json', 'utf8')) as { readonly parameters: object };
  const commands = [...page.matchAll(/az deployment \w+ create .*-f infra\/(\S+)\.bicep.*/g)].map(
    ([command, name = '']) => ({
      by: `infra/README.md, ${name}.bicep`,
      name,
      given: [...command.matchAll(/ (\w+)=/g)].map(([, each = '']) => each),
    }),
  );
  if (commands.length < 5) return ['infra/README.md: the commands were not found'];
  const uses = [...commands, { by: 'infra/main.parameters.json', name: 'main', given: Object.keys(azd.parameters) }];
  const problems: string[] = [];
  for (const { by, name, given } of uses) {
    const template = JSON.parse(await readFile(join(out, `${name}.json`), 'utf8')) as Template;
    problems.push(...mismatch(given, template).map((problem) => `${by}: ${problem}`));
  }
  return problems;
}
