//! A plan.
#![no_main]
use kaowu_core::plan::Plan;
libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = Plan::read(text);
});
