//! What a program ends with: plain data, as JSON has it.
//!
//! A type of our own, since a map that can do all a map can is a kilobyte that the reader of a page waits for, and a
//! result is only ever made, handed over and shown.

use std::fmt::{self, Display, Formatter, Write};
use std::ops::Index;

/// Plain data.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Any number.
    Number(f64),
    /// A text.
    Text(String),
    /// One after the other.
    List(Vec<Value>),
    /// By their names, in the order in which they were written down.
    Object(Vec<(&'static str, Value)>),
}

/// Makes a [`Value`] of a list of names and values, each of which can become one, or of a single value.
///
/// ```
/// use loopscope::value::{Value, json};
///
/// let result: Value = json!({ "values": vec![1, 2, 3], "total_s": 1.5 });
/// assert_eq!(result.to_string(), r#"{"values":[1,2,3],"total_s":1.5}"#);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __json {
    ({ $($name:literal: $value:expr),* $(,)? }) => {
        $crate::value::Value::Object(vec![$(($name, $crate::value::Value::from($value))),*])
    };
    ($value:expr) => {
        $crate::value::Value::from($value)
    };
}

#[doc(inline)]
pub use __json as json;

macro_rules! from {
    ($($type:ty: $value:ident => $made:expr;)*) => {
        $(impl From<$type> for Value {
            fn from($value: $type) -> Value {
                $made
            }
        })*
    };
}

from! {
    bool: truth => Value::Bool(truth);
    i32: number => Value::Whole(number.into());
    i64: number => Value::Whole(number);
    u32: number => Value::Whole(number.into());
    // What has more bits than JavaScript's numbers is nobody's result.
    u64: number => Value::Whole(number.cast_signed());
    usize: number => Value::Whole(number as i64);
    f64: number => Value::Number(number);
    &str: text => Value::Text(text.to_owned());
    String: text => Value::Text(text);
    &String: text => Value::Text(text.clone());
    &Value: value => value.clone();
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// The value of this name, `Null` where there is none.
impl Index<&str> for Value {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        let Value::Object(fields) = self else { return &Value::Null };
        fields.iter().find(|(known, _)| *known == name).map_or(&Value::Null, |(_, value)| value)
    }
}

/// Writes it down as JSON.
impl Display for Value {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(truth) => truth.fmt(f),
            Value::Whole(number) => number.fmt(f),
            Value::Number(number) if number.is_finite() => write!(f, "{number:?}"),
            Value::Number(_) => f.write_str("null"),
            Value::Text(text) => quote(text, f),
            Value::List(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    separate(index, f)?;
                    item.fmt(f)?;
                }
                f.write_char(']')
            }
            Value::Object(fields) => {
                f.write_char('{')?;
                for (index, (name, value)) in fields.iter().enumerate() {
                    separate(index, f)?;
                    quote(name, f)?;
                    write!(f, ":{value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

fn separate(index: usize, f: &mut Formatter) -> fmt::Result {
    if index > 0 { f.write_char(',') } else { Ok(()) }
}

fn quote(text: &str, f: &mut Formatter) -> fmt::Result {
    f.write_char('"')?;
    for sign in text.chars() {
        match sign {
            '"' | '\\' => write!(f, "\\{sign}")?,
            '\0'..='\x1f' => write!(f, "\\u{:04x}", u32::from(sign))?,
            _ => f.write_char(sign)?,
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use serde_json::json as expected;

    use super::{Value, json};

    #[test]
    fn what_is_written_down_is_json() {
        let inner =
            json!({ "none": None::<u64>, "text": "a \"b\"\\\n\u{1}ä", "list": vec![1.0, 0.1, 1e300] });
        let value = json!({ "inner": inner, "true": true, "least": i64::MIN, "much": 1u64 << 53, "empty": Vec::<i32>::new() });
        let read: serde_json::Value = serde_json::from_str(&value.to_string()).unwrap();
        let inner = expected!({ "none": null, "text": "a \"b\"\\\n\u{1}ä", "list": [1.0, 0.1, 1e300] });
        assert_eq!(
            read,
            expected!({ "inner": inner, "true": true, "least": i64::MIN, "much": 1u64 << 53, "empty": [] })
        );
        assert_eq!(value["inner"]["none"], Value::Null);
        assert_eq!(value["true"], json!(true));
        assert_eq!(json!(f64::NAN).to_string(), "null");
        assert_eq!(json!("x"), Value::Text("x".to_owned()));
    }
}
