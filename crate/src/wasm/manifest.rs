use wasm_bindgen::JsValue;

use super::plain::{Plain, list};
use crate::scenario::{Manifest, Param};

/// Writes down what is known of a scenario.
pub(super) fn describe(manifest: &Manifest) -> JsValue {
    Plain::new()
        .text("id", manifest.id)
        .text("title", manifest.title)
        .text("chapter", manifest.chapter)
        .text("file", &manifest.file())
        .with("params", &list(manifest.params, param))
        .with("seeded", &manifest.seeded.into())
        .done()
}

fn param(param: &Param) -> JsValue {
    Plain::new()
        .text("name", param.name)
        .text("label", &param.label())
        .text("type", if param.kind.is_whole() { "integer" } else { "number" })
        .text("unit", param.unit())
        .number("default", param.default.get())
        .number("min", param.min.get())
        .number("max", param.max.get())
        .with("range", &list(&[param.min, param.max], |bound| bound.get().into()))
        .number("step", param.step())
        .done()
}
