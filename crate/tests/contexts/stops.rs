//! Context managers whose task is asked to stop, or whose future is given up: the clean-up is never skipped.

use std::cell::RefCell;
use std::rc::Rc;

use crate::story::{say, story};
use crate::told::told;
use futures::FutureExt;
use loopscope::context::AsyncGenContext;
use loopscope::{
    AsyncContext, AsyncExitStack, AsyncGen, Duration, Error, Exit, Result, aclosing, async_context,
    async_with, sleep, spawn,
};
use wasm_bindgen_test::wasm_bindgen_test;

const TWINS: &str = include_str!("../twins/contexts.txt");

/// Finds what the twin of that name said.
fn twin(name: &str) -> Vec<&'static str> {
    let from_there = TWINS.lines().skip_while(|line| *line != format!("# {name}")).skip(1);
    let said: Vec<_> = from_there.take_while(|line| !line.starts_with('#')).collect();
    assert!(!said.is_empty(), "there is no twin {name}");
    said
}

fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// A generator with a clean-up that waits inside of one that does not.
fn generator() -> AsyncGenContext<&'static str> {
    async_context(async |co| {
        say("acquiring");
        let held = async {
            sleep(ms(10)).await?;
            say("acquired");
            let used = co.yield_("it").await;
            say("releasing");
            sleep(ms(10)).await?;
            say("released");
            used.map(drop)
        };
        let held = held.await;
        say("outer finally");
        held
    })
}

/// A manager written by hand whose enter and exit wait.
struct Hand;

impl AsyncContext for Hand {
    type Value = &'static str;

    async fn enter(&mut self) -> Result<&'static str> {
        say("acquiring");
        sleep(ms(10)).await?;
        say("acquired");
        Ok("it")
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        say(format!("releasing, {}", told(error)));
        sleep(ms(10)).await?;
        say("released");
        Ok(Exit::Propagate)
    }
}

async fn use_it(manager: impl AsyncContext<Value = &'static str> + 'static) -> Result<()> {
    let used = async_with(manager, async |it| {
        say(format!("body has {it}"));
        sleep(ms(20)).await?;
        say("body done");
        Ok(())
    });
    used.await.map(drop)
}

/// Checks what happens when the task that uses a manager is asked to stop after each of these times; gives what came
/// after the body had the thing.
fn check(after: &'static [u64]) -> [Vec<String>; 2] {
    fn stopped<M: AsyncContext<Value = &'static str> + 'static>(
        make: fn() -> M,
        after: &'static [u64],
    ) -> Vec<String> {
        story(async move {
            let task = spawn(use_it(make()));
            for &after in after {
                if after > 0 {
                    sleep(ms(after)).await?;
                }
                task.cancel();
            }
            say(told(task.await.err().as_ref()));
            Ok(())
        })
    }

    let times: String = after.iter().map(|after| format!(" {after}")).collect();
    let generator = stopped(generator, after);
    assert_eq!(generator, twin(&format!("stopped generator{times}")));
    let hand = stopped(|| Hand, after);
    assert_eq!(hand, twin(&format!("stopped hand{times}")));
    [generator, hand].map(|told| told.into_iter().skip(3).collect())
}

