/** What a line asks of Resource Manager, as the Azure command line would send it. */
export interface AzRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Decoded, from /subscriptions on. */
  readonly path: string;
  readonly body?: unknown;
  /** Whose instances are touched, where some are named. */
  readonly ids?: readonly string[];
}

/** The words of a POSIX shell's line (XCU 2.2); throws where the shell would do anything but start one command. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] ?? '';
    if (letter === ' ') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === "'") {
      const end = line.indexOf("'", at + 1);
      if (end < 0) throw new Error(`an open quote: ${line}`);
      word = (word ?? '') + line.slice(at + 1, end);
      at = end;
    } else if (letter === '\\') {
      at += 1;
      word = (word ?? '') + (line[at] ?? '');
    } else if (/["$`|&;<>()*?[\]#~!{}\n\t]/.test(letter) || (letter === '=' && word === undefined)) {
      throw new Error(`a shell looks into ${letter}: ${line}`);
    } else word = (word ?? '') + letter;
  }
  return word === undefined ? words : [...words, word];
}

type Options = ReadonlyMap<string, readonly string[]>;

interface Known {
  readonly needs: readonly string[];
  readonly may?: readonly string[];
  readonly sends: (options: Options) => AzRequest;
}

const one = (options: Options, name: string): string => {
  const [value, ...more] = options.get(name) ?? [];
  if (value === undefined || value === '' || more.length > 0) throw new Error(`${name} takes one value`);
  return value;
};

const PROVIDER = 'providers/Microsoft.Compute';
const groupOf = (options: Options): string =>
  `/subscriptions/${one(options, '--subscription')}/resourceGroups/${one(options, '-g')}/${PROVIDER}`;
const setOf = (options: Options): string => `${groupOf(options)}/virtualMachineScaleSets/${one(options, '-n')}`;

const SET = ['--subscription', '-g', '-n'];

/** https://learn.microsoft.com/cli/azure/vmss, as far as messages name it. Whatever is not here, is refused. */
const COMMANDS: Readonly<Record<string, Known>> = {
  'vmss update-instances': {
    needs: [...SET, '--instance-ids'],
    sends(options) {
      const ids = options.get('--instance-ids') ?? [];
      if (ids.length === 0 || ids.includes('*')) throw new Error('update-instances names instances');
      return { method: 'POST', path: `${setOf(options)}/manualupgrade`, body: { instanceIds: ids }, ids };
    },
  },
  'vmss list-instances': {
    needs: [...SET, '--query', '-o'],
    may: ['--filter'],
    sends: (options) => ({ method: 'GET', path: `${setOf(options)}/virtualMachines` }),
  },
  'vmss rolling-upgrade get-latest': {
    needs: SET,
    sends: (options) => ({ method: 'GET', path: `${setOf(options)}/rollingUpgrades/latest` }),
  },
  'vmss rolling-upgrade start': {
    needs: SET,
    sends: (options) => ({ method: 'POST', path: `${setOf(options)}/osRollingUpgrade` }),
  },
  'vmss get-instance-view': {
    needs: SET,
    sends: (options) => ({ method: 'GET', path: `${setOf(options)}/instanceView` }),
  },
  'vmss set-orchestration-service-state': {
    needs: [...SET, '--service-name', '--action'],
    sends: (options) => ({
      method: 'POST',
      path: `${setOf(options)}/setOrchestrationServiceState`,
      body: { serviceName: one(options, '--service-name'), action: one(options, '--action') },
    }),
  },
  'vm list': {
    needs: ['--subscription', '-g', '--vmss', '--query', '-o'],
    sends: (options) => ({ method: 'GET', path: `${groupOf(options)}/virtualMachines` }),
  },
  rest: {
    needs: ['--method', '--url'],
    may: ['--body'],
    sends(options) {
      const method = one(options, '--method');
      const url = new URL(one(options, '--url'), 'https://management.azure.com');
      if (url.host !== 'management.azure.com' || !url.searchParams.has('api-version')) throw new Error(`${url}`);
      const path = url.pathname.split('/').map(decodeURIComponent).join('/');
      if (method === 'get' && !options.has('--body')) return { method: 'GET', path };
      const body = JSON.parse(one(options, '--body'));
      if (method === 'patch' && JSON.stringify(body) === '{}') return { method: 'PATCH', path, body };
      const ids: unknown = body.instanceIds;
      if (
        method === 'post' &&
        /\/(?:reimage|approveRollingUpgrade)$/.test(path) &&
        Array.isArray(ids) &&
        ids.length > 0
      ) {
        return { method: 'POST', path, body, ids: ids.map(String) };
      }
      throw new Error(`not a request that a message may print: ${method} ${path}`);
    },
  },
};

/** Reads a line of the Azure command line. Throws on what is no such line, or none that a message may print. */
export function azRequest(line: string): AzRequest {
  const [program, ...words] = wordsOf(line);
  const first = words.findIndex((word) => word.startsWith('-'));
  const known = COMMANDS[words.slice(0, first).join(' ')];
  if (program !== 'az' || known === undefined) throw new Error(`not a command that a message may print: ${line}`);
  const options = new Map<string, string[]>();
  let values: string[] = [];
  for (const word of words.slice(first)) {
    const [, name, value] = /^(--?[a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) {
      values.push(word);
      continue;
    }
    if (options.has(name)) throw new Error(`${name} comes twice: ${line}`);
    values = value === undefined ? [] : [value];
    options.set(name, values);
  }
  const missing = known.needs.filter((name) => !options.has(name));
  const foreign = [...options.keys()].filter((name) => ![...known.needs, ...(known.may ?? [])].includes(name));
  if (missing.length + foreign.length > 0) throw new Error(`missing ${missing}, unknown ${foreign}: ${line}`);
  return known.sends(options);
}
