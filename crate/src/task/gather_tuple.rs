use super::current::need_loop;
use super::gather::{Gather, Take};
use super::spawn::ensure_task;
use crate::error::Result;
use crate::executor::TaskRef;

/// Futures of different types, as a tuple. Not to be implemented elsewhere.
pub trait Gatherable {
    /// What they give, as a tuple.
    type Output;

    /// Starts them: gives their tasks, and what takes the values when those have ended.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` outside of a loop.
    fn start(self) -> Result<(Vec<TaskRef>, Take<Self::Output>)>;
}

/// As [`gather`], for futures of different types.
///
/// # Errors
///
/// As [`gather`].
///
/// ```
/// use loopscope::{VirtualLoop, gather_tuple};
///
/// let program = async { gather_tuple((async { Ok(1) }, async { Ok("one") })).await };
/// assert_eq!(VirtualLoop::new().run(program).unwrap(), (1, "one"));
/// ```
#[track_caller]
pub fn gather_tuple<G: Gatherable>(futures: G) -> Gather<G::Output> {
    Gather::start(false, |_| futures.start())
}

macro_rules! gatherable {
    ($($future:ident $value:ident),+) => {
        impl<$($value: 'static, $future: Future<Output = Result<$value>> + 'static),+> Gatherable for ($($future,)+) {
            type Output = ($($value,)+);

            #[allow(non_snake_case)] // The names of the types are those of the values.
            fn start(self) -> Result<(Vec<TaskRef>, Take<Self::Output>)> {
                let core = need_loop()?;
                let ($($future,)+) = self;
                $(let $future = ensure_task(&core, $future);)+
                let handles = vec![$((*$future).clone()),+];
                Ok((handles, Box::new(move || Ok(($($future.take()?,)+)))))
            }
        }
    };
}

gatherable!(A T);
gatherable!(A T, B U);
gatherable!(A T, B U, C V);
gatherable!(A T, B U, C V, D W);
gatherable!(A T, B U, C V, D W, E X);
gatherable!(A T, B U, C V, D W, E X, F Y);
