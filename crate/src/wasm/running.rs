use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::columns::columns;
use super::options::{number, params, seed, text};
use super::plain::{Plain, plain};
use crate::error::{Error, Result};
use crate::executor::{BrowserLoop, Task};
use crate::memory::aside;
use crate::scenario::{Params, Scenario};
use crate::scenarios;
use crate::trace::Recorder;
use crate::value::Value;

/// So many events end a run: a page keeps all of them, some fifty bytes of each.
const MOST: u64 = 1 << 22;

/// A run: what the handle and the calls of the loop share.
pub(super) struct Running {
    scenario: &'static dyn Scenario,
    params: Params,
    lap: BrowserLoop,
    recorder: Rc<Recorder>,
    main: RefCell<Option<Task<Value>>>,
    on_batch: RefCell<Option<Function>>,
    settle: RefCell<Option<Function>>,
    /// Events that were handed over.
    told: Cell<u64>,
}

impl Running {
    /// Checks what was asked for; `real` tells the browser's time.
    pub(super) fn new(options: &JsValue, real: fn() -> f64) -> Result<Running> {
        let scenario = scenarios::find(&text(options, "scenario"))?;
        let recorder = Rc::new(Recorder::default());
        let speed = number(options, "speed", 1.0, 0.1, 100.0)?;
        let params = params(options, scenario.manifest())?.seeded(seed(options)?);
        let speed = match text(options, "clock").as_str() {
            "" | "wall" => Some(speed),
            "virtual" => None,
            other => return Err(Error::value(format!("clock must be wall or virtual, not \"{other}\""))),
        };
        let lap = BrowserLoop::by(real, speed, Some(recorder.clone()));
        let (main, on_batch, settle, told) = Default::default();
        Ok(Running { scenario, params, lap, recorder, main, on_batch, settle, told })
    }

    /// Starts the program; `settle` is called when all has ended.
    pub(super) fn start(run: &Rc<Running>, on_batch: &Function, settle: Function) {
        *run.settle.borrow_mut() = Some(settle);
        *run.on_batch.borrow_mut() = Some(on_batch.clone());
        let running = Rc::downgrade(run);
        run.lap.after_pump(move || {
            if let Some(running) = running.upgrade() {
                running.after_pump();
            }
        });
        *run.main.borrow_mut() = Some(run.lap.start(run.scenario.program(&run.params)));
    }

    pub(super) fn pause(&self) {
        self.lap.pause();
    }

    pub(super) fn resume(&self) {
        self.lap.resume();
    }

    pub(super) fn is_in_turn(&self) -> bool {
        self.lap.is_in_turn()
    }

    pub(super) fn stop(&self) {
        self.hand_over();
        self.give_up("");
    }

    /// Ends it where it stands.
    fn give_up(&self, message: &str) {
        self.lap.stop();
        self.end("stopped", message, &Value::Null);
    }

    /// Hands over what was recorded, and the result when there is one.
    fn after_pump(&self) {
        self.hand_over();
        if self.told.get() >= MOST {
            self.give_up("ended after four million events: a page can show no more of them");
        }
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
            self.end("failed", &self.lap.deadlock().to_string(), &Value::Null);
        }
    }

    fn hand_over(&self) {
        if self.recorder.pending() > 0
            && let Some(on_batch) = &*self.on_batch.borrow()
        {
            let batch = aside(|| {
                let batch = self.recorder.take();
                self.told.set(batch.first + batch.events.len() as u64);
                columns(&batch)
            });
            // What the page does with a batch is its own affair: a run goes on though a picture fails.
            let _ = on_batch.call1(&JsValue::NULL, &batch);
        }
    }

    /// Resolves the promise of `start`, once.
    fn end(&self, state: &str, message: &str, result: &Value) {
        if let Some(settle) = self.settle.borrow_mut().take() {
            let outcome = Plain::new()
                .text("state", state)
                .text("message", message)
                .with("result", &plain(result))
                .text("hash", &self.recorder.hash())
                .number("now", self.lap.now().as_nanos() as f64)
                .done();
            // A promise's own resolve function does not throw.
            let _ = settle.call1(&JsValue::NULL, &outcome);
        }
    }
}
