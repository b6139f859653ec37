/**
 * Nothing that is for this machine goes through a proxy of the environment: not the storage of the local run, whose requests
 * hold events, and not what the command line asks a relay here. Before anything that reads the environment is loaded; other
 * addresses keep their proxy.
 */
const { env } = process;
const given = env['NO_PROXY'] ?? env['no_proxy'];
if (given !== '*') {
  const all = [...(given ? [given] : []), 'localhost', '127.0.0.1', '::1', '[::1]'].join(',');
  [env['NO_PROXY'], env['no_proxy']] = [all, all];
}

export {};
