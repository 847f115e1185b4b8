//! Tasks, what waits for them, and time, as asyncio has them: the programs say the same lines as their twins in Python.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod combinators;
mod deadline;
mod dropped;
mod gather;
mod group;
mod group_rules;
mod handed_out;
mod managed;
mod misuse;
mod order;
mod other_loop;
mod shield;
mod stop;
mod task;
mod throw;
mod time;
mod timeout;
mod trace;
mod twin;
mod unhandled;
mod wait;
mod wait_for;
mod wakers;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
