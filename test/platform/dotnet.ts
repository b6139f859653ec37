import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, run } from './command.ts';
import { Missing } from './part.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Packages and what is built of them; not in git. */
export const FOLDER = process.env['PLATFORM_FOLDER'] ?? join(ROOT, '.platform');

const env = () => ({ ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' });

/** Rejects with `Missing` where there is no .NET, or where its packages do not come. */
async function dotnet(args: readonly string[], cwd: string): Promise<Ended> {
  const ended = await run('dotnet', args, { cwd, env: env(), minutes: 4 }).catch((error: Error) => {
    throw new Missing(error.message.startsWith('there is no') ? 'there is no .NET (dotnet) here' : error.message);
  });
  // Not the fault of what is checked: no registry, or none that has the package.
  const [, reason] = /error (NU\d+:[^\n[]*)/.exec(ended.text) ?? [];
  if (reason !== undefined) throw new Missing(`the packages of NuGet did not come (${reason.trim()})`);
  return ended;
}

// Without references of its own, for else the whole framework is fetched beside the one package.
const project = (id: string, version: string) => `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
    <RestorePackagesPath>${join(FOLDER, 'packages')}</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup><PackageDownload Include="${id}" Version="[${version}]" /></ItemGroup>
</Project>
`;

/** The folder of one package of NuGet, as it is published. */
export async function packageFolder(id: string, version: string): Promise<string> {
  const folder = join(FOLDER, 'packages', id.toLowerCase(), version);
  if (existsSync(folder)) return folder;
  const place = join(FOLDER, 'restore', id);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.csproj'), project(id, version));
  const { code, text } = await dotnet(['restore', 'package.csproj'], place);
  if (code !== 0 || !existsSync(folder)) throw new Missing(`dotnet restore failed: ${text.trim().slice(-300)}`);
  return folder;
}

/** The program of a project in this repository, built where nothing of it changed since. */
export async function builtProgram(name: string, project: string): Promise<string> {
  const program = join(FOLDER, 'built', name, 'bin', name, 'debug', `${name}.dll`);
  if (await isNewer(program, dirname(project))) return program;
  const places = [
    '--artifacts-path',
    join(FOLDER, 'built', name),
    `-p:RestorePackagesPath=${join(FOLDER, 'packages')}`,
  ];
  const { code, text } = await dotnet(['build', project, '-v', 'q', ...places], dirname(project));
  if (code !== 0) throw new Error(`dotnet build failed: ${text.trim().slice(-2_000)}`);
  return program;
}

async function isNewer(program: string, sources: string): Promise<boolean> {
  if (!existsSync(program)) return false;
  const { mtimeMs } = await stat(program);
  const names = (await readdir(sources)).filter((each) => /\.cs(?:proj)?$/.test(each));
  const times = await Promise.all(names.map(async (each) => (await stat(join(sources, each))).mtimeMs));
  return times.every((each) => each < mtimeMs);
}
