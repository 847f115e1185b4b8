//! The boundary to JavaScript: one handle, plain data out, and the only file with `#[wasm_bindgen]`.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{
    Array, Error as JsError, Float64Array, Function, Object, Promise, Reflect, Uint8Array, Uint32Array,
};
use serde_json::Value;
use wasm_bindgen::prelude::*;

use crate::error::{Error, Result};
use crate::executor::{BrowserLoop, Task};
use crate::scenario::{Manifest, Params, Scenario, Type};
use crate::scenarios;
use crate::trace::{Batch, Kind, Recorder};

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

    /// The end of a run.
    #[wasm_bindgen(typescript_type = "Promise<Outcome>")]
    pub type OutcomePromise;
}

/// Returns all scenarios with their parameters and their sources.
#[wasm_bindgen]
pub fn scenarios() -> ScenarioList {
    let list: Array = scenarios::all().map(|scenario| describe(scenario.manifest())).collect();
    JsValue::from(list).unchecked_into()
}

/// Returns what the operands of each kind of event mean. A kind's number is its place in the list.
#[wasm_bindgen]
pub fn kinds() -> KindList {
    let row = |kind: &Kind| {
        object([
            ("name", kind.name().into()),
            ("subject", kind.subject().name().into()),
            ("subject_name", kind.subject_name().into()),
            ("value_name", kind.value_name().into()),
            ("text_name", kind.text_name().into()),
        ])
    };
    let list: Array = Kind::ALL.iter().map(row).collect();
    JsValue::from(list).unchecked_into()
}

/// A run of a scenario.
#[wasm_bindgen]
pub struct Run {
    run: Rc<Running>,
}

/// What the handle and the calls of the loop share.
struct Running {
    scenario: &'static dyn Scenario,
    params: Params,
    lap: BrowserLoop,
    recorder: Rc<Recorder>,
    main: RefCell<Option<Task<Value>>>,
    on_batch: RefCell<Option<Function>>,
    settle: RefCell<Option<Function>>,
}

#[wasm_bindgen]
impl Run {
    /// Checks what was asked for and makes the run; it starts with `start`.
    ///
    /// # Errors
    ///
    /// An `Error` whose message is for the one who typed it.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &RunOptions) -> Result<Run, JsValue> {
        Running::new(options.as_ref()).map(|run| Run { run: Rc::new(run) }).map_err(to_js)
    }

    /// Starts the program. `on_batch` gets the trace as it is recorded; the promise resolves when all has ended.
    pub fn start(&self, on_batch: OnBatch) -> OutcomePromise {
        let promise = Promise::new(&mut |resolve, _| *self.run.settle.borrow_mut() = Some(resolve));
        *self.run.on_batch.borrow_mut() = Some(JsValue::from(on_batch).unchecked_into());
        let running = Rc::downgrade(&self.run);
        self.run.lap.after_pump(move || {
            if let Some(running) = running.upgrade() {
                running.after_pump();
            }
        });
        let program = self.run.scenario.program(&self.run.params);
        *self.run.main.borrow_mut() = Some(self.run.lap.start(program));
        JsValue::from(promise).unchecked_into()
    }

    /// Stops the run's clock and with it everything.
    pub fn pause(&self) {
        self.run.lap.pause();
    }

    /// Lets the run go on.
    pub fn resume(&self) {
        self.run.lap.resume();
    }

    /// Ends the run where it stands.
    pub fn stop(&self) {
        self.run.lap.stop();
        self.run.hand_over();
        self.run.end("stopped", "", &Value::Null);
    }
}

impl Running {
    fn new(options: &JsValue) -> Result<Running> {
        let scenario = scenarios::find(&text(options, "scenario"))?;
        let given = Reflect::get(options, &"params".into()).unwrap_or_default();
        let given: Vec<(String, String)> = match given.dyn_into::<Object>() {
            Ok(object) => Object::keys(&object)
                .iter()
                .filter_map(|key| key.as_string())
                .map(|key| (key.clone(), text(&object, &key)))
                .collect(),
            Err(_) => Vec::new(),
        };
        let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let params = Params::new(scenario.manifest(), given)?;
        let recorder = Rc::new(Recorder::default());
        let speed = number(options, "speed", 1.0, 0.1, 100.0)?;
        // Up to the greatest whole number that JavaScript has exactly.
        let _seed = number(options, "seed", 0.0, 0.0, 9_007_199_254_740_991.0)?;
        let lap = match text(options, "clock").as_str() {
            "" | "wall" => BrowserLoop::new(speed, Some(recorder.clone())),
            "virtual" => BrowserLoop::instant(Some(recorder.clone())),
            other => return Err(Error::value(format!("clock must be wall or virtual, not \"{other}\""))),
        };
        let (main, on_batch, settle) = Default::default();
        Ok(Running { scenario, params, lap, recorder, main, on_batch, settle })
    }

    /// Hands over what was recorded, and the result when there is one.
    fn after_pump(&self) {
        self.hand_over();
        let idle = self.lap.is_idle();
        let finished = self.main.borrow().as_ref().is_some_and(|task| task.is_finished());
        if finished && (self.lap.is_empty() || idle) {
            let result = self.main.borrow().as_ref().and_then(Task::result);
            match result {
                Some(Ok(result)) => self.end("done", "", &result),
                Some(Err(error)) => self.end("failed", &error.to_string(), &Value::Null),
                None => {}
            }
        } else if idle {
            self.end("failed", "deadlock: everyone waits and nobody can go on", &Value::Null);
        }
    }

