/** Real certificates for tests of TLS, made by openssl: an authority, what it signs, and what it takes back. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly path: string;
  readonly key: string;
}

export interface Signing {
  /** `DNS:db.test,IP:127.0.0.1` */
  readonly names?: string;
  readonly expired?: boolean;
}

export interface Authority {
  /** Its certificate, in PEM. */
  readonly path: string;
  sign(commonName: string, how?: Signing): Certificate;
  /** Its revocation list with this certificate in it, in PEM. */
  revoke(certificate: Certificate): string;
}

export interface Certificates {
  readonly folder: string;
  authority(name: string): Authority;
  /** The same key, encrypted. */
  encrypted(key: string, password: string): string;
  remove(): void;
}

/** Why there are none, for a test's title. */
export function noOpenssl(): string | undefined {
  const missing = spawnSync('openssl', ['version']).status !== 0;
  return missing ? 'skipped: openssl is not installed' : undefined;
}

export function certificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'pgask-certificates-'));
  return {
    folder,
    authority: (name) => authority(join(folder, name)),
    encrypted(key, password) {
      const path = `${key}.encrypted`;
      openssl(['pkcs8', '-topk8', '-in', key, '-out', path, '-passout', `pass:${password}`]);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function authority(folder: string): Authority {
  mkdirSync(folder);
  const path = join(folder, 'ca.crt');
  const key = join(folder, 'ca.key');
  const config = join(folder, 'ca.conf');
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'serial'), '01\n');
  writeFileSync(join(folder, 'crlnumber'), '01\n');
  writeFileSync(
    config,
    `[ca]
default_ca = here
[here]
database = ${folder}/index.txt
serial = ${folder}/serial
crlnumber = ${folder}/crlnumber
new_certs_dir = ${folder}
certificate = ${path}
private_key = ${key}
default_md = sha256
default_days = 30
default_crl_days = 30
unique_subject = no
policy = any
[any]
commonName = supplied
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
`,
  );
  newKey(key);
  openssl([
    ...['req', '-x509', '-new', '-key', key, '-out', path, '-days', '30', '-config', config],
    ...['-subj', `/CN=authority ${folder.split('/').at(-1)}`],
    ...['-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ]);
  let signed = 0;
  return {
    path,
    sign(commonName, { names, expired = false } = {}) {
      const name = join(folder, `signed-${(signed += 1)}`);
      newKey(`${name}.key`);
      const request = ['req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`];
      openssl([...request, '-subj', `/CN=${commonName}`, '-config', config]);
      writeFileSync(`${name}.ext`, names === undefined ? '' : `subjectAltName = ${names}\n`);
      openssl([
        ...['ca', '-batch', '-notext', '-config', config],
        ...['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`],
        ...(expired ? ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'] : []),
      ]);
      return { path: `${name}.crt`, key: `${name}.key` };
    },
    revoke(certificate) {
      openssl(['ca', '-config', config, '-revoke', certificate.path]);
      const list = join(folder, 'ca.crl');
      openssl(['ca', '-config', config, '-gencrl', '-out', list]);
      return list;
    },
  };
}

function newKey(path: string): void {
  openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', path]);
}

function openssl(args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
}

/** For `sslcrldir`: named by the hash of its issuer, as `openssl rehash` does. */
export function hashedName(list: string): string {
  const { stdout } = spawnSync('openssl', ['crl', '-hash', '-noout', '-in', list], {
    encoding: 'utf8',
  });
  return `${stdout.trim()}.r0`;
}

export function readPem(path: string): string {
  return readFileSync(path, 'utf8');
}
