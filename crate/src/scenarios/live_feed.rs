//! Reads messages as they come in: a broken one is passed over, and a connection that closes is the normal end.

use std::cell::Cell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{
    AsyncContext, AsyncGen, Duration, Error, Kind, Result, async_context, async_with, print, sleep,
};

struct Socket {
    next: Cell<u64>,
    last: u64,
    gap: Duration,
    closed: Cell<bool>,
}

/// Waits for the next message. That the other side has closed is an error, as with any socket.
async fn receive(socket: &Socket) -> Result<String> {
    let number = socket.next.get();
    if number > socket.last {
        return Err(Error::new(Kind::ConnectionError, "closed by the other side"));
    }
    sleep(socket.gap).await?;
    socket.next.set(number + 1);
    Ok(match (number % 5, number % 3) {
        (0, _) => format!("?{number}?"),
        (_, 0) => format!("alert: pump {number} is hot"),
        _ => format!("info: pump {number} runs"),
    })
}

fn connection(socket: Rc<Socket>) -> impl AsyncContext<Value = ()> {
    async_context(async move |co| {
        print("connected");
        let used = co.yield_(()).await;
        socket.closed.set(true);
        print("connection closed");
        used.map(drop)
    })
}

/// The messages, until the other side closes.
fn read_all(socket: Rc<Socket>) -> AsyncGen<String> {
    AsyncGen::new(async move |co| {
        loop {
            let message = match receive(&socket).await {
                Err(error) if error.is(Kind::ConnectionError) => return Ok(()),
                message => message?,
            };
            co.yield_(message).await?;
        }
    })
    .named("read_all")
}

pub(super) async fn run(messages: u64, gap: Duration) -> Result<Value> {
    let socket = Rc::new(Socket { next: Cell::new(1), last: messages, gap, closed: Cell::new(false) });
    let (mut kept, mut skipped, mut invalid) = (0, 0, 0);
    async_with(connection(socket.clone()), async |()| {
        let mut feed = read_all(socket.clone());
        while let Some(message) = feed.try_next().await? {
            match message.split_once(": ") {
                Some(("alert", what)) => {
                    print(format!("alert: {what}"));
                    kept += 1;
                }
                Some(_) => skipped += 1,
                None => {
                    print(format!("cannot read {message}"));
                    invalid += 1;
                }
            }
        }
        Ok(())
    })
    .await?;
    Ok(json!({ "kept": kept, "skipped": skipped, "invalid": invalid, "closed": socket.closed.get() }))
}
