//! A journal line: read, and written again as it stood.
#![no_main]
use kaowu_core::journal::{Entry, canonical};
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(entry) = Entry::read(bytes) {
        assert_eq!(entry.to_line().as_deref(), Ok(bytes));
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        let _ = canonical(&value);
    }
});
