#![no_main]
#[allow(dead_code, reason = "the others have programs of their own")]
#[path = "../tries.rs"]
mod tries;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tries::roster(bytes);
});
