#![no_main]
#[allow(dead_code, reason = "the others have programs of their own")]
#[path = "../tries.rs"]
mod tries;
use std::sync::LazyLock;
// The reader of workbooks catches what its library panics about, and says the file is damaged. The fuzzer's own hook would end the
// program before that; what is not caught still ends it.
static QUIET: LazyLock<()> = LazyLock::new(|| std::panic::set_hook(Box::new(|_| {})));
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    LazyLock::force(&QUIET);
    tries::workbook(bytes);
});
