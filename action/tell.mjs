import { appendFileSync } from 'node:fs';
import { eventOf, InputError } from './event.mjs';
import { post } from './post.mjs';

// The action: it masks what is secret, posts one event, and says what became of it. Node alone, so that nothing is installed.

const { env } = process;

// A line that begins with `::`, or holds `##[` anywhere, is a command to the runner, and an answer may repeat a title
// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands).
/** @param {string} text */
const harmless = (text) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
    .replaceAll('##[', '## [')
    .slice(0, 1_000);

/** @param {string} text */
const escaped = (text) => harmless(text).replaceAll('%', '%25');

/** @param {string} name @param {string} value */
const output = (name, value) => {
  if (env['GITHUB_OUTPUT']) appendFileSync(env['GITHUB_OUTPUT'], `${name}=${harmless(value)}\n`);
};

/** Everything that must not be in the log, with what of it may appear by itself. */
function secrets() {
  const { RELAY_URL = '', RELAY_KEY = '', RELAY_TOKEN = '', RELAY_SECRET = '' } = env;
  const [, query = ''] = RELAY_URL.split('?');
  const inUrl = query === '' ? [] : [RELAY_URL, query, ...new URLSearchParams(query).values()];
  const all = [RELAY_KEY, RELAY_TOKEN, RELAY_SECRET, RELAY_SECRET.replace(/^whsec_/, ''), ...inUrl];
  const lines = all.flatMap((each) => [each, ...each.split('\n')]).map((each) => each.trim());
  // The mask of a letter or two would blot out half of the log.
  return [...new Set(lines)].filter((each) => each.length > 3);
}

for (const each of secrets()) {
  // The runner takes these lines as commands, and writes none of them.
  if (!each.includes('\n')) console.log(`::add-mask::${each.replaceAll('%', '%25').replaceAll('\r', '%0D')}`);
}

/** @returns {Promise<string | undefined>} what is wrong, if anything */
async function tell() {
  const event = eventOf(env);
  output('id', String(event.id));
  const { trouble, said } = await post(event, env);
  if (trouble === undefined) console.log(harmless(said));
  return trouble;
}

let trouble;
try {
  trouble = await tell();
} catch (error) {
  // The text of anything else may hold an address.
  trouble = error instanceof InputError ? error.message : 'This is a mistake in the action itself.';
}
output('accepted', String(trouble === undefined));
if (trouble !== undefined) {
  const fails = env['RELAY_FAIL']?.trim() === 'true';
  console.log(`::${fails ? 'error' : 'warning'} title=autoscale-relay::${escaped(trouble)}`);
  if (fails) process.exitCode = 1;
}
