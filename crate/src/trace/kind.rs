/// The name of a subject where a literal is needed.
macro_rules! subject {
    (None) => {
        ""
    };
    (Task) => {
        "task"
    };
    (Resource) => {
        "resource"
    };
}

/// What the subject of an event refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nothing.
    None,
    /// A task.
    Task,
    /// A resource.
    Resource,
}

impl Subject {
    /// Returns the name that stands in the description of the kinds.
    pub fn name(self) -> &'static str {
        match self {
            Subject::None => subject!(None),
            Subject::Task => subject!(Task),
            Subject::Resource => subject!(Resource),
        }
    }
}

/// Declares the kinds of events: a row each, with the names of the operands ("" where one is not used).
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $subject:ident $subject_name:literal $value:literal $text:literal;)*) => {
        /// The kind of an event, and with it the meaning of its operands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        /// A row for each kind, and a comma after it.
        #[cfg(any(test, target_arch = "wasm32"))]
        const ROWS: &str = concat!("[", $(
            "{\"name\":\"", $name, "\",\"subject\":\"", subject!($subject), "\",\"subject_name\":\"", $subject_name,
            "\",\"value_name\":\"", $value, "\",\"text_name\":\"", $text, "\"},",
        )*);

        impl Kind {
            /// All kinds, in the order of their numbers.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            /// Returns the name in the trace.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name,)* }
            }

            /// Returns what the subject refers to.
            pub fn subject(self) -> Subject {
                match self { $(Kind::$kind => Subject::$subject,)* }
            }

            /// Returns the subject's name in the trace.
            pub fn subject_name(self) -> &'static str {
                match self { $(Kind::$kind => $subject_name,)* }
            }

            /// Returns the value's name in the trace.
            pub fn value_name(self) -> &'static str {
                match self { $(Kind::$kind => $value,)* }
            }

            /// Returns the text's name in the trace.
            pub fn text_name(self) -> &'static str {
                match self { $(Kind::$kind => $text,)* }
            }
        }
    };
}

kinds! {
    /// A task was made; its parent made it.
    Spawn "spawn" Task "parent" "" "name";
    /// The loop gave a task its turn.
    PollStart "poll-start" None "" "" "";
    /// The task gave the loop its turn back.
    PollEnd "poll-end" None "" "" "";
    /// The task cannot go on: for what, on what, until when.
    Wait "wait" Resource "on" "until" "why";
    /// The task can go on.
    Wake "wake" Task "by" "" "why";
    /// A generator's frame goes on, with what was sent.
    Resume "resume" Resource "generator" "" "sent";
    /// A generator's frame freezes with a value.
    Yield "yield" Resource "generator" "" "value";
    /// The consumer has the value.
    Receive "receive" Resource "generator" "" "value";
    /// An error is thrown into a generator's frame.
    Throw "throw" Resource "generator" "" "error";
    /// A generator's frame came to its end.
    Return "return" Resource "generator" "" "outcome";
    /// A context manager begins to be entered.
    EnterStart "enter-start" Resource "context" "" "";
    /// A context manager is entered: the body begins.
    Entered "entered" Resource "context" "" "";
    /// A context manager begins to be left, with the body's error if there is one.
    ExitStart "exit-start" Resource "context" "" "error";
    /// A context manager is left; 1 if it kept the body's error to itself.
    Exited "exited" Resource "context" "suppressed" "error";
    /// A task has got something; how much of it is held now.
    Acquire "acquire" Resource "on" "held" "";
    /// A task has given something back; how much of it is held now.
    Release "release" Resource "on" "held" "";
    /// An item was put into a queue.
    Put "put" Resource "queue" "" "value";
    /// An item was taken from a queue.
    Get "get" Resource "queue" "" "value";
    /// How many items a queue holds now.
    Depth "depth" Resource "queue" "depth" "";
    /// A task was asked to stop.
    Cancel "cancel" Task "target" "" "why";
    /// The program said something.
    Print "print" None "" "" "text";
    /// A task came to its end.
    Done "done" None "" "" "outcome";
    /// An error that nobody took.
    Unhandled "unhandled" Task "of" "" "error";
    /// Something in the program that is probably a mistake.
    Lint "lint" Task "of" "" "text";
    /// A task has kept the loop from everyone else: for how long, until now.
    Block "block" None "" "length" "";
    /// A generator has gone on, yielded and been read so many more times in this turn, without anything else happening.
    Repeat "repeat" Resource "generator" "times" "";
    /// How many bytes the program has now, or had at most since the last such event: measured, not to the byte the same
    /// on every target.
    Memory "memory" None "" "bytes" "";
    /// Something was given up that had not come to its end: a generator, or a coroutine that was never awaited.
    Drop "drop" Resource "on" "" "";
    /// Tokens have come to a rate limiter since somebody looked at it last; how many it lacks now.
    Refill "refill" Resource "on" "held" "";
}

/// All that is known of the kinds, as JSON: to make objects of them one by one takes a kilobyte.
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) const KINDS: &str = {
    const BYTES: [u8; ROWS.len()] = {
        let mut bytes = *ROWS.as_bytes().first_chunk().expect("it is as long as itself");
        bytes[ROWS.len() - 1] = b']';
        bytes
    };
    match str::from_utf8(&BYTES) {
        Ok(kinds) => kinds,
        Err(_) => panic!("a row is not UTF-8"),
    }
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{KINDS, Kind};

    #[test]
    fn kinds_says_what_the_kinds_do() {
        let said: Value = serde_json::from_str(KINDS).unwrap();
        let row = |kind: &Kind| {
            json!({"name": kind.name(), "subject": kind.subject().name(), "subject_name": kind.subject_name(),
                "value_name": kind.value_name(), "text_name": kind.text_name()})
        };
        assert_eq!(said, Kind::ALL.iter().map(row).collect::<Value>());
    }
}
