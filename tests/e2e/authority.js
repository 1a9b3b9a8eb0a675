// A time-stamp authority of the test's own: `openssl ts` with a root and a certificate that are made for it.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const config = `
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Redress Test Root
[ root ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[ stamping ]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
[ other ]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, timeStamping, codeSigning
[ tsa ]
default_tsa = authority
[ authority ]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
certs = root.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1, millisecs:500, microsecs:100
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

const keys = { rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"] };

export async function openAuthority({ key = "rsa", section = "stamping", name = "/C=PL/O=Example Trust/CN=Example Time Authority" } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "redress-authority-"));
  const at = (file) => path.join(folder, file);
  const openssl = (...args) => run("openssl", args, { cwd: folder, encoding: "utf8" }).then(({ stdout }) => stdout);
  await writeFile(at("openssl.cnf"), config);
  await writeFile(at("serial"), "0A\n");
  await openssl("genpkey", ...keys.rsa, "-out", "root.key");
  await openssl("req", "-new", "-x509", "-config", "openssl.cnf", "-extensions", "root", "-key", "root.key", "-days", "30", "-out", "root.pem");
  await openssl("genpkey", ...keys[key], "-out", "signer.key");
  await openssl("req", "-new", "-config", "openssl.cnf", "-key", "signer.key", "-subj", name, "-out", "signer.csr");
  const issue = (extensions) => openssl("x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30",
    "-extfile", "openssl.cnf", "-extensions", extensions, "-out", "signer.pem");
  await issue(section);
  return {
    at,
    openssl,
    // `openssl ts` signs with no certificate of another purpose, and not in every way: `openssl cms` does. The token alone.
    async token(info, ...how) {
      await writeFile(at("info.der"), info);
      await openssl("cms", "-sign", "-binary", "-nodetach", "-cades", "-econtent_type", "1.2.840.113549.1.9.16.1.4", "-outform", "DER",
        "-in", "info.der", "-signer", "signer.pem", "-inkey", "signer.key", ...how, "-out", "token.der");
      return readFile(at("token.der"));
    },
    // The reply to the request in a file.
    async reply(file, out = "reply.tsr") {
      await openssl("ts", "-reply", "-config", "openssl.cnf", "-queryfile", file, "-out", out);
      return readFile(at(out));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
