use std::iter::Peekable;
use std::rc::Rc;
use std::str::Chars;

/// All letters of the grammar, in order. d is a digit, B, C and D are bodies.
///
/// - time: z sleeps d quarters of a second; o limits B to them
/// - sharing: l and s run B with a lock or permit; c waits for a condition and runs B, n notifies d; e waits for an event,
///   E sets it, F clears it; of a queue p puts, g gets, P and G do so at once, d is done with an item, j joins, q shuts down
/// - tasks: t starts B; a awaits a task, b with a shield, x asks one to stop, u takes a request back
/// - errors: r raises; y catches what B raises if it is ordinary, Y whatever it is; w runs B, finally C
/// - managers: m enters by B, leaves by C, and calms an error of D; k is a stack with a callback B, an exit that calms,
///   and a manager that leaves by C, around D
/// - generators: v yields if it stands in one; i reads one of body B and clean-up C and does D with each value; I drops
///   it early; h makes one and does D, in which N asks for the next value, S sends, T throws, C closes
pub(crate) const LETTERS: &str = "CEFGINPSTYabcdeghijklmnopqrstuvwxyz";

/// A body: steps one after the other.
pub(crate) type Body = Rc<Vec<Step>>;

#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) letter: char,
    pub(crate) digit: usize,
    pub(crate) bodies: Vec<Body>,
}

pub(crate) fn parse(program: &str) -> Body {
    body(&mut program.chars().peekable())
}

/// Reads up to a closing parenthesis or the end.
fn body(text: &mut Peekable<Chars<'_>>) -> Body {
    let mut steps = Vec::new();
    while let Some(letter) = text.next_if(|next| *next != ')') {
        let digit = text.next_if(char::is_ascii_digit).map_or(0, |digit| digit as usize - '0' as usize);
        let mut bodies = Vec::new();
        while text.next_if_eq(&'(').is_some() {
            bodies.push(body(text));
            text.next();
        }
        steps.push(Step { letter, digit, bodies });
    }
    Rc::new(steps)
}

/// Writes a body as `parse` reads it.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write(body: &[Step]) -> String {
    let step = |step: &Step| {
        let bodies: String = step.bodies.iter().map(|body| format!("({})", write(body))).collect();
        let digit = if step.digit == 0 { String::new() } else { step.digit.to_string() };
        format!("{}{digit}{bodies}", step.letter)
    };
    body.iter().map(step).collect()
}
