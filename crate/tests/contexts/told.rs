use loopscope::Error;

/// Tells an error with the kinds of its cause and its context, as the twins in Python do.
pub(crate) fn told(error: Option<&Error>) -> String {
    let Some(error) = error else { return "None".to_owned() };
    let mut told = error.headline();
    for (what, next) in [("cause", error.cause()), ("context", error.context())] {
        if let Some(next) = next {
            told += &format!(", {what} {}", next.kind().name());
        }
    }
    told
}

/// Tells an error and all its contexts.
pub(crate) fn chain(error: &Error) -> String {
    let mut chain = error.headline();
    let mut at = error.context();
    while let Some(error) = at {
        chain += &format!(" < {}", error.headline());
        at = error.context();
    }
    chain
}
