//! The boundary to JavaScript: one handle, plain data out, and the only file with `#[wasm_bindgen]`.

mod columns;
mod manifest;
mod options;
mod plain;
mod running;

use std::rc::Rc;

use js_sys::{Array, Error as JsError, JSON, Promise};
use wasm_bindgen::prelude::*;

use self::running::Running;
use crate::error::{Error, Result};
use crate::scenarios;
use crate::trace::KINDS;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wasm.d.ts");

#[wasm_bindgen]
extern "C" {
    /// What a run is made from.
    #[wasm_bindgen(typescript_type = "RunOptions")]
    pub type RunOptions;

    /// All scenarios.
    #[wasm_bindgen(typescript_type = "ScenarioInfo[]")]
    pub type ScenarioList;

    /// All kinds of events.
    #[wasm_bindgen(typescript_type = "KindInfo[]")]
    pub type KindList;

    /// Takes the batches of a run.
    #[wasm_bindgen(typescript_type = "(batch: Batch) => void")]
    pub type OnBatch;

    /// The browser's clock, by its name: to look for it among all that is global takes half a kilobyte.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn browser_now() -> f64;

    /// A value as JavaScript writes it down; there are objects that cannot be.
    #[wasm_bindgen(catch, js_name = String)]
    fn written(value: &JsValue) -> Result<String, JsValue>;

    /// The end of a run.
    #[wasm_bindgen(typescript_type = "Promise<Outcome>")]
    pub type OutcomePromise;
}

/// Returns all scenarios with their parameters.
#[wasm_bindgen]
pub fn scenarios() -> ScenarioList {
    let list: Array = scenarios::all().map(|scenario| manifest::describe(scenario.manifest())).collect();
    JsValue::from(list).unchecked_into()
}

/// Returns what the operands of each kind of event mean. A kind's number is its place in the list.
#[wasm_bindgen]
pub fn kinds() -> KindList {
    JSON::parse(KINDS).unwrap_or_default().unchecked_into()
}

/// A run of a scenario.
#[wasm_bindgen]
pub struct Run {
    run: Rc<Running>,
}

#[wasm_bindgen]
impl Run {
    /// Checks what was asked for and makes the run; it starts with `start`.
    ///
    /// # Errors
    ///
    /// An `Error` whose message is for the one who typed it.
    #[wasm_bindgen(constructor)]
    pub fn new(options: RunOptions) -> Result<Run, JsValue> {
        Running::new(options.as_ref(), browser_now).map(|run| Run { run: Rc::new(run) }).map_err(to_js)
    }

    /// Starts the program. `on_batch` gets the trace as it is recorded; the promise resolves when all has ended.
    pub fn start(&self, on_batch: OnBatch) -> OutcomePromise {
        let on_batch = JsValue::from(on_batch).unchecked_into();
        let promise = Promise::new(&mut |resolve, _| Running::start(&self.run, &on_batch, resolve));
        JsValue::from(promise).unchecked_into()
    }

    /// Stops the run's clock and with it everything.
    pub fn pause(&self) {
        self.run.pause();
    }

    /// Lets the run go on.
    pub fn resume(&self) {
        self.run.resume();
    }

    /// Says whether its program is in a turn. True after a trap, it was the one that did it.
    pub fn is_in_turn(&self) -> bool {
        self.run.is_in_turn()
    }

    /// Ends the run where it stands.
    pub fn stop(&self) {
        self.run.stop();
    }
}

/// Turns an error into JavaScript's, with the sentence as its message.
fn to_js(error: Error) -> JsValue {
    JsError::new(error.message()).into()
}
