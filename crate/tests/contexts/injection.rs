//! Stops and drops at every single poll of a program made of managers: what was acquired is released.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as Polling, Poll};

use loopscope::{
    AsyncContext, AsyncExitStack, AsyncGen, Duration, Error, Exit, Result, VirtualLoop, aclosing,
    async_context, async_with, sleep,
};
use wasm_bindgen_test::wasm_bindgen_test;

fn pause() -> impl Future<Output = Result<()>> {
    sleep(Duration::from_millis(1))
}

/// How much is held, and how much ever was.
#[derive(Clone, Default)]
struct Held(Rc<Cell<(i32, i32)>>);

impl Held {
    fn acquire(&self) {
        let (now, ever) = self.0.get();
        self.0.set((now + 1, ever + 1));
    }

    fn release(&self) {
        let (now, ever) = self.0.get();
        assert!(now > 0, "released twice");
        self.0.set((now - 1, ever));
    }
}

/// A manager whose exit waits before and after it gives back.
struct Hand(Held);

impl AsyncContext for Hand {
    type Value = ();

    async fn enter(&mut self) -> Result<()> {
        pause().await?;
        self.0.acquire();
        Ok(())
    }

    async fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        let paused = pause().await;
        self.0.release();
        paused?;
        pause().await?;
        Ok(Exit::Propagate)
    }
}

/// The same as a generator.
fn made(held: &Held) -> impl AsyncContext<Value = ()> + use<> {
    let held = held.clone();
    async_context(async move |co| {
        pause().await?;
        held.acquire();
        let used = co.yield_(()).await;
        let paused = pause().await;
        held.release();
        paused?;
        used.map(drop)
    })
}

fn numbers(held: &Held) -> AsyncGen<i32> {
    let held = held.clone();
    AsyncGen::new(async move |co| {
        let counted = async_with(Hand(held.clone()), async |()| {
            async_with(made(&held), async |()| {
                for number in 0..3 {
                    pause().await?;
                    co.yield_(number).await?;
                }
                Ok(())
            })
            .await
        });
        counted.await.map(drop)
    })
}

/// Uses all kinds of managers, one inside of the other.
async fn program(held: Held) -> Result<()> {
    let nested = async_with(Hand(held.clone()), async |()| {
        async_with(made(&held), async |()| pause().await).await?;
        async_with(AsyncExitStack::new(), async |stack| {
            stack.enter_async_context(made(&held)).await?;
            stack.enter_async_context(Hand(held.clone())).await?;
            async_with(aclosing(numbers(&held)), async |numbers| {
                while numbers.anext().await? < 1 {}
                Ok(())
            })
            .await?;
            pause().await
        })
        .await
    });
    nested.await.map(drop)
}

/// Lets the loop do one turn, after a jump in time if need be; false at its end.
fn turn(lap: &VirtualLoop) -> bool {
    lap.turn() || lap.advance_to_next()
}

#[wasm_bindgen_test(unsupported = test)]
fn row_25_what_was_acquired_is_released_wherever_a_task_is_asked_to_stop_and_again() {
    let mut runs = 0;
    let mut most = 0;
    for first in 0.. {
        let mut ended = false;
        for second in 0..12 {
            let (held, lap) = (Held::default(), VirtualLoop::new());
            let task = lap.spawn("main", program(held.clone()));
            for _ in 0..first {
                ended = !turn(&lap);
            }
            task.cancel();
            if second > 0 {
                for _ in 1..second {
                    turn(&lap);
                }
                task.cancel();
            }
            lap.run_until_idle();
            let (now, ever) = held.0.get();
            assert!(task.is_finished() && now == 0, "{now} held after stops at {first} and {second} later");
            (runs, most) = (runs + 1, most.max(ever));
        }
        if ended {
            break;
        }
    }
    assert!(runs > 200 && most == 6, "{runs} runs, at most {most} acquired");
}

/// Polls a future so many times, and drops it.
struct GivenUp<F>(Option<Pin<Box<F>>>, usize);

impl<F: Future<Output = Result<()>>> Future for GivenUp<F> {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Polling<'_>) -> Poll<Result<()>> {
        let this = &mut *self;
        if this.1 > 0
            && let Some(future) = &mut this.0
        {
            this.1 -= 1;
            if this.1 > 0 {
                return future.as_mut().poll(context);
            }
        }
        this.0 = None;
        Poll::Ready(Err(Error::runtime("given up")))
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn what_was_acquired_is_released_wherever_a_program_is_dropped() {
    let mut most = 0;
    for polls in 1.. {
        let (held, lap) = (Held::default(), VirtualLoop::new());
        let task = lap.spawn("main", GivenUp(Some(Box::pin(program(held.clone()))), polls));
        lap.run_until_idle();
        let (now, ever) = held.0.get();
        assert_eq!(now, 0, "dropped at poll {polls}");
        most = most.max(ever);
        if task.result().is_some_and(|result| result.is_ok()) {
            break;
        }
    }
    assert_eq!(most, 6);
}
