use js_sys::{Array, Float64Array, Uint8Array, Uint32Array};
use wasm_bindgen::JsValue;

use super::plain::object;
use crate::trace::{Batch, Event, Resource};

/// A batch in columns: no object per event is made, here or there.
pub(super) fn columns(batch: &Batch) -> JsValue {
    let events = &batch.events;
    let numbers = |value: fn(&Event) -> u32| {
        JsValue::from(Uint32Array::from(events.iter().map(value).collect::<Vec<_>>().as_slice()))
    };
    let floats = |value: fn(&Event) -> f64| {
        JsValue::from(Float64Array::from(events.iter().map(value).collect::<Vec<_>>().as_slice()))
    };
    let kinds: Vec<u8> = events.iter().map(|event| event.kind as u8).collect();
    let files: Vec<u32> = batch.files.iter().map(|file| file.index()).collect();
    let resource = |resource: &Resource| {
        object([
            ("id", resource.id.into()),
            ("kind", resource.kind.into()),
            ("name", resource.name.as_str().into()),
            ("capacity", resource.capacity.into()),
        ])
    };
    object([
        ("first", (batch.first as f64).into()),
        ("t", floats(|event| event.t.as_nanos() as f64)),
        ("turn", numbers(|event| event.turn)),
        ("task", numbers(|event| event.task)),
        ("kind", Uint8Array::from(kinds.as_slice()).into()),
        ("subject", numbers(|event| event.subject)),
        ("value", floats(|event| event.value as f64)),
        ("text", numbers(|event| event.text.index())),
        ("file", Uint32Array::from(files.as_slice()).into()),
        ("line", numbers(|event| event.place.map_or(0, |place| place.line()))),
        ("strings", batch.strings.iter().map(|text| JsValue::from(&**text)).collect::<Array>().into()),
        ("resources", batch.resources.iter().map(resource).collect::<Array>().into()),
        ("dropped", (batch.dropped as f64).into()),
    ])
}
