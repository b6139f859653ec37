import { arrowsOf, circlesIn, codeFiles, importsOf, isRelative, targetOf, textOf } from './imports.ts';

// The code in figures: its rooms, how they lean on each other, and how long its files are.

/** A folder of `src`, or one that stands beside it. */
const roomOf = (file: string): string => file.split('/', file.startsWith('src/') ? 2 : 1).join('/');

const files = codeFiles();
const rooms = [...new Set(files.map(roomOf))];
const inner = files.flatMap(importsOf).filter((one) => isRelative(one) && files.includes(targetOf(one)));

/** How far up each stands: one above the highest that it imports. Whoever is in a circle is undefined. */
function floorsOf(
  names: readonly string[],
  arrows: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, number> {
  const floors = new Map<string, number>();
  let before = -1;
  while (floors.size > before) {
    before = floors.size;
    for (const name of names) {
      const below = [...(arrows.get(name) ?? [])].map((each) => floors.get(each));
      if (!floors.has(name) && below.every((floor) => floor !== undefined)) floors.set(name, Math.max(0, ...below) + 1);
    }
  }
  return floors;
}

/** The lines of files, ascending. */
const lengths = files.map((file) => textOf(file).trimEnd().split('\n').length).sort((one, other) => one - other);
const at = (share: number): number => lengths[Math.floor((lengths.length - 1) * share)] ?? 0;

const lines = files.flatMap((file) => textOf(file).trimEnd().split('\n'));
const isComment = (line: string): boolean => /^\s*(?:\/\/|\/\*|\*)/.test(line);
const comments = lines.filter(isComment).length;
const code = lines.filter((line) => line.trim() !== '' && !isComment(line)).length;

const arrows = arrowsOf(roomOf, inner);
const floors = floorsOf(rooms, arrows);
const circles = rooms.filter((room) => !floors.has(room));
const circlesOfFiles = circlesIn(
  files,
  arrowsOf((file) => file, inner),
);

const figures = {
  rooms: rooms.length,
  floors: Math.max(0, ...floors.values()),
  arrows: [...arrows.values()].reduce((sum, { size }) => sum + size, 0),
  'rooms in a circle': circles.length,
  'circles of files': circlesOfFiles.length,
  files: files.length,
  lines: lines.length,
  'lines of a file, median': at(0.5),
  'lines of a file, of 90 %': at(0.9),
  'lines of a file, most': at(1),
  'comments to 100 lines of code': Math.round((1000 * comments) / code) / 10,
};

if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else {
  const byFloor = [...floors].sort(([, one], [, other]) => other - one);
  for (const [room, floor] of byFloor)
    console.log(`${`${floor}`.padStart(2)}  ${room.padEnd(18)} ${[...(arrows.get(room) ?? [])].sort().join(' ')}`);
  for (const room of circles) console.log(` ?  ${room} is in a circle, or above one`);
  for (const circle of circlesOfFiles) console.log(` ?  a circle: ${circle.join(' ')}`);
  console.log('');
  for (const [name, figure] of Object.entries(figures)) console.log(`${`${figure}`.padStart(8)}  ${name}`);
}
