/** What binds a SCRAM exchange to its TLS connection: the hash of the server's certificate (RFC 5929, tls-server-end-point). */
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/** Undefined where the stream is not encrypted, or the certificate's signature has no hash of its own. */
export function bindingOf(stream: Duplex): Buffer | undefined {
  const certificate = certificateOf(stream);
  const hash = certificate === undefined ? undefined : signatureHash(certificate);
  if (certificate === undefined || hash === undefined) return undefined;
  return createHash(hash).update(certificate).digest();
}

export function isEncrypted(stream: Duplex): boolean {
  return 'encrypted' in stream && stream.encrypted === true;
}

/** In DER. */
function certificateOf(stream: Duplex): Buffer | undefined {
  if (!isEncrypted(stream)) return undefined;
  const { raw } = (stream as TLSSocket).getPeerCertificate() as { raw?: Buffer };
  return raw;
}

/** Signature algorithms by their OIDs in DER; MD5 and SHA-1 count as SHA-256 (RFC 5929, 4.1). */
const HASHES: Readonly<Record<string, string>> = {
  // sha*WithRSAEncryption: 1.2.840.113549.1.1.*
  '2a864886f70d010104': 'sha256',
  '2a864886f70d010105': 'sha256',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a864886f70d01010e': 'sha224',
  // ecdsa-with-SHA*: 1.2.840.10045.4.*
  '2a8648ce3d0401': 'sha256',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
};

/** Certificate ::= SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm SEQUENCE { OID, … }, … } */
function signatureHash(certificate: Buffer): string | undefined {
  const outer = elementAt(certificate, 0);
  const signed = elementAt(certificate, outer.start);
  const algorithm = elementAt(certificate, signed.end);
  const oid = elementAt(certificate, algorithm.start);
  return HASHES[certificate.subarray(oid.start, oid.end).toString('hex')];
}

/** Where the content of a DER element begins and ends. */
function elementAt(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = der[at + 1]!;
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  const length = bytes === 0 ? first : der.readUIntBE(at + 2, bytes);
  const start = at + 2 + bytes;
  return { start, end: start + length };
}
