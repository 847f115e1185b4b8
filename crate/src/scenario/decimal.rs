//! Numbers as people type them and as they are shown to them. The standard library's way is exact to the last bit of any
//! number there is, for which a wasm has 15 kB of code and tables; that of a delay is seen by nobody.

use crate::time::{Seconds, from_secs};

/// Reads a number in any way in which Rust writes one; neither infinity nor what is none.
pub(crate) fn read(text: &str) -> Option<f64> {
    let (text, sign) = match text.as_bytes() {
        [b'-', rest @ ..] => (rest, -1.0),
        [b'+', rest @ ..] => (rest, 1.0),
        rest => (rest, 1.0),
    };
    let end = text.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(text.len());
    let mut scale = if end < text.len() { exponent(&text[end + 1..])? } else { 0 };
    let (mut digits, mut any, mut point) = (0_u64, false, false);
    for byte in &text[..end] {
        match byte {
            b'.' if !point => point = true,
            b'0'..=b'9' => {
                any = true;
                // What follows eighteen digits is seen by nobody, but counts before the point.
                let fits = digits < 10_u64.pow(17);
                if fits {
                    digits = digits * 10 + u64::from(byte - b'0');
                }
                scale += i32::from(!fits) - i32::from(point);
            }
            _ => return None,
        }
    }
    let power = (0..scale.unsigned_abs().min(400)).fold(1.0, |power, _| power * 10.0);
    let size = match digits {
        0 => 0.0,
        digits if scale < 0 => digits as f64 / power,
        digits => digits as f64 * power,
    };
    Some(sign * size).filter(|value| any && value.is_finite())
}

/// Reads what follows the `e`. What is far beyond any number is as good as just beyond.
fn exponent(text: &[u8]) -> Option<i32> {
    let (text, sign) = match text {
        [b'-', rest @ ..] => (rest, -1),
        [b'+', rest @ ..] => (rest, 1),
        rest => (rest, 1),
    };
    let mut value = 0;
    for byte in text {
        let digit = i32::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
        value = (value * 10 + digit).min(1_000_000);
    }
    Some(sign * value).filter(|_| !text.is_empty())
}

/// Writes a number that is not negative, to the ninth decimal.
pub(crate) fn show(value: f64) -> String {
    Seconds(from_secs(value)).to_string()
}

#[cfg(test)]
mod tests {
    use super::{read, show};
    use crate::random::Random;

    #[test]
    fn all_that_rust_reads_is_read() {
        for text in [
            "0",
            "-0",
            "+1",
            "5.",
            ".5",
            "1e3",
            "1E-3",
            "2.5e+2",
            "007",
            "0.1",
            "123456.789",
            "1e22",
            "-3.75",
            "0.000001",
            "9007199254740993",
            "0e999999999",
            "1e-999999999",
            "100000000000000000000000",
        ] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_rust_does_not_read_is_not_read() {
        for text in [
            "", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1_000", " 1", "1 ", "five", "--1",
            "é",
        ] {
            assert!(text.parse::<f64>().is_err() && read(text).is_none(), "{text}");
        }
        for text in ["inf", "-infinity", "nan", "1e400"] {
            assert!(!text.parse::<f64>().unwrap().is_finite() && read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_people_type_is_read_to_the_last_bit_and_shown_as_they_typed_it() {
        let mut random = Random::new(1);
        for _ in 0..10_000 {
            let text = format!("{}.{:06}", random.below(1_000_000), random.below(1_000_000));
            let value: f64 = text.parse().unwrap();
            assert_eq!((read(&text), show(value)), (Some(value), value.to_string()));
        }
    }
}
