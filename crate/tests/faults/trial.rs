//! One run of a scenario, turn by turn.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::scenario::Params;
use loopscope::trace::Recorder;
use loopscope::value::Value;
use loopscope::{
    Duration, Error, Instant, Result, Task, TaskRef, VirtualLoop, all_tasks, current_task, scenarios, timeout,
};

use crate::ledger::Ledger;

/// More turns than any of the runs takes, whatever is done to it.
pub(crate) const FOREVER: usize = 20_000;

/// What is in the text of every error that is thrown in.
pub(crate) const FAULT: &str = "a fault";

/// A scenario on a loop of its own.
pub(crate) struct Trial {
    virtual_loop: VirtualLoop,
    pub(crate) main: Task<Value>,
    recorder: Rc<Recorder>,
    unhandled: Rc<RefCell<Vec<Error>>>,
}

impl Trial {
    /// Starts a scenario, with a limit to the time it may take if there is one.
    pub(crate) fn new(id: &str, given: &[(&str, &str)], limit: Option<Duration>) -> Self {
        let scenario = scenarios::find(id).unwrap();
        let params = Params::new(scenario.manifest(), given.iter().copied()).unwrap();
        let (recorder, unhandled) = (Rc::new(Recorder::default()), Rc::new(RefCell::new(Vec::new())));
        let virtual_loop = VirtualLoop::with_recorder(recorder.clone());
        let reported = unhandled.clone();
        virtual_loop.on_unhandled(move |report| reported.borrow_mut().push(report.error().clone()));
        let program = scenario.program(&params);
        let main = match limit {
            None => virtual_loop.spawn("main", program),
            Some(limit) => virtual_loop.spawn("main", timeout(limit, |_| program)),
        };
        Trial { virtual_loop, main, recorder, unhandled }
    }

    /// Runs so many turns; false when everything has come to rest before.
    pub(crate) fn go(&self, turns: usize) -> bool {
        (0..turns).all(|_| self.virtual_loop.step())
    }

    /// Returns the time.
    pub(crate) fn now(&self) -> Instant {
        self.virtual_loop.now()
    }

    /// Lets something be done from within the loop.
    fn visit<T: 'static>(&self, visitor: impl Future<Output = Result<T>> + 'static) -> Task<T> {
        self.virtual_loop.spawn("visitor", visitor)
    }

    /// Returns the tasks of the scenario that have not ended; takes a turn.
    pub(crate) fn tasks(&self) -> Vec<TaskRef> {
        let tasks = self.visit(async { Ok(others()) });
        self.go(1);
        tasks.result().unwrap().unwrap()
    }

    /// Lets the scenario come to its end, as `asyncio.run` does, and returns what became of it.
    ///
    /// A program may wait for ever for one of its tasks that was stopped: if it may, it is stopped as well.
    #[track_caller]
    pub(crate) fn finish(self, may_be_stuck: bool, what: &str) -> (Result<Value>, Ledger) {
        let rest = || assert!(!self.go(FOREVER), "{what}: it does not come to its end");
        rest();
        if may_be_stuck {
            self.main.cancel();
            rest();
        }
        assert!(self.main.is_finished(), "{what}: it waits for ever");
        // Tasks that were started and not awaited are stopped at the end; they may start others.
        for _ in 0..2 {
            self.visit(async {
                for task in others() {
                    task.cancel();
                }
                Ok(())
            });
            rest();
        }
        for error in &*self.unhandled.borrow() {
            assert!(error.to_string().contains(FAULT), "{what}: nobody took {error}");
        }
        (self.main.result().unwrap(), Ledger::new(&self.recorder, what))
    }
}

fn others() -> Vec<TaskRef> {
    let own = current_task().unwrap();
    all_tasks().into_iter().filter(|task| !task.is_same(&own)).collect()
}
