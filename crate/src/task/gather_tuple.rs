use super::gather::Gather;
use super::pledge::Pledge;
use crate::error::Result;

/// Futures of different types, as a tuple. Not to be implemented elsewhere.
pub trait Gatherable {
    /// What they give, as a tuple.
    type Output;

    /// Starts them.
    fn gather(self) -> Gather<Self::Output>;
}

/// As [`gather`](fn@super::gather), for futures of different types.
///
/// # Errors
///
/// As [`gather`](fn@super::gather).
///
/// ```
/// use loopscope::{VirtualLoop, gather_tuple};
///
/// let program = async { gather_tuple((async { Ok(1) }, async { Ok("one") })).await };
/// assert_eq!(VirtualLoop::new().run(program).unwrap(), (1, "one"));
/// ```
#[track_caller]
pub fn gather_tuple<G: Gatherable>(futures: G) -> Gather<G::Output> {
    futures.gather()
}

macro_rules! gatherable {
    ($($future:ident $value:ident),+) => {
        impl<$($value: 'static, $future: Future<Output = Result<$value>> + 'static),+> Gatherable for ($($future,)+) {
            type Output = ($($value,)+);

            #[allow(non_snake_case)] // The names of the types are those of the values.
            #[track_caller]
            fn gather(self) -> Gather<Self::Output> {
                Gather::start(false, |core| {
                    let ($($future,)+) = self;
                    $(let mut $future = Pledge::new(core, $future);)+
                    let children = vec![$($future.child()),+];
                    (children, Box::new(move || Ok(($($future.take()?,)+))))
                })
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
