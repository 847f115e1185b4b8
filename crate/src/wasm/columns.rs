use js_sys::{Float64Array, Uint8Array, Uint32Array};
use wasm_bindgen::JsValue;

use super::plain::{Plain, list};
use crate::trace::{Batch, Event, Resource};

/// A batch in columns: no object per event is made, here or there.
#[inline(never)]
pub(super) fn columns(batch: &Batch) -> JsValue {
    let events = &batch.events;
    let files: Vec<u32> = batch.files.iter().map(|file| file.index()).collect();
    Plain::new()
        .number("first", batch.first as f64)
        .with("t", &floats(events, |event| event.t.as_nanos() as f64))
        .with("turn", &numbers(events, |event| event.turn))
        .with("task", &numbers(events, |event| event.task))
        .with("kind", &Uint8Array::new(&numbers(events, |event| event.kind as u32)))
        .with("subject", &numbers(events, |event| event.subject))
        .with("value", &floats(events, |event| event.value as f64))
        .with("text", &numbers(events, |event| event.text.index()))
        .with("file", &Uint32Array::from(files.as_slice()))
        .with("line", &numbers(events, |event| event.place.map_or(0, |place| place.line())))
        .with("strings", &list(&batch.strings, |text| JsValue::from(&**text)))
        .with("resources", &list(&batch.resources, resource))
        .number("dropped", batch.dropped as f64)
        .done()
}

#[inline(never)]
fn numbers(events: &[Event], value: fn(&Event) -> u32) -> JsValue {
    Uint32Array::from(events.iter().map(value).collect::<Vec<_>>().as_slice()).into()
}

#[inline(never)]
fn floats(events: &[Event], value: fn(&Event) -> f64) -> JsValue {
    Float64Array::from(events.iter().map(value).collect::<Vec<_>>().as_slice()).into()
}

fn resource(resource: &Resource) -> JsValue {
    Plain::new()
        .number("id", resource.id.into())
        .text("kind", resource.kind)
        .text("name", &resource.name)
        .number("capacity", resource.capacity.into())
        .done()
}
