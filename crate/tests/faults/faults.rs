//! All faults, one after the other.

use loopscope::value::Value;
use loopscope::{Duration, Error, Kind, Result, TaskRef};

use crate::ledger::Ledger;
use crate::trial::{FAULT, FOREVER, Trial};

/// A scenario to be tried, and what must hold of each of its runs beside what holds of all.
pub(crate) struct System<'s> {
    pub(crate) id: &'s str,
    pub(crate) given: &'s [(&'s str, &'s str)],
    pub(crate) check: fn(&Ledger, &str),
}

/// Errors of different kinds: a scenario takes some of them for what it expects.
const THROWN: [Kind; 4] = [Kind::RuntimeError, Kind::ValueError, Kind::ConnectionError, Kind::TimeoutError];

impl System<'_> {
    /// Runs it with every fault in every turn, and prints how often it ran. There must be so many runs at least, so that
    /// a test cannot become empty unseen.
    #[track_caller]
    pub(crate) fn try_all(&self, least: usize) {
        let (undisturbed, end) = self.undisturbed();
        let runs = [
            ("stopped", self.stop_main()),
            ("stopped twice", self.stop_main_twice()),
            ("a task stopped", self.stop_each()),
            ("an error in a task", THROWN.map(|kind| self.throw(kind)).iter().sum()),
            ("an error and a stop", self.throw_and_stop()),
            ("out of time", self.time_out(undisturbed, end)),
        ];
        let sum: usize = runs.iter().map(|(_, count)| count).sum();
        let told: Vec<_> = runs.iter().map(|(name, count)| format!("{count} {name}")).collect();
        println!("{} {:?}: {sum} runs ({})", self.id, self.given, told.join(", "));
        assert!(sum >= least, "{}: only {sum} runs", self.id);
    }

    fn start(&self) -> Trial {
        Trial::new(self.id, self.given, None)
    }

    #[track_caller]
    fn finish(&self, trial: Trial, may_be_stuck: bool, what: &str) -> Result<Value> {
        let what = format!("{} {:?}, {what}", self.id, self.given);
        let (result, ledger) = trial.finish(may_be_stuck, &what);
        (self.check)(&ledger, &what);
        result
    }

    /// Runs it as it is; returns the times at which anything happens, and the one at which the program ends.
    fn undisturbed(&self) -> (Vec<Duration>, Duration) {
        let trial = self.start();
        let (mut times, mut end) = (vec![Duration::ZERO], None);
        while times.len() < FOREVER && trial.go(1) {
            let now = Duration::from_nanos(trial.now().as_nanos());
            times.push(now);
            if trial.main.is_finished() {
                end.get_or_insert(now);
            }
        }
        times.dedup();
        self.finish(trial, false, "undisturbed").unwrap();
        (times, end.unwrap())
    }

    fn stop_main(&self) -> usize {
        let mut runs = 0;
        for at in 0.. {
            let trial = self.start();
            let on = trial.go(at) && trial.main.cancel();
            let what = format!("stopped after {at} turns");
            let result = self.finish(trial, false, &what);
            self.expect_stop(on, &result, &what);
            runs += 1;
            if !on {
                break;
            }
        }
        runs
    }

    /// The second time while it cleans up.
    fn stop_main_twice(&self) -> usize {
        let (mut runs, mut on, mut first) = (0, true, 0);
        while on {
            for second in 0.. {
                let trial = self.start();
                on = trial.go(first) && trial.main.cancel();
                let cleans_up = on && trial.go(second) && trial.main.cancel();
                let what = format!("stopped after {first} turns and {second} more");
                let result = self.finish(trial, false, &what);
                self.expect_stop(on, &result, &what);
                runs += 1;
                if !cleans_up {
                    break;
                }
            }
            first += 1;
        }
        runs
    }

    /// Whoever stops the program gets no result from it; a program that had ended before has its own.
    #[track_caller]
    fn expect_stop(&self, accepted: bool, result: &Result<Value>, what: &str) {
        let stopped = result.as_ref().is_err_and(|error| error.is(Kind::CancelledError));
        assert!(if accepted { stopped } else { result.is_ok() }, "{} {what}: {result:?}", self.id);
    }

    /// Stops each task in every turn: nothing else can come of it than a result or a stop.
    fn stop_each(&self) -> usize {
        let strike = |_: &Trial, task: &TaskRef| task.cancel();
        self.strike_each("stopped", true, strike, |error| error.is(Kind::CancelledError))
    }

    fn throw(&self, kind: Kind) -> usize {
        let how = format!("{} thrown in", kind.name());
        self.strike_each(&how, false, |_, task| task.throw(Error::new(kind, FAULT)), is_fault)
    }

    /// Throws an error into each task in every turn, and stops the program within the next few.
    fn throw_and_stop(&self) -> usize {
        let turns = 0..4;
        let in_turn = |later: usize| {
            let how = format!("struck and the program stopped {later} turns later");
            let strike = |trial: &Trial, task: &TaskRef| {
                let struck = task.throw(Error::new(Kind::RuntimeError, FAULT));
                if struck && trial.go(later) {
                    trial.main.cancel();
                }
                struck
            };
            self.strike_each(&how, false, strike, |error| error.is(Kind::CancelledError) || is_fault(error))
        };
        turns.map(in_turn).sum()
    }

    /// Does something to each task in every turn, after which the others may wait for it in vain or not. The program
    /// ends well or with an error that can come of it.
    fn strike_each(
        &self,
        how: &str,
        may_be_stuck: bool,
        strike: impl Fn(&Trial, &TaskRef) -> bool,
        expected: impl Fn(&Error) -> bool,
    ) -> usize {
        let mut runs = 0;
        for at in 0.. {
            let mut on = false;
            for which in 0.. {
                let trial = self.start();
                on = trial.go(at);
                let tasks = trial.tasks();
                let struck = tasks.get(which).is_some_and(|task| strike(&trial, task));
                let what = format!("task {which} {how} after {at} turns");
                if let Err(error) = self.finish(trial, may_be_stuck && struck, &what) {
                    assert!(struck && expected(&error), "{} {what}: {error}", self.id);
                }
                if !struck {
                    break;
                }
                runs += 1;
            }
            if !on {
                break;
            }
        }
        runs
    }

    /// Lets the time be over whenever anything happens, and between: whoever sets a limit before the end hears of it.
    fn time_out(&self, times: Vec<Duration>, end: Duration) -> usize {
        let between = times.windows(2).map(|pair| (pair[0] + pair[1]) / 2);
        let limits: Vec<_> = times.iter().copied().chain(between).collect();
        for &limit in &limits {
            let trial = Trial::new(self.id, self.given, Some(limit));
            let what = format!("out of time after {limit:?}");
            let result = self.finish(trial, false, &what);
            let late = result.as_ref().is_err_and(|error| error.is(Kind::TimeoutError));
            let expected = if limit < end { late } else { late && limit == end || result.is_ok() };
            assert!(expected, "{} {what} of {end:?}: {result:?}", self.id);
        }
        limits.len()
    }
}

/// Says whether it tells of the error that was thrown in.
fn is_fault(error: &Error) -> bool {
    error.to_string().contains(FAULT)
}
