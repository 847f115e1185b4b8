//! Errors, requests to stop and timeouts at every await of every task of the scenarios.
//!
//! Whatever happens, and whenever: the run comes to its end, every context that was entered is left once, nothing is
//! held any more, no value is lost between those who hand it over, and no task is left. All this is read off the trace
//! ([`ledger`]); what only one scenario promises is checked beside it, mostly from what it said.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod async_generators;
mod faults;
mod ledger;
mod systems;
mod trial;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
