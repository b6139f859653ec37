import { fileURLToPath } from 'node:url';
import { run } from './command.ts';
import { Missing, type Part } from './part.ts';

const COMPARE = fileURLToPath(new URL('ncrontab/compare.ts', import.meta.url));
const COUNT = '2000';

export const ncrontabPart: Part = {
  name: 'NCrontab',
  version: '3.4.0',
  from: '.NET',
  checks: 'the reader of schedules, over generated expressions',
  run: async () => {
    await run('dotnet', ['--version']).catch(() => {
      throw new Missing('there is no .NET (dotnet) here');
    });
    const { code, text } = await run(process.execPath, [COMPARE, COUNT]);
    if (/error NU\d+/.test(text)) throw new Missing('the packages of NuGet did not come');
    if (code !== 0) throw new Error(text.trim());
    return text.trim().split('\n').at(-1) ?? '';
  },
};
