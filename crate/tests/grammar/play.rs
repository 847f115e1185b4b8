//! Does what a program says. The twin is in ../twins/grammar.py, in the same order.

use std::rc::Rc;

use futures::TryStreamExt;
use futures::future::LocalBoxFuture;
use loopscope::{
    Duration, Error, Kind, Result, VirtualLoop, aclosing, async_with, current_task, finally, shield, sleep,
    spawn, timeout,
};

use crate::generators::Generator;
use crate::step::{Body, Step, parse};
use crate::world::{World, told};
use crate::{generators, managers};

/// Runs a program and gives what it says.
pub(crate) fn tell(program: &str) -> String {
    let world = World::new();
    let virtual_loop = VirtualLoop::new();
    // Who drops what when is not what this is about.
    virtual_loop.on_unhandled(|_| ());
    let (body, shared) = (parse(program), world);
    virtual_loop.run(play(shared, body)).unwrap()
}

async fn play(world: Rc<World>, body: Body) -> Result<String> {
    start(&world, &body);
    for round in 0..3 {
        sleep(Duration::from_secs(25)).await?;
        for task in &*world.tasks.borrow() {
            task.cancel_with(&format!("end{round}"));
        }
    }
    sleep(Duration::from_secs(25)).await?;
    let end = |task: &loopscope::Task<()>| match task.is_finished() {
        true => task.cancelling().to_string(),
        false => "?".to_owned(),
    };
    let ends: String = world.tasks.borrow().iter().map(end).collect();
    world.say("", ends);
    Ok(world.said())
}

/// Starts a task and gives its number.
fn start(world: &Rc<World>, body: &Body) -> usize {
    let who = world.tasks.borrow().len();
    let (own, body) = (world.clone(), body.clone());
    let task = spawn(async move {
        let result = run(&own, who, &body).await;
        match &result {
            Ok(()) => own.say(who, "."),
            Err(error) => own.say(who, format_args!("!{}", told(error))),
        }
        result
    });
    world.tasks.borrow_mut().push(task);
    who
}

pub(crate) fn run(world: &Rc<World>, who: usize, body: &Body) -> LocalBoxFuture<'static, Result<()>> {
    run_with(world, who, body, None)
}

/// Runs a body whose steps may be about a generator.
fn run_with(
    world: &Rc<World>,
    who: usize,
    body: &Body,
    generator: Option<Rc<Generator>>,
) -> LocalBoxFuture<'static, Result<()>> {
    let (world, body) = (world.clone(), body.clone());
    Box::pin(async move {
        for one in &*body {
            step(&world, who, one, generator.as_ref()).await?;
        }
        Ok(())
    })
}

pub(crate) async fn step(
    world: &Rc<World>,
    who: usize,
    step: &Step,
    generator: Option<&Rc<Generator>>,
) -> Result<()> {
    let Step { letter, digit, bodies } = step;
    let (letter, digit) = (*letter, *digit);
    let queue = &world.queues[digit % 3];
    let quarters = Duration::from_millis(250 * digit as u64);
    match letter {
        'z' => sleep(quarters).await?,
        'l' => {
            let _guard = world.locks[digit % 2].acquire().await?;
            world.say(who, format_args!("l{digit}"));
            run(world, who, &bodies[0]).await?;
        }
        's' => {
            let _permit = world.semaphore.acquire().await?;
            world.say(who, "s");
            run(world, who, &bodies[0]).await?;
        }
        'c' => {
            let _guard = world.condition.acquire().await?;
            world.condition.wait().await?;
            world.say(who, "c");
            run(world, who, &bodies[0]).await?;
        }
        'n' => {
            let _guard = world.condition.acquire().await?;
            world.condition.notify(digit)?;
            world.say(who, "n");
        }
        'e' => {
            world.event.wait().await?;
            world.say(who, "e");
        }
        'E' => world.event.set(),
        'F' => world.event.clear(),
        'p' => {
            let item = world.next() * 7 % 10;
            queue.put(item).await?;
            world.say(who, format_args!("p{digit}={item}"));
        }
        'P' => queue.put_nowait(world.next() * 7 % 10)?,
        'g' => world.say(who, format_args!("g{digit}={}", queue.get().await?)),
        'G' => world.say(who, format_args!("G{digit}={}", queue.get_nowait()?)),
        'd' => queue.task_done()?,
        'j' => {
            queue.join().await?;
            world.say(who, format_args!("j{digit}"));
        }
        'q' => queue.shutdown(digit > 2),
        't' => world.say(who, format_args!("t{}", start(world, &bodies[0]))),
        'a' | 'b' => {
            if let Some(task) = world.younger(who, digit) {
                let waited = if letter == 'a' { task.join().await } else { shield(task).await };
                // A value is given once here, and any number of times there.
                waited.or_else(
                    |error| if error.message().contains("was taken") { Ok(()) } else { Err(error) },
                )?;
                world.say(who, format_args!("{letter}{digit}"));
            }
        }
        'x' => {
            let task = {
                let tasks = world.tasks.borrow();
                tasks[digit % tasks.len()].clone()
            };
            let asked = task.cancel_with(&format!("x{}", world.next()));
            world.say(who, format_args!("x{digit}={}", u8::from(asked)));
        }
        'u' => world.say(who, format_args!("u{}", current_task().unwrap().uncancel())),
        'o' => timeout(quarters, |_| run(world, who, &bodies[0])).await?,
        'y' | 'Y' => match run_with(world, who, &bodies[0], generator.cloned()).await {
            Err(error) if letter == 'Y' || error.kind().is_ordinary() => {
                world.say(who, format_args!("{letter}!{}", told(&error)));
            }
            other => other?,
        },
        'w' => finally(run(world, who, &bodies[0]), || run(world, who, &bodies[1])).await?,
        'r' => {
            let message = format!("r{}", world.next());
            return Err(if digit % 2 == 0 { Error::value(message) } else { Error::key(message) });
        }
        'm' => {
            let manager = managers::manager(world, who, digit % 2 == 1, &bodies[0], &bodies[1]);
            let body = async |number| {
                world.say(who, format_args!("m{number}"));
                run(world, who, &bodies[2]).await
            };
            async_with(manager, body).await?;
        }
        'k' => managers::stack(world, who, digit, bodies).await?,
        'i' => {
            let values = generators::generator(world, who, digit / 4, &bodies[..2]);
            let read = async |values: Rc<Generator>| {
                let mut left = digit % 4;
                loop {
                    let value = match values.anext().await {
                        Err(end) if end.is(Kind::StopAsyncIteration) => return Ok(()),
                        value => value?,
                    };
                    world.say(who, format_args!("i{value}"));
                    run(world, who, &bodies[2]).await?;
                    if left == 1 {
                        return Ok(());
                    }
                    left = left.saturating_sub(1);
                }
            };
            async_with(aclosing(values), read).await?;
        }
        'I' => {
            let mut left = digit % 4;
            let mut values = generators::generator(world, who, digit / 4, bodies);
            while let Some(value) = values.try_next().await? {
                world.say(who, format_args!("I{value}"));
                if left <= 1 {
                    break;
                }
                left -= 1;
            }
        }
        'h' => {
            let values = generators::generator(world, who, digit, &bodies[..2]);
            let by_hand = async |values: Rc<Generator>| run_with(world, who, &bodies[2], Some(values)).await;
            async_with(aclosing(values), by_hand).await?;
        }
        _ => {
            if let Some(generator) = generator {
                generators::call(world, who, letter, digit, generator).await?;
            }
        }
    }
    Ok(())
}
