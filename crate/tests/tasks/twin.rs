//! What the programs share with their twins in `twins/twin.py`: what they say, and small programs to run.

use std::cell::RefCell;
use std::fmt::Display;

use loopscope::{Duration, Error, Kind, Result, Task, VirtualLoop, finally, now, sleep, spawn};

thread_local! {
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Says something, with the time.
pub(crate) fn say(text: impl Display) {
    SAID.with_borrow_mut(|said| said.push(format!("{:.3} {text}", now().as_secs_f64())));
}

/// Runs a program and checks that it says what the twin of that name says in `told`.
#[track_caller]
pub(crate) fn check(told: &str, name: &str, program: impl Future<Output = Result<()>> + 'static) {
    SAID.with_borrow_mut(Vec::clear);
    let virtual_loop = VirtualLoop::new();
    virtual_loop.on_unhandled(|unhandled| {
        say(format!("unhandled: {}: {}", unhandled.message(), tell(unhandled.error())));
    });
    virtual_loop.run(program).unwrap();
    let twin: Vec<_> = told
        .lines()
        .skip_while(|line| *line != format!("# {name}"))
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .collect();
    assert!(!twin.is_empty(), "there is no twin {name}");
    let said = SAID.take();
    assert!(said == twin, "{name} says\n{}\nits twin says\n{}", said.join("\n"), twin.join("\n"));
}

/// Tells an error with all that led to it.
pub(crate) fn tell(error: &Error) -> String {
    let mut text = error.headline();
    if !error.errors().is_empty() {
        let errors: Vec<_> = error.errors().iter().map(tell).collect();
        text += &format!(" [{}]", errors.join("; "));
    }
    let (cause, context) = (error.cause(), error.context());
    if let Some(cause) = &cause {
        text += &format!(" cause({})", tell(cause));
    }
    match &context {
        Some(context) if !cause.is_some_and(|cause| cause.is_same(context)) => {
            text + &format!(" context({})", tell(context))
        }
        _ => text,
    }
}

/// A value as Python writes it.
pub(crate) trait Shown {
    fn shown(&self) -> String;
}

impl Shown for i32 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for () {
    fn shown(&self) -> String {
        "None".to_owned()
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn shown(&self) -> String {
        format!("[{}]", self.iter().map(Shown::shown).collect::<Vec<_>>().join(", "))
    }
}

/// A truth as Python writes it.
pub(crate) fn truth(truth: bool) -> &'static str {
    if truth { "True" } else { "False" }
}

/// Says what comes of a future; gives the error if it is one.
pub(crate) async fn ask<T: Shown>(
    name: &'static str,
    future: impl Future<Output = Result<T>>,
) -> Result<Option<Error>> {
    match future.await {
        Ok(value) => {
            say(format!("{name}: {}", value.shown()));
            Ok(None)
        }
        Err(error) => {
            say(format!("{name}: {}", tell(&error)));
            Ok(Some(error))
        }
    }
}

/// As [`ask`], for a task that gives nothing.
pub(crate) async fn just_ask<T: Shown>(
    name: &'static str,
    future: impl Future<Output = Result<T>>,
) -> Result<()> {
    ask(name, future).await.map(drop)
}

pub(crate) fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// Takes some time, and says how it goes.
pub(crate) async fn work(name: &'static str, seconds: f64, result: Result<i32>) -> Result<i32> {
    say(format!("{name} starts"));
    if let Err(stop) = sleep(secs(seconds)).await {
        say(format!("{name} is stopped: {}", tell(&stop)));
        return Err(stop);
    }
    say(format!("{name} {}", if result.is_ok() { "ends" } else { "fails" }));
    result
}

pub(crate) async fn job(name: &'static str, seconds: f64, value: i32) -> Result<i32> {
    work(name, seconds, Ok(value)).await
}

pub(crate) async fn fail(name: &'static str, seconds: f64) -> Result<i32> {
    work(name, seconds, Err(Error::value(name))).await
}

/// Cleans up on every way out.
pub(crate) async fn careful(name: &'static str, seconds: f64, clean_up: f64) -> Result<()> {
    let clean = async || {
        say(format!("{name} cleans up"));
        sleep(secs(clean_up)).await?;
        say(format!("{name} is clean"));
        Ok(())
    };
    finally(sleep(secs(seconds)), clean).await
}

/// Refuses to stop.
pub(crate) async fn stubborn(name: &'static str, seconds: f64, value: i32) -> Result<i32> {
    if let Err(stop) = sleep(secs(seconds)).await {
        assert!(stop.is(Kind::CancelledError));
        say(format!("{name} refuses: {}", tell(&stop)));
    }
    Ok(value)
}

/// Fails when it is stopped.
pub(crate) async fn unclean(name: &'static str, seconds: f64) -> Result<()> {
    finally(sleep(secs(seconds)), async || Err(Error::key(name))).await
}

/// Makes the turns of the loop visible.
pub(crate) async fn ticks(count: i32) -> Result<()> {
    for tick in 0..count {
        say(format!("tick {tick}"));
        sleep(Duration::ZERO).await?;
    }
    Ok(())
}

/// Lets all others have their turn.
pub(crate) async fn turn() -> Result<()> {
    sleep(Duration::ZERO).await
}

/// Asks a task to stop after some time: Python's `call_later(…, task.cancel)`.
pub(crate) fn cancel_later<T: 'static>(task: &Task<T>, seconds: f64, message: &'static str) {
    let task = task.clone();
    spawn(async move {
        sleep(secs(seconds)).await?;
        task.cancel_with(message);
        Ok(())
    });
}
