use js_sys::Array;
use wasm_bindgen::JsValue;

use super::plain::object;
use crate::scenario::{Manifest, Param};

/// Writes down what is known of a scenario.
pub(super) fn describe(manifest: &Manifest) -> JsValue {
    let row = |param: &Param| {
        let kind = if param.kind.is_whole() { "integer" } else { "number" };
        object([
            ("name", param.name.into()),
            ("label", param.label().into()),
            ("type", kind.into()),
            ("unit", param.unit().into()),
            ("default", param.default.into()),
            ("min", param.min.into()),
            ("max", param.max.into()),
            ("range", Array::of2(&param.min.into(), &param.max.into()).into()),
            ("step", param.step().into()),
        ])
    };
    let params: Array = manifest.params.iter().map(row).collect();
    object([
        ("id", manifest.id.into()),
        ("title", manifest.title.into()),
        ("chapter", manifest.chapter.into()),
        ("about", manifest.about.into()),
        ("file", manifest.file.into()),
        ("params", params.into()),
        ("seeded", manifest.seeded.into()),
    ])
}
