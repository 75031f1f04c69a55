import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NEW_KEY = ['-newkey', 'rsa:2048', '-nodes'];

/** Why what needs certificates cannot run here: Node.js makes keys, and no certificates. */
export function opensslProblem(): string | undefined {
  return spawnSync('openssl', ['version']).status === 0 ? undefined : 'openssl is not there';
}

/** An authority of a test's own, by openssl. It and whom it certifies are the files `<name>.crt` and `<name>.key` of a folder. */
export class CertificateAuthority {
  private constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  static async make(folder: string, name: string): Promise<CertificateAuthority> {
    const authority = new CertificateAuthority(folder, name);
    const [key, crt] = [authority.file(name, 'key'), authority.file(name, 'crt')];
    await run('openssl', [
      ...['req', '-x509', ...NEW_KEY, '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', key, '-out', crt],
    ]);
    return authority;
  }

  /** For a server on localhost, or for a client. */
  async certify(name: string): Promise<void> {
    const [key, csr] = [this.file(name, 'key'), this.file(name, 'csr')];
    await run('openssl', [
      ...['req', ...NEW_KEY, '-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost'],
      ...['-keyout', key, '-out', csr],
    ]);
    await run('openssl', [
      ...['x509', '-req', '-days', '2', '-in', csr, '-out', this.file(name, 'crt')],
      ...['-CA', this.file(this.name, 'crt'), '-CAkey', this.file(this.name, 'key')],
      ...['-CAcreateserial', '-copy_extensions', 'copy'],
    ]);
  }

  private file(name: string, ending: string): string {
    return join(this.folder, `${name}.${ending}`);
  }
}
