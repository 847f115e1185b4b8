//! The example `ascii`, run as a reader of the README runs it.
#![cfg(not(target_arch = "wasm32"))] // A browser starts no programs.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::process::Command;

use loopscope::scenarios;

/// Runs the example; gives its exit code, what it printed and what it complained of.
fn ascii(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO"));
    // Apart from what is being tested: built by itself the crate may have other features of its dependencies, and would
    // take the place of the one that the tests after this are linked with.
    command.env("CARGO_TARGET_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/ascii"));
    command.args(["run", "--quiet", "--package", "loopscope", "--example", "ascii", "--"]).args(arguments);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_generator_that_waits_is_drawn_as_it_is() {
    let (code, drawn, _) = ascii(&["async-counter", "limit=2", "delay=0.5"]);
    assert_eq!(code, 0);
    let expected = "\
Count with a pause

          0 s                   0.25 s                0.5 s                 0.75 s               1 s
main      #-------------------------------------------#--------------------------------------------|
count_to  #-------------------------------------------*--------------------------------------------|

# runs   - waits   * yields   | returned

    0.500 s  main: got 1
    1.000 s  main: got 2

result {\"values\":[1,2],\"total_s\":1.0}
";
    assert_eq!(drawn, expected);
}

#[test]
fn what_takes_no_time_is_drawn_by_its_events() {
    let (code, drawn, _) = ascii(&["generator-steps", "count=1"]);
    assert_eq!(code, 0);
    let lanes: Vec<_> = drawn.lines().skip(2).take(3).collect();
    assert!(lanes[0].trim().starts_with("no time passes"), "{drawn}");
    // Before the first pull nothing of the generator runs; after its yield it is frozen while main goes on.
    let [main, generator] = [lanes[1], lanes[2]].map(|lane| &lane[10..]);
    let at = |sign| generator.find(sign).unwrap();
    assert!(main.find('#').unwrap() < at('#') && at('#') < at('*') && at('*') < at(':') && at(':') < at('|'));
    assert!(main[at(':')..].starts_with('#'));
}

#[test]
fn what_readers_see_in_the_readme_is_what_they_get() {
    let (_, drawn, _) = ascii(&["greetings", "first=3"]);
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    assert!(readme.replace("\r\n", "\n").contains(&drawn), "the README does not show\n{drawn}");
}

#[test]
fn every_scenario_is_listed_and_drawn_within_its_width() {
    let (code, list, _) = ascii(&[]);
    assert_eq!(code, 0);
    for scenario in scenarios::all() {
        let id = scenario.manifest().id;
        assert!(list.lines().any(|line| line.starts_with(&format!("  {id} "))), "{id} is not listed");
        let (code, drawn, complaint) = ascii(&[id]);
        assert_eq!(code, 0, "{id}: {complaint}");
        let picture = drawn.lines().skip(2).take_while(|line| !line.is_empty());
        let widths: Vec<_> = picture.map(|line| line.chars().count()).collect();
        assert!(widths.len() >= 2 && widths.iter().all(|width| *width <= 100), "{id}:\n{drawn}");
    }
}

#[test]
fn mistakes_are_told_in_a_sentence() {
    for (arguments, sentence) in [
        (vec!["nonsense"], "there is no scenario \"nonsense\": choose one of "),
        (vec!["async-counter", "limit=0"], "limit must be a whole number from 1 to 1000, not \"0\"\n"),
        (vec!["async-counter", "limit"], "\"limit\" is not of the form name=value\n"),
        (
            vec!["async-counter", "colour=1"],
            "async-counter has no parameter \"colour\": it has limit, delay\n",
        ),
        (vec!["async-counter", "seed=-1"], "seed must be a whole number, not \"-1\"\n"),
    ] {
        let (code, drawn, complaint) = ascii(&arguments);
        assert_eq!((code, drawn.as_str()), (2, ""), "{arguments:?}");
        assert!(complaint.starts_with(sentence), "{arguments:?}: {complaint}");
    }
}
