use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::written;
use crate::error::{Error, Result};
use crate::scenario::{Manifest, Params, decimal};

/// Reads a field as a person typed it; empty when there is none.
#[inline(never)]
pub(super) fn text(options: &JsValue, name: &str) -> String {
    let value = Reflect::get(options, &name.into()).unwrap_or_default();
    if value.is_undefined() || value.is_null() {
        return String::new();
    }
    written(&value).unwrap_or_else(|_| "what cannot be written down".to_owned())
}

/// Reads the values that were given for a scenario's parameters.
pub(super) fn params(options: &JsValue, manifest: &Manifest) -> Result<Params> {
    let mut params = Params::of(manifest);
    let given = Reflect::get(options, &"params".into()).unwrap_or_default();
    if let Some(given) = given.dyn_ref::<Object>() {
        let names = Object::keys(given);
        for index in 0..names.length() {
            let name = written(&names.get(index)).unwrap_or_default();
            params.set(manifest, &name, &text(given, &name))?;
        }
    }
    Ok(params)
}

/// Reads what decides what is left to chance; 0 when there is nothing.
pub(super) fn seed(options: &JsValue) -> Result<u64> {
    // The greatest whole number up to which JavaScript has them all.
    const MOST: u64 = (1 << 53) - 1;
    let text = text(options, "seed");
    if text.is_empty() {
        return Ok(0);
    }
    let seed = text.trim().parse().ok().filter(|seed| *seed <= MOST);
    seed.ok_or_else(|| Error::value(format!("seed must be a whole number from 0 to {MOST}, not \"{text}\"")))
}

/// Reads a number within limits; `default` when there is none.
pub(super) fn number(options: &JsValue, name: &str, default: f64, min: f64, max: f64) -> Result<f64> {
    let text = text(options, name);
    if text.is_empty() {
        return Ok(default);
    }
    let value = decimal::read(text.trim()).filter(|value| (min..=max).contains(value));
    value.ok_or_else(|| {
        Error::value(format!(
            "{name} must be a number from {} to {}, not \"{text}\"",
            decimal::show(min),
            decimal::show(max)
        ))
    })
}
