//! Turns of a task on the virtual loop, with and without somebody who takes them down.

use std::rc::Rc;

use loopscope::trace::Recorder;
use loopscope::{Duration, VirtualLoop, sleep};

/// Takes so many turns; nobody looks on.
pub fn unrecorded(turns: u64) -> u64 {
    run(&VirtualLoop::new(), turns)
}

/// The same, with all that is recorded of it: the events, the lints and the memory.
pub fn recorded(turns: u64) -> u64 {
    let recorder = Rc::new(Recorder::default());
    let events = run(&VirtualLoop::with_recorder(recorder.clone()), turns);
    events.max(recorder.pending() as u64)
}

/// Records about so many events of turns; returns how many there are.
pub fn record_events(events: u64) -> u64 {
    let recorder = Rc::new(Recorder::default());
    // A turn is a start, a wait and an end.
    run(&VirtualLoop::with_recorder(recorder.clone()), events / 3);
    recorder.pending() as u64
}

fn run(virtual_loop: &VirtualLoop, turns: u64) -> u64 {
    let program = async move {
        for _ in 0..turns {
            sleep(Duration::ZERO).await?;
        }
        Ok(turns)
    };
    virtual_loop.run(program).unwrap_or_default()
}
