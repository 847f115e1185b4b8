//! One run, and all of them.

use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::rc::Rc;

use futures::future::{Either, select};
use loopscope::{Duration, Error, Event, Kind, Result, VirtualLoop, sleep, spawn};

/// The turn in which the first thing is given.
const FIRST: usize = 3;

/// How the waiters are stopped.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum By {
    Cancel,
    /// The future that waits is polled once more and then dropped by its task, which ends.
    Drop,
    /// The future that waits is dropped as it is, also when it could go on.
    DropUnpolled,
}

/// One run: waiters, which of them are stopped, in which turns, before or after something is given in that turn.
pub(crate) struct Run {
    pub(crate) count: usize,
    stopped: Vec<usize>,
    at: std::ops::Range<usize>,
    before: bool,
    by: By,
    turn: Cell<usize>,
    story: RefCell<String>,
}

impl Run {
    pub(crate) fn say(&self, text: impl std::fmt::Display) {
        write!(self.story.borrow_mut(), " {}:{text}", self.turn.get()).unwrap();
    }

    /// Returns how much is enough for those who are not stopped: what gets lost is missed.
    pub(crate) fn enough(&self) -> usize {
        self.count - self.stopped.len()
    }

    /// Starts the waiters, calls `give` in every turn from `FIRST` on, and stops whom it shall.
    /// Says whether somebody waits in vain.
    pub(crate) async fn play<F>(
        self: &Rc<Self>,
        work: impl Fn(usize) -> F,
        mut give: impl AsyncFnMut(usize) -> Result<()>,
    ) -> Result<bool>
    where
        F: Future<Output = Result<()>> + 'static,
    {
        let drops: Vec<_> = (0..self.count).map(|_| Event::new()).collect();
        let waiter = |i: usize| {
            let (run, work, drop) = (self.clone(), Box::pin(work(i)), drops[i].clone());
            spawn(async move {
                let ended = match run.by {
                    By::Cancel => work.await,
                    By::Drop => match select(work, Box::pin(drop.wait())).await {
                        Either::Left((ended, _)) => ended,
                        Either::Right(_) => Err(Error::cancelled()),
                    },
                    By::DropUnpolled => match select(Box::pin(drop.wait()), work).await {
                        Either::Left(_) => Err(Error::cancelled()),
                        Either::Right((ended, _)) => ended,
                    },
                };
                if ended.as_ref().is_err_and(|error| error.is(Kind::CancelledError)) {
                    run.say(format_args!("{i}x"));
                }
                ended
            })
        };
        let tasks: Vec<_> = (0..self.count).map(waiter).collect();
        let stop = || {
            for &i in &self.stopped {
                if self.by == By::Cancel {
                    tasks[i].cancel();
                } else {
                    drops[i].set();
                }
            }
        };
        for turn in 0..FIRST + 3 * self.count + 3 {
            self.turn.set(turn);
            let due = self.at.contains(&turn);
            if due && self.before {
                stop();
            }
            if turn >= FIRST {
                give(turn - FIRST).await?;
            }
            if due && !self.before {
                stop();
            }
            sleep(Duration::ZERO).await?;
        }
        let ends: String =
            tasks.iter().map(|task| task.result().map_or('s', |r| r.map_or('x', |()| '.'))).collect();
        let stuck = ends.contains('s');
        self.say(ends);
        for task in tasks {
            task.cancel();
        }
        sleep(Duration::ZERO).await?;
        Ok(stuck)
    }
}

/// Tells the stories of all runs of a kind with so many waiters.
pub(crate) fn stories<F>(name: &str, kind: fn(Rc<Run>) -> F, count: usize, by: By) -> Vec<String>
where
    F: Future<Output = Result<()>> + 'static,
{
    let mut sets: Vec<Vec<usize>> =
        (1..1 << count).map(|set| (0..count).filter(|i| set & (1 << i) != 0).collect()).collect();
    sets.sort_by_key(|set: &Vec<usize>| (set.len(), set.clone()));
    let mut told = Vec::new();
    for stopped in sets {
        for (at, times, before) in (0..FIRST + 3 * count)
            .flat_map(|at| [(at, 1, true), (at, 1, false), (at, 2, true), (at, 2, false)])
        {
            let run = Rc::new(Run {
                count,
                stopped: stopped.clone(),
                at: at..at + times,
                before,
                by,
                turn: Cell::new(0),
                story: RefCell::default(),
            });
            VirtualLoop::new().run(kind(run.clone())).unwrap();
            let who: Vec<_> = stopped.iter().map(usize::to_string).collect();
            let order = if before { "before" } else { "after" };
            let story = run.story.borrow();
            told.push(format!("{name} {count} stop {} {order} {at} x{times}:{story}", who.join(",")));
        }
    }
    told
}

/// FNV-1a with 64 bits over the lines, as the twin has it.
pub(crate) fn hash(lines: &[String]) -> u64 {
    let bytes = lines.iter().flat_map(|line| line.bytes().chain([b'\n']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
