use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Result;
use crate::executor::{Label, current, record};
use crate::trace::{Entry, Kind, Place};

/// Gives a future a name and notices when it is forgotten, as Python does with its coroutines.
///
/// A future does nothing until it is awaited or spawned. The compiler warns of one that is not used at all, but not of one
/// that was put into a variable: this one stands in the trace with a note when it is dropped before anything of it has run.
///
/// # Errors
///
/// Those of the future.
///
/// ```
/// use std::rc::Rc;
/// use loopscope::trace::{Kind, Recorder};
/// use loopscope::{VirtualLoop, coroutine, print};
///
/// let recorder = Rc::new(Recorder::default());
/// let program = async {
///     let forgotten = coroutine("brew coffee", async { Ok(print("coffee is ready")) });
///     drop(forgotten);
///     coroutine("make toast", async { Ok(print("toast is ready")) }).await
/// };
/// VirtualLoop::with_recorder(recorder.clone()).run(program)?;
///
/// let batch = recorder.take();
/// let told = |kind| batch.events.iter().filter(|event| event.kind == kind).collect::<Vec<_>>();
/// assert_eq!(&*recorder.text(told(Kind::Print)[0].text), "toast is ready");
/// assert!(recorder.text(told(Kind::Lint)[0].text).starts_with("brew coffee was made and never awaited"));
/// # Ok::<(), loopscope::Error>(())
/// ```
#[track_caller]
pub fn coroutine<F, T>(name: &str, future: F) -> Coroutine<F>
where
    F: Future<Output = Result<T>>,
{
    let label = Label::new("coroutine", 0);
    label.name(name);
    Coroutine { future: Box::pin(future), label, begun: false, place: Location::caller() }
}

/// A future with a name. Made by [`coroutine`].
#[must_use = "a coroutine does nothing until it is awaited or spawned"]
pub struct Coroutine<F> {
    future: Pin<Box<F>>,
    label: Label,
    begun: bool,
    place: Place,
}

impl<F: Future> Future for Coroutine<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.begun = true;
        self.future.as_mut().poll(context)
    }
}

impl<F> fmt::Debug for Coroutine<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begun = if self.begun { "" } else { " not started" };
        write!(f, "<Coroutine {}{begun}>", self.label.given_name())
    }
}

/// Only what a task drops was forgotten: the loop drops what was handed to a task that was stopped before its first step.
impl<F> Drop for Coroutine<F> {
    fn drop(&mut self) {
        if !self.begun && current().is_some_and(|current| current.task.id() != 0) {
            record(Entry::new(Kind::Drop).on(self.label.id()).at(self.place));
        }
    }
}
