//! An exit decides what becomes of an error: this one swallows a `ValueError`, and lets any other through.

use loopscope::value::{Value, json};
use loopscope::{AsyncContext, Duration, Error, Exit, Kind, Result, async_with, print, sleep};

struct Form;

impl AsyncContext for Form {
    type Value = ();

    async fn enter(&mut self) -> Result<()> {
        print("the form is open");
        Ok(())
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        sleep(Duration::from_millis(500)).await?;
        print("the form is put away"); // after an error as well
        match error {
            Some(error) if error.is(Kind::ValueError) => Ok(Exit::Suppress),
            _ => Ok(Exit::Propagate),
        }
    }
}

/// Fills in a form, fails with an error, and tells what became of it.
async fn fill_in(failure: Error) -> Result<&'static str> {
    let filled = async_with(Form, async |()| {
        sleep(Duration::from_millis(500)).await?;
        print(failure.headline());
        Err::<(), _>(failure.clone())
    });
    match filled.await {
        Ok(_) => Ok("suppressed"),
        Err(error) if error.is_same(&failure) => Ok("escaped"),
        Err(other) => Err(other),
    }
}

pub(super) async fn run() -> Result<Value> {
    let value_error = fill_in(Error::value("\"many\" is no number")).await?;
    print(format!("the first error was {value_error}"));
    let key_error = fill_in(Error::key("the form has no field \"size\"")).await?;
    print(format!("the second error {key_error}"));
    Ok(json!({ "value_error": value_error, "key_error": key_error }))
}
