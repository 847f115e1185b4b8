//! Every parameter of every scenario: what it takes, and the sentence for what it does not.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use loopscope::scenario::{Manifest, Param, Params, Type};
use loopscope::{Kind, VirtualLoop, scenarios};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// All parameters there are, with their scenarios.
fn all() -> impl Iterator<Item = (&'static Manifest, &'static Param)> {
    scenarios::all().flat_map(|scenario| {
        let manifest = scenario.manifest();
        manifest.params.iter().map(move |param| (manifest, param))
    })
}

/// What nobody can mean by a value of this parameter.
fn mistakes(param: &Param) -> Vec<String> {
    let (min, max) = (param.min.get(), param.max.get());
    let step = if param.kind.is_whole() { 1.0 } else { 0.001 };
    let mut mistakes: Vec<String> =
        [min - step, max + step, max * 1e6 + 1.0, -1e300].map(|value| value.to_string()).into();
    mistakes.extend(
        ["NaN", "inf", "-inf", "infinity", "", " ", "many", "1,5", "0x10", "1 2", "--1", "½"]
            .map(String::from),
    );
    if param.kind.is_whole() {
        mistakes.extend([min + 0.5, max - 0.25].map(|value| value.to_string()));
    }
    mistakes
}

#[wasm_bindgen_test(unsupported = test)]
fn mistakes_are_refused_with_a_sentence_that_names_value_and_range() {
    let mut count = 0;
    for (manifest, param) in all() {
        let (name, min, max) = (param.name, param.min.get(), param.max.get());
        let what = match param.kind {
            Type::Count => "a whole number",
            Type::Seconds => "a number of seconds",
            Type::Percent => "a whole number of percent",
            Type::Rate => "a number per second",
        };
        for mistake in mistakes(param) {
            let refused = Params::new(manifest, [(name, mistake.as_str())]);
            let error = refused.err().unwrap_or_else(|| panic!("{}: {name} takes {mistake:?}", manifest.id));
            assert_eq!(error.kind(), Kind::ValueError);
            // Novels are cut short.
            let shown = if mistake.len() > 40 { format!("{}…", &mistake[..40]) } else { mistake };
            assert_eq!(
                error.message(),
                format!("{name} must be {what} from {min} to {max}, not \"{shown}\"")
            );
            count += 1;
        }
    }
    let each = |param: &Param| if param.kind.is_whole() { 18 } else { 16 };
    assert_eq!(count, all().map(|(_, param)| each(param)).sum::<usize>());
    assert!(count > 0, "there are no parameters");
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_allowed_is_taken_as_it_is() {
    for (manifest, param) in all() {
        let name = param.name;
        let [min, max, default] = [param.min, param.max, param.default].map(|bound| bound.get());
        assert!(min <= default && default <= max && min >= 0.0, "{} {name}", manifest.id);
        assert!(!param.kind.is_whole() || [min, max, default].iter().all(|value| value.fract() == 0.0));
        assert!(param.kind != Type::Percent || max <= 100.0, "{} {name}", manifest.id);
        for value in [min, max, default] {
            let taken = Params::new(manifest, [(name, format!(" {value} ").as_str())]).unwrap();
            assert!(taken.iter().any(|(param, taken)| param.name == name && taken == value));
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn no_parameter_has_the_name_of_another_attribute() {
    let taken = "scenario clock speed seed axis view theme autoplay height state \
                 id class style title lang dir hidden slot part role tabindex draggable translate";
    for (manifest, param) in all() {
        let clash = taken.split_whitespace().any(|name| name == param.name);
        assert!(!clash, "{}: the element has another attribute {}", manifest.id, param.name);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn unknown_names_are_refused_with_the_names_there_are() {
    for scenario in scenarios::all() {
        let manifest = scenario.manifest();
        let error = Params::new(manifest, [("colour", "1")]).unwrap_err();
        let names: Vec<_> = manifest.params.iter().map(|param| param.name).collect();
        let known =
            if names.is_empty() { "it has none".into() } else { format!("it has {}", names.join(", ")) };
        assert_eq!(error.message(), format!("{} has no parameter \"colour\": {known}", manifest.id));
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn every_scenario_runs_with_the_least_of_each_parameter() {
    for scenario in scenarios::all() {
        let manifest = scenario.manifest();
        let least: Vec<_> =
            manifest.params.iter().map(|param| (param.name, param.min.get().to_string())).collect();
        let sets = (0..least.len()).map(|index| &least[index..=index]).chain([&least[..]]);
        for set in sets {
            let given = set.iter().map(|(name, value)| (*name, value.as_str()));
            let params = Params::new(manifest, given).unwrap();
            let ended = VirtualLoop::new().run(scenario.program(&params));
            assert!(ended.is_ok(), "{} {set:?}: {}", manifest.id, ended.unwrap_err());
        }
    }
}
