//! The signatures of the log's entries, by the public keys that come with it.

use p256::{
    ecdsa::{Signature, VerifyingKey, signature::Verifier as _},
    pkcs8::{DecodePublicKey as _, EncodePublicKey as _},
};
use redress::evidence::{CHAIN_FILE, ChainDocument, Sha256, check_signatures};

use super::report::Report;

/// Checks every signature, and says how many entries have one.
pub(super) fn judge(chain: &ChainDocument, report: &mut Report) {
    let mut keys = Vec::new();
    for (pem, place) in chain.keys.iter().zip(1..) {
        match read(pem) {
            Some(key) => keys.push(key),
            None => report.wrong(CHAIN_FILE, format!("key {place} is no public key of the curve P-256")),
        }
    }
    let holds = |key: Sha256, text: &str, signature: &redress::evidence::Signature| {
        let key = keys.iter().find(|(digest, _)| *digest == key);
        let signature = signature.bytes().and_then(|bytes| Signature::from_slice(&bytes).ok());
        matches!((key, signature), (Some((_, key)), Some(signature))
            if key.verify(text.as_bytes(), &signature).is_ok())
    };
    if let Err(error) = check_signatures(&chain.entries, holds) {
        report.wrong(CHAIN_FILE, error.to_string());
    }
    let signed = chain.entries.iter().filter(|entry| entry.key.is_some()).count();
    if signed > 0 {
        report.note(format!(
            "{CHAIN_FILE}: {signed} of {} entries are signed, by {} keys; that they are the buyer's is for somebody else to say",
            chain.entries.len(),
            keys.len()
        ));
    }
}

/// A key with the digest by which entries name it.
fn read(pem: &str) -> Option<(Sha256, VerifyingKey)> {
    let key = VerifyingKey::from_public_key_pem(pem).ok()?;
    let der = key.to_public_key_der().ok()?;
    Some((Sha256::of(der.as_bytes()), key))
}
