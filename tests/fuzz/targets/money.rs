//! See `entry.rs`.
#![no_main]

#[path = "../../../crate/cli/collect/mod.rs"]
mod collect;
#[path = "../entry.rs"]
mod entry;

libfuzzer_sys::fuzz_target!(|text: &str| entry::run("money", text));
