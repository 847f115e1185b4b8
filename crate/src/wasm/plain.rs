use js_sys::{Array, Object, Reflect};
use serde_json::Value;
use wasm_bindgen::JsValue;

/// Makes an object of plain data.
pub(super) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A fresh object takes every field.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// Makes plain data of a result.
pub(super) fn json(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => number.as_f64().into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(json).collect::<Array>().into(),
        Value::Object(fields) => {
            let object = Object::new();
            for (name, value) in fields {
                let _ = Reflect::set(&object, &name.as_str().into(), &json(value));
            }
            object.into()
        }
    }
}
