use std::fmt;
use std::rc::Rc;

use super::{Error, Inner};
use crate::shelf::Index;

/// What led to an error.
#[derive(Default)]
pub(super) struct Links {
    cause: Option<Error>,
    context: Option<Error>,
    /// The context is there but not told: `raise … from None`.
    hidden: bool,
    /// There is no context, and no handler adds one: `error.__context__ = None`.
    sealed: bool,
}

impl Error {
    /// Returns what this error was raised from, Python's `__cause__`.
    pub fn cause(&self) -> Option<Error> {
        self.0.links.borrow().cause.clone()
    }

    /// Returns what was being handled when this error was raised, Python's `__context__`.
    pub fn context(&self) -> Option<Error> {
        self.0.links.borrow().context.clone()
    }

    /// Sets the cause and the context, as `raise … from` does in a handler.
    ///
    /// As in Python, causes may lead back to this error; telling the chain stops there.
    ///
    /// ```
    /// use loopscope::Error;
    ///
    /// let missing = Error::key("user");
    /// let told = Error::value("no such user").raise_from(missing.clone());
    /// assert!(told.cause().unwrap().is_same(&missing));
    /// assert!(told.context().unwrap().is_same(&missing));
    /// assert_eq!(told.to_string(), "ValueError: no such user, caused by KeyError: user");
    /// ```
    pub fn raise_from(self, cause: Error) -> Self {
        if !self.is_same(&cause) {
            self.0.links.borrow_mut().cause = Some(cause.clone());
        }
        self.while_handling(&cause)
    }

    /// Sets the context, as raising while `handled` is handled does.
    ///
    /// Nothing happens when both are the same error. A chain that leads from `handled` back to this error
    /// is cut there, as Python cuts it.
    ///
    /// ```
    /// use loopscope::Error;
    ///
    /// let told = Error::value("and the clean-up failed").while_handling(&Error::timeout());
    /// assert!(told.cause().is_none());
    /// assert_eq!(told.to_string(), "ValueError: and the clean-up failed, while handling TimeoutError");
    /// ```
    pub fn while_handling(self, handled: &Error) -> Self {
        if self.is_same(handled) {
            return self;
        }
        let mut at = handled.clone();
        while let Some(next) = at.context() {
            if next.is_same(&self) {
                at.0.links.borrow_mut().context = None;
                break;
            }
            at = next;
        }
        self.set_context(Some(handled.clone()), false);
        self
    }

    /// Sets the context and keeps it out of what is told, as `raise … from None` does in a handler.
    ///
    /// ```
    /// use loopscope::Error;
    ///
    /// let missing = Error::key("user");
    /// let refused = Error::value("who is it?").raise_from_none(&missing);
    /// assert!(refused.context().unwrap().is_same(&missing));
    /// assert_eq!(refused.to_string(), "ValueError: who is it?");
    ///
    /// // Raised again in another handler, it tells of that one.
    /// let again = refused.while_handling(&Error::timeout());
    /// assert_eq!(again.to_string(), "ValueError: who is it?, while handling TimeoutError");
    /// ```
    pub fn raise_from_none(self, handled: &Error) -> Self {
        let raised = self.while_handling(handled);
        raised.0.links.borrow_mut().hidden = true;
        raised
    }

