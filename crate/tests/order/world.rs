use std::cell::RefCell;
use std::rc::Rc;

use futures::TryStreamExt;
use futures::future::LocalBoxFuture;
use loopscope::{
    AsyncGen, Duration, Error, Event, Kind, Lock, Queue, Result, Task, TaskRef, WaitUntil, aclosing,
    all_tasks, as_completed, async_with, current_task, finally, gather, gather_results, now, shield, sleep,
    spawn, task_group, timeout, wait, wait_for,
};

use crate::maker::{Body, Step};

/// What the tasks of a program share.
#[derive(Clone)]
pub(crate) struct World(Rc<Shared>);

struct Shared {
    tasks: RefCell<Vec<Task<usize>>>,
    events: [Event; 2],
    lock: Lock,
    queue: Queue<usize>,
    said: RefCell<Vec<String>>,
}

/// The tasks that a body has started.
type Mine = Rc<RefCell<Vec<Task<usize>>>>;

/// Tells an error without what led to it.
fn kinds(error: &Error) -> String {
    let name = error.kind().name();
    if !error.errors().is_empty() {
        return format!("{name}[{}]", error.errors().iter().map(kinds).collect::<Vec<_>>().join(" "));
    }
    if error.message().is_empty() { name.to_owned() } else { format!("{name}({})", error.message()) }
}

fn list(numbers: Vec<usize>) -> String {
    format!("{numbers:?}")
}

impl World {
    pub(crate) fn new() -> Self {
        World(Rc::new(Shared {
            tasks: RefCell::default(),
            events: [Event::new(), Event::new()],
            lock: Lock::new(),
            queue: Queue::new(1),
            said: RefCell::default(),
        }))
    }

    pub(crate) fn said(&self) -> Vec<String> {
        self.0.said.take()
    }

    fn say(&self, text: String) {
        self.0.said.borrow_mut().push(format!("{:.3} {text}", now().as_secs_f64()));
    }

    fn start(&self, body: &Rc<Body>) -> Task<usize> {
        let task = spawn(self.clone().task(body.clone()));
        self.0.tasks.borrow_mut().push(task.clone());
        task
    }

    fn number(&self, task: &TaskRef) -> usize {
        self.0.tasks.borrow().iter().position(|other| other.is_same(task)).unwrap()
    }

    fn numbers(&self, tasks: &[Task<usize>]) -> String {
        list(tasks.iter().map(|task| self.number(task)).collect())
    }

    /// Finds one of all tasks, and its number.
    fn pick(&self, which: usize) -> Option<(usize, Task<usize>)> {
        let tasks = self.0.tasks.borrow();
        let number = which.checked_rem(tasks.len())?;
        Some((number, tasks[number].clone()))
    }

    /// Runs a program and says how its tasks have ended.
    pub(crate) async fn program(self, root: Rc<Body>) -> Result<()> {
        self.start(&root);
        let own = current_task().unwrap();
        loop {
            let others: Vec<_> = all_tasks().into_iter().filter(|task| !task.is_same(&own)).collect();
            if others.is_empty() {
                break;
            }
            wait(others, WaitUntil::All, None).await?;
        }
        for (number, task) in self.0.tasks.borrow().iter().enumerate() {
            let end = match task.exception() {
                _ if task.is_cancelled() => "cancelled".to_owned(),
                Some(error) => kinds(&error),
                None => "returned".to_owned(),
            };
            self.say(format!("{number}: {end}, {} requests", task.cancelling()));
        }
        Ok(())
    }

    /// A body as a task.
    async fn task(self, body: Rc<Body>) -> Result<usize> {
        self.say(format!("{} starts", body.number));
        let result = self.run(&body, &Mine::default()).await;
        match &result {
            Ok(()) => self.say(format!("{} ends", body.number)),
            Err(error) => self.say(format!("{} ends: {}", body.number, kinds(error))),
        }
        result.map(|()| body.number)
    }

