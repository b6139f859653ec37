import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, run } from './command.ts';
import { Missing } from './part.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Packages and what is built of them; not in git. */
const FOLDER = process.env['PLATFORM_FOLDER'] ?? join(ROOT, '.platform');

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