    /// Takes the context away for good, as `error.__context__ = None` does: what is handled where the error passes
    /// does not become its context.
    ///
    /// ```
    /// use loopscope::{Error, context, with};
    ///
    /// let secret = context(async |co| {
    ///     let used = co.yield_(()).await;
    ///     used.map(drop).map_err(|_| Error::value("no").without_context())
    /// });
    /// let told = with(secret, |()| Err::<(), _>(Error::key("password"))).unwrap_err();
    /// assert!(told.context().is_none());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn without_context(self) -> Self {
        self.set_context(None, true);
        self
    }

    fn set_context(&self, context: Option<Error>, sealed: bool) {
        let links = &mut *self.0.links.borrow_mut();
        (links.context, links.hidden, links.sealed) = (context, false, sealed);
    }

    /// Makes `handled` the context at the end of this error's chain of contexts: Python would have set it there when
    /// the first error of the chain was raised.
    pub(crate) fn append_context(&self, handled: &Error) {
        let is_new = self.is_new();
        if self.is_same(handled) {
            return;
        }
        let mut at = self.clone();
        while let Some(next) = at.context() {
            // What follows is where `handled` came from, or `handled` itself.
            if handled.leads_to(&next) {
                break;
            }
            at = next;
        }
        let Links { hidden, sealed, .. } = *at.0.links.borrow();
        if sealed {
            return;
        }
        if is_new {
            at.set_context(Some(handled.clone()), false);
        } else {
            at = at.while_handling(handled);
        }
        at.0.links.borrow_mut().hidden = hidden;
    }

    /// Marks the end of this error's chain of contexts as its end for good.
    pub(crate) fn seal_context(&self) {
        let mut at = self.clone();
        while let Some(next) = at.context() {
            at = next;
        }
        at.0.links.borrow_mut().sealed = true;
    }

    /// Says whether the chain of contexts that starts at this error comes to the other one.
    pub(crate) fn leads_to(&self, other: &Error) -> bool {
        if other.is_new() {
            return false;
        }
        let mut at = Some(self.clone());
        while let Some(error) = at {
            if error.is_same(other) {
                return true;
            }
            at = error.context();
        }
        false
    }

    /// Says that nothing leads to it and nothing led to it: nobody else has it, and it has no context. Not each of thousands of
    /// errors in a row needs to be looked for among those before it.
    fn is_new(&self) -> bool {
        Rc::strong_count(&self.0) == 1 && self.context().is_none()
    }

    /// Returns what is told after this error, and how it led to it.
    fn told_next(&self) -> Option<(&'static str, Error)> {
        let links = self.0.links.borrow();
        let context = links.context.clone().filter(|_| !links.hidden);
        let cause = links.cause.clone().map(|cause| ("caused by", cause));
        cause.or_else(|| context.map(|context| ("while handling", context)))
    }

    fn fmt_alone(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())?;
        for (index, error) in self.errors().iter().enumerate() {
            write!(f, "{}{}", if index == 0 { " [" } else { "; " }, error.headline())?;
        }
        if self.errors().is_empty() { Ok(()) } else { f.write_str("]") }
    }
}

/// Tells the whole chain: a cause where there is one, else the context.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_alone(f)?;
        // In a loop, since a stack of exits can leave thousands of contexts. Causes may lead back to where they began:
        // what was told is not told again.
        let mut told = Index::default();
        let mut is_new = |error: &Error| told.insert(Rc::as_ptr(&error.0).addr() as u64, 0);
        is_new(self);
        let mut rest = self.told_next();
        while let Some((how, error)) = rest.filter(|(_, error)| is_new(error)) {
            write!(f, ", {how} ")?;
            error.fmt_alone(f)?;
            rest = error.told_next();
        }
        Ok(())
    }
}

/// As [`Display`](fmt::Display), so that `unwrap` tells the chain too.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Inner {
    /// Moves the errors out that this one holds.
    fn take_apart(&mut self, rest: &mut Vec<Error>) {
        let links = self.links.get_mut();
        rest.extend(links.cause.take());
        rest.extend(links.context.take());
        if let Some(members) = self.payload.as_mut().and_then(|payload| payload.downcast_mut::<Vec<Error>>())
        {
            rest.append(members);
        }
    }
}

/// A chain of thousands of contexts, or as many groups in groups, is taken apart in a loop: recursion would overflow
/// wasm's small stack.
impl Drop for Inner {
    fn drop(&mut self) {
        let mut rest = Vec::new();
        self.take_apart(&mut rest);
        while let Some(Error(inner)) = rest.pop() {
            if let Some(mut inner) = Rc::into_inner(inner) {
                inner.take_apart(&mut rest);
            }
        }
    }
}
