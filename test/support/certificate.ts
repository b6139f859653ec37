import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (...all: string[]) => promisify(execFile)('openssl', all);

/** Whether this machine can make a certificate. */
export const canCertify = (): Promise<boolean> =>
  openssl('version').then(
    () => true,
    () => false,
  );

/** A certificate, for two days. */
export interface Certificate extends AsyncDisposable {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** For NODE_EXTRA_CA_CERTS. */
  readonly file: string;
}

/** Of this machine, or of a name. */
export async function certificate(name = 'IP:127.0.0.1'): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-tls-'));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const wish = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=relay', '-addext', `subjectAltName=${name}`];
  await openssl('req', ...wish, ...names, '-keyout', key, '-out', file);
  return {
    key: await readFile(key),
    cert: await readFile(file),
    file,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
