#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| legation_fuzz::mail(bytes));