#[wasm_bindgen_test(unsupported = test)]
fn row_24_a_stop_while_entering_cleans_up_what_was_half_done_and_runs_neither_body_nor_exit() {
    check(&[]);
    check(&[5]);
    check(&[0]);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_25_a_stop_in_the_body_reaches_the_exit_whose_awaits_complete() {
    let [generator, hand] = check(&[20]);
    assert_eq!(
        generator,
        ["0.020 releasing", "0.030 released", "0.030 outer finally", "0.030 CancelledError"]
    );
    assert_eq!(hand, ["0.020 releasing, CancelledError", "0.030 released", "0.030 CancelledError"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_26_a_stop_while_leaving_breaks_that_await_off_and_no_other_clean_up() {
    check(&[35]);
    // The second stop, while the first is being handled, has it as its context.
    let [generator, hand] = check(&[20, 3]);
    let twice = "0.023 CancelledError, context CancelledError";
    assert_eq!(generator, ["0.020 releasing", "0.023 outer finally", twice]);
    assert_eq!(hand, ["0.020 releasing, CancelledError", twice]);
}

/// A manager that tells of itself.
struct Telling {
    name: String,
    enter: Duration,
    exit: Duration,
}

impl AsyncContext for Telling {
    type Value = ();

    async fn enter(&mut self) -> Result<()> {
        say(format!("enter {}", self.name));
        sleep(self.enter).await?;
        say(format!("entered {}", self.name));
        Ok(())
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        say(format!("exit {} {}", self.name, told(error)));
        sleep(self.exit).await?;
        say(format!("exited {}", self.name));
        Ok(Exit::Propagate)
    }
}

async fn worker(name: &'static str) -> Result<()> {
    let outer = Telling { name: format!("{name}1"), enter: ms(0), exit: ms(10) };
    let inner = Telling { name: format!("{name}2"), enter: ms(10), exit: ms(0) };
    let worked = async_with(outer, async |()| {
        let body = async |()| {
            say(format!("body {name}"));
            sleep(ms(0)).await?;
            if name == "b" { Err(Error::value("b fails")) } else { Ok(()) }
        };
        async_with(inner, body).await?;
        say(format!("between {name}"));
        Ok(())
    });
    worked.await.map(drop)
}

#[wasm_bindgen_test(unsupported = test)]
fn managers_of_two_tasks_take_turns_as_in_asyncio() {
    let told = story(async {
        let (a, b) = (spawn(worker("a")), spawn(worker("b")));
        for task in [b, a] {
            say(told(task.await.err().as_ref()));
        }
        Ok(())
    });
    assert_eq!(told, twin("workers"));
}

fn numbers() -> AsyncGen<i32> {
    AsyncGen::new(async |co| {
        let counted = async {
            for number in 0..10 {
                sleep(ms(1)).await?;
                co.yield_(number).await?;
            }
            Ok(())
        };
        let counted = counted.await;
        say("closing");
        sleep(ms(5)).await?;
        say("closed");
        counted
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn row_21_aclosing_closes_before_the_next_line_and_gives_the_same_object() {
    let told = story(async {
        let numbers_given = Rc::new(numbers());
        let closer = loopscope::context::Aclosing::from(numbers_given.clone());
        async_with(closer, async |numbers| {
            assert!(Rc::ptr_eq(&numbers, &numbers_given));
            loop {
                let number = numbers.anext().await?;
                say(number.to_string());
                if number == 1 {
                    break;
                }
            }
            say("left the loop");
            Ok(())
        })
        .await?;
        say("after");
        say(told(numbers_given.anext().await.err().as_ref()));
        let failed = async_with(aclosing(numbers()), async |numbers| {
            numbers.anext().await?;
            Err::<(), _>(Error::type_error(""))
        });
        say(told(failed.await.err().as_ref()));
        Ok(())
    });
    assert_eq!(told, twin("closing"));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_body_that_is_given_up_is_left_by_a_task_of_its_own() {
    let told = story(async {
        let mut used = Box::pin(use_it(Hand));
        assert!(used.as_mut().now_or_never().is_none());
        drop(used); // while entering: there is nothing to leave
        let task = spawn(async {
            let body = futures::future::select(Box::pin(use_it(Hand)), Box::pin(sleep(ms(15)))).await;
            drop(body);
            say("given up");
            Ok(())
        });
        task.await?;
        sleep(ms(50)).await
    });
    let expected = "0.000 acquiring|0.000 acquiring|0.010 acquired|0.010 body has it|0.015 given up|\
        0.015 releasing, GeneratorExit|0.025 released";
    assert_eq!(told.join("|"), expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn without_a_loop_a_body_that_is_given_up_is_left_as_far_as_that_goes() {
    let log = Rc::new(RefCell::new(vec![]));
    let (entered, left) = (log.clone(), log.clone());
    let manager = async_context(async move |co| {
        entered.borrow_mut().push("enter");
        let used = co.yield_(()).await;
        left.borrow_mut().push(used.as_ref().map_or_else(|error| error.kind().name(), |_| "fine"));
        used.map(drop)
    });
    let mut used = Box::pin(async_with(manager, async |()| futures::future::pending::<Result<()>>().await));
    assert!(used.as_mut().now_or_never().is_none());
    drop(used);
    assert_eq!(*log.borrow(), ["enter", "GeneratorExit"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn exits_that_were_to_come_when_the_stack_was_given_up_are_called() {
    let given_up = async |rest: Duration| {
        let stack = AsyncExitStack::new();
        for name in ["a", "b", "c"] {
            stack.push_async_exit(async move |error| {
                say(format!("exit {name} {}", told(error)));
                sleep(ms(10)).await?;
                say(format!("exited {name}"));
                Ok(Exit::Propagate)
            });
        }
        let mut closing = Box::pin(stack.aclose());
        assert!(closing.as_mut().now_or_never().is_none());
        drop(closing);
        if rest.is_zero() { Ok(()) } else { sleep(rest).await }
    };
    let rest = "0.000 exit c None|0.000 exit b GeneratorExit|0.010 exited b|0.010 exit a GeneratorExit|0.020 exited a";
    assert_eq!(story(given_up(ms(30))).join("|"), rest);
    // The program ends before the second exit has: that one is asked to stop, as every task is then.
    let stopped = "0.000 exit c None|0.000 exit b GeneratorExit|0.005 exit a CancelledError|0.015 exited a";
    assert_eq!(story(given_up(ms(5))).join("|"), stopped);
    let at_once = "0.000 exit c None|0.000 exit b CancelledError|0.010 exited b|0.010 exit a CancelledError|0.020 exited a";
    assert_eq!(story(given_up(ms(0))).join("|"), at_once);
}
