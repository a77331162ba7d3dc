//! The second signature: SM2 over SM3 (GM/T 0003), where a plan asks for it. `openssl pkeyutl -verify -rawin -digest sm3`
//! checks it. This is no certified cryptography.

use crate::error::PacketError;
use crate::keys::Signer;
use sha2::{Digest, Sha256};
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::pkcs8::der::asn1::{SequenceOf, UintRef};
use sm2::pkcs8::der::{Decode, Encode};
use sm2::pkcs8::{DecodePublicKey, EncodePublicKey, LineEnding};
use sm2::{PublicKey, SecretKey};

/// What a manifest names it.
pub const SM2_SM3: &str = "sm2-sm3";
/// The signer's name inside the hash, as GM/T 0009 has it where nothing else was agreed.
const NAME: &str = "1234567812345678";
const COORDINATE: usize = 32;

fn secret(signer: &Signer) -> Result<SecretKey, PacketError> {
    // Made from the device's seed: one secret to keep, and whoever has that can sign both ways anyhow.
    (0_u8..=u8::MAX)
        .map(|n| Sha256::new().chain_update(b"kaowu sm2\0").chain_update([n]).chain_update(signer.seed()).finalize())
        .find_map(|bytes| SecretKey::from_slice(&bytes).ok())
        .ok_or_else(|| PacketError::PacketFailed { detail: SM2_SM3.to_owned() })
}

/// A device's public SM2 key, PEM.
pub fn second_key(signer: &Signer) -> Result<String, PacketError> {
    let failed = |e: sm2::pkcs8::spki::Error| PacketError::PacketFailed { detail: e.to_string() };
    secret(signer)?.public_key().to_public_key_pem(LineEnding::LF).map_err(failed)
}

/// A signature, DER.
pub(crate) fn sign(signer: &Signer, message: &[u8]) -> Result<Vec<u8>, PacketError> {
    let failed = |detail: String| PacketError::PacketFailed { detail };
    let key = SigningKey::new(NAME, &secret(signer)?).map_err(|e| failed(e.to_string()))?;
    let signature: Signature = key.try_sign(message).map_err(|e| failed(e.to_string()))?;
    let bytes = signature.to_bytes();
    let mut pair = SequenceOf::<UintRef<'_>, 2>::new();
    for half in bytes.chunks(COORDINATE) {
        let half = UintRef::new(half).map_err(|e| failed(e.to_string()))?;
        pair.add(half).map_err(|e| failed(e.to_string()))?;
    }
    pair.to_der().map_err(|e| failed(e.to_string()))
}

/// Whether a signature by this key stands under a message.
pub(crate) fn verified(pem: &str, message: &[u8], signature: &[u8]) -> bool {
    let read = || -> Option<(VerifyingKey, Signature)> {
        let key = VerifyingKey::new(NAME, PublicKey::from_public_key_pem(pem).ok()?).ok()?;
        let mut bytes = [0; 2 * COORDINATE];
        for (n, half) in SequenceOf::<UintRef<'_>, 2>::from_der(signature).ok()?.iter().enumerate() {
            let (half, end) = (half.as_bytes(), (n + 1) * COORDINATE);
            bytes.get_mut(end.checked_sub(half.len())?.max(n * COORDINATE)..end)?.copy_from_slice(half.get(..)?);
        }
        Some((key, Signature::from_slice(&bytes).ok()?))
    };
    read().is_some_and(|(key, signature)| key.verify(message, &signature).is_ok())
}
