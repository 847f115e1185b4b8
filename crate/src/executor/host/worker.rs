use js_sys::Array;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::{Blob, Url, Worker};

use super::Beside;

/// Blocks for as many milliseconds as it is sent, and answers.
const PROGRAM: &str = "onmessage = ({ data }) => {
  const end = performance.now() + data;
  while (performance.now() < end);
  postMessage(0);
};";

/// A worker that blocks. It ends when nobody wants it any more.
struct Blocking {
    worker: Worker,
    /// The address of its program.
    url: String,
    /// Called with its answer, or with the reason why it does not run.
    _done: Closure<dyn FnMut(JsValue)>,
}

/// Blocks in a worker of its own, a thread that no one else is on. Where none can be made, it is done at once.
pub(super) fn block(millis: f64, done: impl FnOnce() + 'static) -> Beside {
    let mut done = Some(done);
    let done = Closure::new(move |_: JsValue| {
        if let Some(done) = done.take() {
            done();
        }
    });
    match start(millis, done) {
        Ok(blocking) => Box::new(blocking),
        Err(done) => {
            // It throws nothing.
            let _ = done.as_ref().unchecked_ref::<js_sys::Function>().call0(&JsValue::UNDEFINED);
            Box::new(())
        }
    }
}

/// Starts the worker; gives `done` back when the browser refuses. A page's rules can refuse it later, too: an error
/// event tells so.
fn start(millis: f64, done: Closure<dyn FnMut(JsValue)>) -> Result<Blocking, Closure<dyn FnMut(JsValue)>> {
    let made = || {
        let program = Blob::new_with_str_sequence(&Array::of1(&PROGRAM.into()))?;
        let url = Url::create_object_url_with_blob(&program)?;
        Worker::new(&url).map(|worker| (worker, url))
    };
    let Ok((worker, url)) = made() else { return Err(done) };
    worker.set_onmessage(Some(done.as_ref().unchecked_ref()));
    worker.set_onerror(Some(done.as_ref().unchecked_ref()));
    // A number can always be sent.
    let _ = worker.post_message(&millis.into());
    Ok(Blocking { worker, url, _done: done })
}

impl Drop for Blocking {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        // It is an address that was made here.
        let _ = Url::revoke_object_url(&self.url);
    }
}
