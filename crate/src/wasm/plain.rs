use crate::value::Value;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// An object of plain data while it is made. Its methods are calls and stay calls: written out at each field they would
/// be most of the boundary.
pub(super) struct Plain(Object);

impl Plain {
    pub(super) fn new() -> Self {
        Plain(Object::new())
    }

    #[inline(never)]
    pub(super) fn with(self, name: &str, value: &JsValue) -> Self {
        // A fresh object takes every field.
        let _ = Reflect::set(&self.0, &name.into(), value);
        self
    }

    #[inline(never)]
    pub(super) fn text(self, name: &str, value: &str) -> Self {
        self.with(name, &value.into())
    }

    #[inline(never)]
    pub(super) fn number(self, name: &str, value: f64) -> Self {
        self.with(name, &value.into())
    }

    pub(super) fn done(self) -> JsValue {
        self.0.into()
    }
}

/// Makes a list of plain data.
pub(super) fn list<T>(items: &[T], one: fn(&T) -> JsValue) -> JsValue {
    let list = Array::new();
    for item in items {
        list.push(&one(item));
    }
    list.into()
}

/// Makes plain data of a result.
pub(super) fn plain(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(truth) => (*truth).into(),
        Value::Whole(number) => (*number as f64).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => list(items, plain),
        Value::Object(fields) => {
            fields.iter().fold(Plain::new(), |all, (name, value)| all.with(name, &plain(value))).done()
        }
    }
}