    /// A body within a task that has started these.
    fn run<'a>(&'a self, body: &'a Body, mine: &'a Mine) -> LocalBoxFuture<'a, Result<()>> {
        Box::pin(async move {
            for step in &body.steps {
                self.step(body.number, step, mine).await?;
            }
            Ok(())
        })
    }

    /// A body that gives a value after each of its steps.
    fn generator(&self, body: Rc<Body>, mine: Mine) -> AsyncGen<usize> {
        let world = self.clone();
        AsyncGen::new(async move |co| {
            let values = async {
                for (value, step) in body.steps.iter().enumerate() {
                    world.step(body.number, step, &mine).await?;
                    co.yield_(value).await?;
                }
                Ok(())
            };
            let closed = async || {
                world.say(format!("{} is closed", body.number));
                Ok(())
            };
            finally(values, closed).await
        })
    }

    async fn step(&self, number: usize, step: &Step, mine: &Mine) -> Result<()> {
        let world = &self.0;
        let half = Duration::from_millis(500);
        let own = |which: usize| which.checked_rem(mine.borrow().len());
        match step {
            Step::Say(what) => self.say(format!("{number} says {what}")),
            Step::Sleep(span) => sleep(*span).await?,
            Step::Cancel(which, how) => {
                if let Some((which, task)) = self.pick(*which) {
                    let asked = if *how { task.cancel_with(&format!("by {number}")) } else { task.cancel() };
                    let asked = if asked { "True" } else { "False" };
                    self.say(format!("{number} cancels {which}: {asked}"));
                }
            }
            Step::Join(which) => {
                if let Some(which) = own(*which) {
                    let task = mine.borrow()[which].clone();
                    let value = task.join().await?;
                    self.say(format!("{number} got {value}"));
                }
            }
            Step::Shield(which) => {
                if let Some(which) = own(*which) {
                    let task = mine.borrow_mut().remove(which);
                    let value = shield(task).await?;
                    self.say(format!("{number} got {value}"));
                }
            }
            Step::Raise(which) => {
                let kind =
                    [Kind::ValueError, Kind::KeyError, Kind::KeyError, Kind::CancelledError][which / 2];
                return Err(Error::new(kind, number.to_string()));
            }
            Step::Wait(mode, span) => {
                let tasks = world.tasks.borrow().clone();
                let some = tasks[tasks.len().saturating_sub(3)..].to_vec();
                let (done, pending) = wait(some, *mode, *span).await?;
                self.say(format!("{number} has {} not {}", self.numbers(&done), self.numbers(&pending)));
            }
            Step::Set(which) => world.events[*which].set(),
            Step::Clear(which) => world.events[*which].clear(),
            Step::Await(which) => {
                let event = world.events[*which].clone();
                wait_for(async move { event.wait().await }, half).await?;
                self.say(format!("{number} saw {which}"));
            }
            Step::Put(what) => {
                let (queue, item) = (world.queue.clone(), *what);
                wait_for(async move { queue.put(item).await }, half).await?;
                self.say(format!("{number} put {what}"));
            }
            Step::Get => {
                let queue = world.queue.clone();
                let item = wait_for(async move { queue.get().await }, half).await?;
                self.say(format!("{number} got {item}"));
            }
            Step::Hear(which) => {
                if let Some((which, task)) = self.pick(*which) {
                    let (world, number) = (self.clone(), number);
                    task.add_done_callback(move |_| world.say(format!("{number} hears of {which}")));
                }
            }
            Step::Spawn(body) => mine.borrow_mut().push(self.start(body)),
            Step::Gather(each, bodies) => {
                let mut some: Vec<_> =
                    bodies.iter().map(|body| spawn(self.clone().task(body.clone()))).collect();
                some.extend(own(0).map(|which| mine.borrow_mut().remove(which)));
                let told: Vec<_> = if *each {
                    let told =
                        |result: Result<usize>| result.map_or_else(|e| kinds(&e), |value| value.to_string());
                    gather_results(some).await?.into_iter().map(told).collect()
                } else {
                    gather(some).await?.iter().map(usize::to_string).collect()
                };
                self.say(format!("{number} gathered {}", told.join(" ")));
            }
            Step::Timeout(limit, body) => timeout(*limit, async |_| self.run(body, mine).await).await?,
            Step::Group(bodies, body) => {
                task_group(async |group| {
                    for child in bodies {
                        let task = group.spawn(self.clone().task(child.clone()))?;
                        world.tasks.borrow_mut().push(task);
                    }
                    self.run(body, mine).await
                })
                .await?;
            }
            Step::Finally(body, clean_up) => {
                finally(self.run(body, mine), async || {
                    self.say(format!("{number} cleans up"));
                    self.run(clean_up, mine).await
                })
                .await?;
            }
            Step::Try(body) => match self.run(body, mine).await {
                Err(error) if error.kind().is_ordinary() => {
                    self.say(format!("{number} caught {}", kinds(&error)));
                }
                other => return other,
            },
            Step::Refuse(body) => {
                if let Err(error) = self.run(body, mine).await {
                    self.say(format!("{number} refused {}", kinds(&error)));
                }
            }
            Step::WaitFor(limit, body) => {
                let value = wait_for(self.clone().task(body.clone()), *limit).await?;
                self.say(format!("{number} got {value}"));
            }
            Step::AsCompleted(limit, bodies) => {
                let some: Vec<_> = bodies.iter().map(|body| self.start(body)).collect();
                let mut completed = as_completed(some, *limit);
                while let Some(task) = completed.try_next().await? {
                    self.say(format!("{number} sees {}", self.number(&task)));
                }
            }
            Step::Lock(body) => {
                timeout(Duration::from_secs(1), async |_| {
                    let _guard = world.lock.acquire().await?;
                    self.say(format!("{number} holds the lock"));
                    self.run(body, mine).await
                })
                .await?;
            }
            Step::Generate(body, consumer) => {
                async_with(aclosing(self.generator(body.clone(), mine.clone())), async |values| {
                    loop {
                        let value = match values.anext().await {
                            Err(end) if end.is(Kind::StopAsyncIteration) => return Ok(()),
                            value => value?,
                        };
                        self.say(format!("{number} takes {value}"));
                        self.run(consumer, mine).await?;
                    }
                })
                .await?;
            }
            Step::Uncancel => self.say(format!("{number} has {} left", current_task().unwrap().uncancel())),
        }
        Ok(())
    }
}
