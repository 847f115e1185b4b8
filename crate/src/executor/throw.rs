use super::TaskRef;
use crate::error::Error;

impl TaskRef {
    /// Lets the await at which the task stands raise this error, whatever it waits for: to try out what a program does
    /// when that fails. Python has this for coroutines only. False when the task has ended.
    ///
    /// As with [`TaskRef::cancel`], a task that has not begun never does, and one that runs hears of it at its next
    /// await. Nothing reaches an await of another crate.
    ///
    /// ```
    /// use loopscope::{Duration, Error, VirtualLoop, sleep, spawn};
    ///
    /// let said = VirtualLoop::new().run(async {
    ///     let download = spawn(async {
    ///         let slept = sleep(Duration::from_secs(60)).await;
    ///         Ok(slept.map_or_else(|error| error.to_string(), |()| "downloaded".to_owned()))
    ///     });
    ///     sleep(Duration::from_secs(1)).await?;
    ///     assert!(download.throw(Error::value("half of it is missing")));
    ///     download.await
    /// });
    /// assert_eq!(said.unwrap(), "ValueError: half of it is missing");
    /// ```
    pub fn throw(&self, error: Error) -> bool {
        let Some(core) = self.cell().core().filter(|_| !self.is_finished()) else { return false };
        self.cell().inject(error);
        core.wake_because(self.cell().key(), "an error was thrown in");
        true
    }
}
