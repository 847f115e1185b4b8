use super::manager::short_name;
use super::{Context, Exit};
use crate::error::{Error, Kind, Result};
use crate::generator::{Co, Gen};

/// A context manager made from a generator with one yield. Made by [`context()`].
pub struct GenContext<Y> {
    generator: Gen<Y>,
    used: bool,
    name: String,
}

/// Makes a context manager from a generator's body: what stands before its one yield enters, what stands after it
/// leaves. Python's `@contextmanager`.
///
/// The yield gives the error of the `with` body: it goes on if this body passes it on, and ends here if not. Like
/// Python's, the manager serves once; a function that returns it is the way to have one each time, or [`reusable`].
///
/// [`reusable`]: super::reusable()
///
/// ```
/// use loopscope::{Error, context, with};
///
/// let transaction = context(async |co| {
///     match co.yield_(7).await {
///         Ok(_) => Ok(()), // commit
///         Err(error) => Err(Error::runtime("rolled back").raise_from(error)),
///     }
/// });
/// let failed = with(transaction, |id| Err::<(), _>(Error::value(format!("no row {id}"))));
/// assert_eq!(
///     failed.unwrap_err().to_string(),
///     "RuntimeError: rolled back, caused by ValueError: no row 7"
/// );
/// ```
pub fn context<Y, B, F>(body: B) -> GenContext<Y>
where
    B: FnOnce(Co<Y>) -> F,
    F: Future<Output = Result<()>> + 'static,
{
    GenContext { name: short_name::<B>().to_owned(), ..Gen::new(body).into() }
}

impl<Y> GenContext<Y> {
    /// Gives the manager a name in the trace, instead of that of the function in which it was made.
    ///
    /// ```
    /// use loopscope::{Context, context};
    ///
    /// let file = context(async |co| co.yield_("text").await.map(drop)).named("file");
    /// assert_eq!(file.name(), "file");
    /// ```
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        GenContext { name: name.to_owned(), ..self }
    }

    /// Closes the generator that yielded once more.
    fn did_not_stop(&self, told: Error) -> Error {
        instead_of(told, self.generator.close())
    }
}

impl<Y> From<Gen<Y>> for GenContext<Y> {
    fn from(generator: Gen<Y>) -> Self {
        GenContext { generator, used: false, name: "generator".to_owned() }
    }
}

impl<Y> Context for GenContext<Y> {
    type Value = Y;

    fn enter(&mut self) -> Result<Y> {
        begin(&mut self.used)?;
        self.generator.send(None).map_err(|error| did_not_yield(error, Kind::StopIteration))
    }

    fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        let Some(error) = error else {
            return match self.generator.send(None) {
                Ok(_) => {
                    let told = Error::runtime("generator didn't stop");
                    let error = self.did_not_stop(told.clone());
                    // Nothing else was handled when the generator was closed, unlike below.
                    error.append_context(&told);
                    Err(error)
                }
                Err(raised) if raised.is(Kind::StopIteration) => Ok(Exit::Propagate),
                Err(raised) => Err(raised),
            };
        };
        match self.generator.throw(error.clone()) {
            Ok(_) => Err(self.did_not_stop(Error::runtime("generator didn't stop after throw()"))),
            Err(raised) => verdict(raised, error, Kind::StopIteration),
        }
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// Lets a manager be entered once.
pub(super) fn begin(used: &mut bool) -> Result<()> {
    if std::mem::replace(used, true) {
        return Err(Error::runtime(
            "this context manager was already used: one made from a generator serves once, so make a new one for \
             each use, or wrap what makes it in `reusable`",
        ));
    }
    Ok(())
}

/// The end of a generator that should have yielded is told as such; anything else is what its body raised.
pub(super) fn did_not_yield(error: Error, stop: Kind) -> Error {
    if error.is(stop) { Error::runtime("generator didn't yield").raise_from_none(&error) } else { error }
}

/// Returns what comes out when a generator did not stop and was closed: that, or what closing raised. This has the
/// first as its context, unless the body handled something else then.
pub(super) fn instead_of<T>(told: Error, closed: Result<T>) -> Error {
    match closed {
        Ok(_) => told,
        Err(error) if error.context().is_some() => error,
        Err(error) => error.while_handling(&told),
    }
}

/// Says what it means that a generator raised this when that was thrown into it. `stop` is the end that this kind of
/// generator has: not raised by the body, which made something else of the error or went on without it.
pub(super) fn verdict(raised: Error, thrown: &Error, stop: Kind) -> Result<Exit> {
    // An end that passes through a body is wrapped on its way out (PEP 479); the body of the `with` raised it bare.
    let wrapped = || {
        raised.is(Kind::RuntimeError)
            && [Kind::StopIteration, stop].contains(&thrown.kind())
            && raised.cause().is_some_and(|cause| cause.is_same(thrown))
    };
    if raised.is_same(thrown) || wrapped() {
        Ok(Exit::Propagate)
    } else if raised.is(stop) {
        Ok(Exit::Suppress)
    } else {
        Err(raised)
    }
}