    fn hand_over(&self) {
        if self.recorder.pending() > 0
            && let Some(on_batch) = &*self.on_batch.borrow()
        {
            // What the page does with a batch is its own affair: a run goes on though a picture fails.
            let _ = on_batch.call1(&JsValue::NULL, &columns(&self.recorder.take()));
        }
    }

    /// Resolves the promise of `start`, once.
    fn end(&self, state: &str, message: &str, result: &Value) {
        if let Some(settle) = self.settle.borrow_mut().take() {
            let outcome = object([
                ("state", state.into()),
                ("message", message.into()),
                ("result", json(result)),
                ("hash", self.recorder.hash().into()),
                ("now", (self.lap.now().as_nanos() as f64).into()),
            ]);
            // A promise's own resolve function does not throw.
            let _ = settle.call1(&JsValue::NULL, &outcome);
        }
    }
}

fn describe(manifest: &Manifest) -> JsValue {
    let row = |param: &crate::scenario::Param| {
        let kind = match param.kind {
            Type::Count => "integer",
            Type::Seconds => "number",
        };
        object([
            ("name", param.name.into()),
            ("label", param.label().into()),
            ("type", kind.into()),
            ("unit", param.unit().into()),
            ("default", param.default.into()),
            ("min", param.min.into()),
            ("max", param.max.into()),
            ("step", param.step().into()),
        ])
    };
    let params: Array = manifest.params.iter().map(row).collect();
    object([
        ("id", manifest.id.into()),
        ("title", manifest.title.into()),
        ("chapter", manifest.chapter.into()),
        ("about", manifest.about.into()),
        ("source", manifest.source.into()),
        ("file", manifest.file.into()),
        ("params", params.into()),
    ])
}

/// A batch in columns: no object per event is made, here or there.
fn columns(batch: &Batch) -> JsValue {
    let events = &batch.events;
    let numbers = |value: fn(&crate::trace::Event) -> u32| {
        JsValue::from(Uint32Array::from(events.iter().map(value).collect::<Vec<_>>().as_slice()))
    };
    let floats = |value: fn(&crate::trace::Event) -> f64| {
        JsValue::from(Float64Array::from(events.iter().map(value).collect::<Vec<_>>().as_slice()))
    };
    let kinds: Vec<u8> = events.iter().map(|event| event.kind as u8).collect();
    let files: Vec<u32> = batch.files.iter().map(|file| file.index()).collect();
    let resource = |resource: &crate::trace::Resource| {
        object([
            ("id", resource.id.into()),
            ("kind", resource.kind.into()),
            ("name", resource.name.as_str().into()),
            ("capacity", resource.capacity.into()),
        ])
    };
    object([
        ("first", (batch.first as f64).into()),
        ("t", floats(|event| event.t.as_nanos() as f64)),
        ("turn", numbers(|event| event.turn)),
        ("task", numbers(|event| event.task)),
        ("kind", Uint8Array::from(kinds.as_slice()).into()),
        ("subject", numbers(|event| event.subject)),
        ("value", floats(|event| event.value as f64)),
        ("text", numbers(|event| event.text.index())),
        ("file", Uint32Array::from(files.as_slice()).into()),
        ("line", numbers(|event| event.place.map_or(0, |place| place.line()))),
        ("strings", batch.strings.iter().map(|text| JsValue::from(&**text)).collect::<Array>().into()),
        ("resources", batch.resources.iter().map(resource).collect::<Array>().into()),
        ("dropped", (batch.dropped as f64).into()),
    ])
}

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A fresh object takes every field.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

fn json(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => number.as_f64().into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(json).collect::<Array>().into(),
        Value::Object(fields) => {
            let object = Object::new();
            for (name, value) in fields {
                let _ = Reflect::set(&object, &name.as_str().into(), &json(value));
            }
            object.into()
        }
    }
}

/// Reads a field as a person typed it; empty when there is none.
fn text(options: &JsValue, name: &str) -> String {
    let value = Reflect::get(options, &name.into()).unwrap_or_default();
    if value.is_undefined() || value.is_null() {
        return String::new();
    }
    match (value.as_string(), value.as_f64()) {
        (Some(text), _) => text,
        (None, Some(number)) => number.to_string(),
        (None, None) => "something that is neither text nor number".to_owned(),
    }
}

/// Reads a number within limits; `default` when there is none.
fn number(options: &JsValue, name: &str, default: f64, min: f64, max: f64) -> Result<f64> {
    let text = text(options, name);
    if text.is_empty() {
        return Ok(default);
    }
    let value = text.trim().parse::<f64>().ok().filter(|value| (min..=max).contains(value));
    value.ok_or_else(|| Error::value(format!("{name} must be a number from {min} to {max}, not \"{text}\"")))
}

/// Turns an error into JavaScript's, with the sentence as its message.
fn to_js(error: Error) -> JsValue {
    JsError::new(error.message()).into()
}
