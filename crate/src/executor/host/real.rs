use js_sys::Reflect;
use wasm_bindgen::prelude::JsCast;
use web_sys::Performance;

/// Tells the browser's time in milliseconds, which has no beginning that matters.
pub(crate) type Now = fn() -> f64;

thread_local! {
    /// The clock, which is a global of pages and of workers alike.
    static PERFORMANCE: Performance = find();
}

/// The browser's time, for whoever has no shorter way to it.
pub(super) fn now() -> f64 {
    PERFORMANCE.with(Performance::now)
}

fn find() -> Performance {
    match Reflect::get(&js_sys::global(), &"performance".into()) {
        Ok(found) if !found.is_undefined() => found.unchecked_into(),
        _ => panic!("this JavaScript environment has no performance.now"),
    }
}
