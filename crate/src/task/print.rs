use crate::executor::{current, record, say};
use crate::trace::{Entry, Kind};

/// Says something: a line of the program's output, at its time. Outside of a recorded run it goes to the terminal. Of a
/// line longer than 4 KiB the trace keeps the beginning.
///
/// ```
/// use std::rc::Rc;
///
/// use loopscope::trace::{Kind, Recorder};
/// use loopscope::{VirtualLoop, print};
///
/// let recorder = Rc::new(Recorder::default());
/// VirtualLoop::with_recorder(recorder.clone()).run(async { Ok(print("hello")) })?;
/// let said = recorder.take().events.into_iter().find(|event| event.kind == Kind::Print);
/// assert_eq!(&*recorder.text(said.unwrap().text), "hello");
/// # Ok::<(), loopscope::Error>(())
/// ```
#[track_caller]
pub fn print(text: impl AsRef<str>) {
    let place = std::panic::Location::caller();
    if current().is_some_and(|current| current.core.recorder().is_some()) {
        record(Entry::new(Kind::Print).text(text.as_ref()).at(place));
    } else {
        say(text.as_ref());
    }
}
