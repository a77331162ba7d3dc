//! Signing keys (Ed25519 in OpenSSH's forms) and boxes (age X25519).

use crate::error::PacketError;
use age::secrecy::{ExposeSecret, SecretString};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use kaowu_core::identity::DeviceId;
use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use ssh_key::private::Ed25519Keypair;
use ssh_key::{HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};
use std::str::FromStr;

/// A fresh seed from the system's source.
pub fn generate_seed() -> [u8; 32] {
    let mut seed = [0; 32];
    OsRng.fill_bytes(&mut seed);
    seed
}

/// A key that signs.
pub struct Signer {
    key: PrivateKey,
    raw: SigningKey,
    public: [u8; 32],
}

impl Signer {
    /// From its seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let pair = Ed25519Keypair::from_seed(&seed);
        let public = pair.public.0;
        Self { key: PrivateKey::from(pair), raw: SigningKey::from_bytes(&seed), public }
    }

    /// From the text of an OpenSSH private key.
    pub fn from_openssh(pem: &str) -> Result<Self, PacketError> {
        let unreadable = || PacketError::KeyUnreadable { what: "ssh-ed25519".to_owned() };
        let key = PrivateKey::from_openssh(pem).map_err(|_| unreadable())?;
        Ok(Self::from_seed(key.key_data().ed25519().ok_or_else(unreadable)?.private.to_bytes()))
    }

    /// The private key in OpenSSH's form, readable by `ssh-keygen` once nothing else closes it.
    pub fn to_openssh(&self) -> Result<String, PacketError> {
        let failed = |e: ssh_key::Error| PacketError::PacketFailed { detail: e.to_string() };
        Ok(self.key.to_openssh(LineEnding::LF).map_err(failed)?.to_string())
    }

    /// The seed it is made from.
    pub fn seed(&self) -> [u8; 32] {
        self.raw.to_bytes()
    }

    /// The public key's 32 bytes.
    pub fn public_bytes(&self) -> [u8; 32] {
        self.public
    }

    /// The public key as a line of an OpenSSH file.
    pub fn public_openssh(&self) -> String {
        self.key.public_key().to_openssh().unwrap_or_default()
    }

    /// SHA-256 of the public key.
    pub fn device(&self) -> DeviceId {
        device_of(&self.public)
    }

    /// A bare Ed25519 signature, short enough for a printed code.
    pub fn sign_bare(&self, message: &[u8]) -> [u8; 64] {
        self.raw.sign(message).to_bytes()
    }

    /// A signature for one purpose, as `ssh-keygen -Y sign` writes it.
    pub fn sign(&self, namespace: &str, message: &[u8]) -> Result<String, PacketError> {
        let failed = |e: ssh_key::Error| PacketError::PacketFailed { detail: e.to_string() };
        self.key.sign(namespace, HashAlg::Sha512, message).map_err(failed)?.to_pem(LineEnding::LF).map_err(failed)
    }
}

/// A device's id: SHA-256 of its public key.
pub fn device_of(public: &[u8; 32]) -> DeviceId {
    DeviceId(hex::encode(Sha256::digest(public)))
}

/// A code of a public key, to be compared by eye with a printed one: sixteen digits from the SHA-256 of its 32 bytes. Eight, as
/// check codes of journals have, could be met by whoever tries keys for an afternoon.
pub fn key_code(line: &str) -> Result<String, PacketError> {
    let hash = Sha256::digest(public_bytes(line)?);
    let number = hash.iter().take(8).fold(0_u64, |n, byte| n << 8 | u64::from(*byte)) % 10_000_000_000_000_000;
    let digits = format!("{number:016}");
    Ok([0, 4, 8, 12].map(|at| digits.get(at..at + 4).unwrap_or_default()).join("-"))
}

/// The 32 bytes of an OpenSSH public key line.
pub fn public_bytes(line: &str) -> Result<[u8; 32], PacketError> {
    let key = PublicKey::from_openssh(line).map_err(|_| PacketError::KeyUnreadable { what: line.chars().take(40).collect() })?;
    key.key_data().ed25519().map(|k| k.0).ok_or_else(|| PacketError::KeyUnreadable { what: key.algorithm().to_string() })
}

/// The OpenSSH line of a public key's 32 bytes.
pub fn openssh_line(public: &[u8; 32]) -> Result<String, PacketError> {
    let key = PublicKey::from(ssh_key::public::Ed25519PublicKey(*public));
    key.to_openssh().map_err(|e| PacketError::PacketFailed { detail: e.to_string() })
}

/// Whether a signature for this purpose by this key stands under a message.
pub fn verified(line: &str, namespace: &str, message: &[u8], signature: &str) -> bool {
    let (Ok(key), Ok(signature)) = (PublicKey::from_openssh(line), SshSig::from_pem(signature)) else { return false };
    key.verify(namespace, message, &signature).is_ok()
}

/// Whether a bare signature by this key stands under a message.
pub fn verified_bare(line: &str, message: &[u8], signature: &[u8; 64]) -> bool {
    let key = public_bytes(line).ok().and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    key.is_some_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
}

/// A box that opens what is encrypted to its recipient.
#[derive(Clone)]
pub struct AgeIdentity(pub(crate) age::x25519::Identity);

impl AgeIdentity {
    /// A fresh one.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// The secret line of an age key file.
    pub fn to_secret(&self) -> String {
        self.0.to_string().expose_secret().to_owned()
    }

    /// Reads the secret line.
    pub fn parse(secret: &str) -> Result<Self, PacketError> {
        age::x25519::Identity::from_str(secret.trim()).map(Self).map_err(|_| PacketError::KeyUnreadable { what: "age".to_owned() })
    }

    /// The public line.
    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }
}

pub(crate) fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}
