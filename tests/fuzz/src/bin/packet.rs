//! A packet: first the envelope as it stands, then any inside, closed for a key we have.
#![no_main]
use kaowu_packet::keys::AgeIdentity;
use kaowu_packet::{Key, is_passphrase, open};
use std::io::Write;
use std::sync::LazyLock;
static KEY: LazyLock<AgeIdentity> = LazyLock::new(AgeIdentity::generate);
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let keys = [KEY.clone()];
    let _ = is_passphrase(bytes);
    assert!(open(bytes, &Key::Identities(&keys), None).is_err());
    let recipient: age::x25519::Recipient = KEY.recipient().parse().unwrap();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as _)).unwrap();
    let mut closed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut closed).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap();
    assert!(open(&closed, &Key::Identities(&keys), None).is_err(), "nobody signed this");
});
