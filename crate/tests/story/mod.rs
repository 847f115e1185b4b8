//! What a program said, with the time at which it said so: the same lines as its twin in Python prints.

use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{Result, VirtualLoop, now, print};

/// Says something, with the time.
pub(crate) fn say(text: impl AsRef<str>) {
    print(format!("{:.3} {}", now().as_secs_f64(), text.as_ref()));
}

/// Runs a program and gives what it said.
pub(crate) fn story(program: impl Future<Output = Result<()>> + 'static) -> Vec<String> {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).expect("the program tells its errors itself");
    let events = recorder.take().events;
    let said = events.iter().filter(|event| event.kind == Kind::Print);
    said.map(|event| recorder.text(event.text).to_string()).collect()
}
