//! What comprehensions and itertools do, as generators over generators: lazy, and with the same way to end. A source
//! that is not read to its end goes with the generator that reads it, as in Python. What they yield is recorded at the
//! place where they are called: there the program says what is yielded.

use std::panic::Location;

use futures::TryStreamExt;

use super::example::example;
use super::{AsyncGen, Gen};
use crate::error::Result;

/// Declares the adapters of one kind of generator; the two differ in how the next value is had.
macro_rules! adapters {
    ($gen:ident<$($type:ident),*>, $next:ident) => {
        impl<$($type: 'static),*> $gen<$($type),*> {
            /// Makes a generator of what `change` makes of each value: `(change(x) for x in …)`.
            #[doc = example!($gen, "count(3).map(|number| number * 10)" gives "[10, 20, 30]")]
            #[track_caller]
            pub fn map<Z: 'static>(mut self, mut change: impl FnMut(Y) -> Z + 'static) -> $gen<Z> {
                let place = Location::caller();
                $gen::new(async move |co| {
                    while let Some(value) = $next!(self) {
                        co.yield_at(place, change(value)).await?;
                    }
                    Ok(())
                })
            }

            /// Makes a generator of the values that `keep` says yes to: `(x for x in … if keep(x))`.
            #[doc = example!($gen, "count(5).filter(|number| number % 2 == 1)" gives "[1, 3, 5]")]
            #[track_caller]
            pub fn filter(mut self, mut keep: impl FnMut(&Y) -> bool + 'static) -> $gen<Y> {
                let place = Location::caller();
                $gen::new(async move |co| {
                    while let Some(value) = $next!(self) {
                        if keep(&value) {
                            co.yield_at(place, value).await?;
                        }
                    }
                    Ok(())
                })
            }

            /// Makes a generator of the values with their numbers, from 0.
            #[doc = example!($gen, "count(2).enumerate()" gives "[(0, 1), (1, 2)]")]
            #[track_caller]
            pub fn enumerate(self) -> $gen<(usize, Y)> {
                let mut count = 0;
                self.map(move |value| {
                    count += 1;
                    (count - 1, value)
                })
            }

            /// Makes a generator of pairs, one value of each source; it ends with the shorter one.
            #[doc = example!($gen, "count(3).zip(count(2))" gives "[(1, 1), (2, 2)]")]
            #[track_caller]
            pub fn zip<Z: 'static>(mut self, mut other: $gen<Z>) -> $gen<(Y, Z)> {
                let place = Location::caller();
                $gen::new(async move |co| {
                    while let Some(left) = $next!(self) {
                        let Some(right) = $next!(other) else { break };
                        co.yield_at(place, (left, right)).await?;
                    }
                    Ok(())
                })
            }

            /// Makes a generator of all values of this one, then all of the other.
            #[doc = example!($gen, "count(3).chain(count(2))" gives "[1, 2, 3, 1, 2]")]
            #[track_caller]
            pub fn chain(mut self, mut other: $gen<Y>) -> $gen<Y> {
                let place = Location::caller();
                $gen::new(async move |co| {
                    while let Some(value) = $next!(self) {
                        co.yield_at(place, value).await?;
                    }
                    while let Some(value) = $next!(other) {
                        co.yield_at(place, value).await?;
                    }
                    Ok(())
                })
            }

            /// Makes a generator of at most `count` values; the source is not asked for another one.
            #[doc = example!($gen, "count(1_000_000).take(2)" gives "[1, 2]")]
            #[track_caller]
            pub fn take(mut self, count: usize) -> $gen<Y> {
                let place = Location::caller();
                $gen::new(async move |co| {
                    for _ in 0..count {
                        let Some(value) = $next!(self) else { break };
                        co.yield_at(place, value).await?;
                    }
                    Ok(())
                })
            }

            /// Makes a generator of the values up to the first that `go_on` says no to; that one is lost, as in Python.
            #[doc = example!($gen, "count(1_000_000).take_while(|number| *number < 3)" gives "[1, 2]")]
            #[track_caller]
            pub fn take_while(mut self, mut go_on: impl FnMut(&Y) -> bool + 'static) -> $gen<Y> {
                let place = Location::caller();
                $gen::new(async move |co| {
                    while let Some(value) = $next!(self) {
                        if !go_on(&value) {
                            break;
                        }
                        co.yield_at(place, value).await?;
                    }
                    Ok(())
                })
            }

            /// Makes a generator of batches of `size` values; the last one may be smaller.
            ///
            /// # Panics
            ///
            /// Panics when `size` is 0: a batch of nothing would never end.
            #[doc = example!($gen, "count(5).batch(2)" gives "[vec![1, 2], vec![3, 4], vec![5]]")]
            #[track_caller]
            pub fn batch(mut self, size: usize) -> $gen<Vec<Y>> {
                assert!(size > 0, "a batch must hold at least one value");
                let place = Location::caller();
                $gen::new(async move |co| {
                    let mut batch = Vec::new();
                    while let Some(value) = $next!(self) {
                        batch.push(value);
                        if batch.len() == size {
                            co.yield_at(place, std::mem::take(&mut batch)).await?;
                        }
                    }
                    if !batch.is_empty() {
                        co.yield_at(place, batch).await?;
                    }
                    Ok(())
                })
            }
        }
    };
}

macro_rules! next {
    ($source:ident) => {
        $source.next().transpose()?
    };
}

macro_rules! anext {
    ($source:ident) => {
        $source.try_next().await?
    };
}

adapters!(Gen<Y, R, S>, next);
adapters!(AsyncGen<Y, S>, anext);

impl<Y, R, S> Gen<Y, R, S> {
    /// Reads all values into a collection: `[x for x in …]`.
    ///
    /// # Errors
    ///
    /// What the body raises.
    ///
    /// ```
    /// use loopscope::Gen;
    ///
    /// let numbers = Gen::new(async |co| {
    ///     for number in 1.. {
    ///         co.yield_(number).await?;
    ///     }
    ///     Ok(())
    /// });
    /// let squares: Vec<_> = numbers.filter(|number| number % 2 == 0).map(|number| number * number).take(3).collect()?;
    /// assert_eq!(squares, [4, 16, 36]);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn collect<C: FromIterator<Y>>(mut self) -> Result<C> {
        (&mut self as &mut dyn Iterator<Item = Result<Y>>).collect()
    }
}

impl<Y: 'static, S: 'static> AsyncGen<Y, S> {
    /// Reads all values into a collection: `[x for x in …]`.
    ///
    /// # Errors
    ///
    /// What the body raises.
    ///
    /// ```
    /// use loopscope::{AsyncGen, VirtualLoop};
    ///
    /// let squares = VirtualLoop::new().run(async {
    ///     let numbers = AsyncGen::new(async |co| {
    ///         for number in 1.. {
    ///             co.yield_(number).await?;
    ///         }
    ///         Ok(())
    ///     });
    ///     numbers.filter(|number| number % 2 == 0).map(|number| number * number).take(3).collect::<Vec<_>>().await
    /// });
    /// assert_eq!(squares.unwrap(), [4, 16, 36]);
    /// ```
    pub async fn collect<C: Default + Extend<Y>>(self) -> Result<C> {
        self.try_collect().await
    }
}
