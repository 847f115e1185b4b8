//! The page specs: what a reader and the author of a tutorial rely on, in one real browser engine for each process.
//!
//! `cargo xtask test` runs them in Chromium, Firefox and WebKitGTK. One session serves all specs, and each starts
//! with a page of its own.

mod controls;
mod embed;
mod everyone;
mod files;
mod hostile;
mod hosts;
mod look;
mod mistakes;
mod pace;
mod picture;
mod place;
mod playground;
mod run;
mod runaway;
mod share;
mod sight;
mod soak;
mod stage;
mod timeline;
mod twins;
mod view;
mod weight;
mod world;

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use libtest_mimic::{Arguments, Failed, Trial};
use loopscope_tests::engine::Setup;
use tokio::runtime::Builder;

use crate::stage::{Spec, Stage};

macro_rules! specs {
    ($($noun:ident: $($spec:ident)*;)*) => {
        [$($((concat!(stringify!($noun), "::", stringify!($spec)), |stage| Box::pin($noun::$spec(stage)))),*),*]
    };
}

const SPECS: &[(&str, Spec)] = &specs! {
    run: virtual_clock other_parameters wall_clock hidden_page states at_once same_hash_as_natively;
    controls: pause_and_resume stop_and_run_again changes_in_quick_succession seek_and_step;
    mistakes: unknown_scenario not_a_number out_of_range unknown_clock strange_attributes program_text_is_missing;
    picture: lanes_segments_and_marks;
    place: under_a_prefix from_another_origin;
    playground: opens_running follows_a_drag changes_the_world address_holds_the_state broken_links the_readers_choice_stays buttons;
    timeline: queue_and_who_is_held_back contexts_gauges_and_requests starved_heart zoom_pan_and_fit many_events_are_painted
        what_is_painted_is_sharp links_between_panels;
    view: single_rows notes_alone nothing_to_show;
    twins: list_and_generators coffee_and_toast in_a_row_or_at_once blocking_or_not a_context_and_a_heart live;
    pace: a_drag_is_drawn_within_two_frames nothing_jumps_while_it_streams long_runs_tell_and_stop large_runs_do_not_freeze_the_page two_fingers_zoom;
    share: saved_runs_come_back runs_stand_on_the_browsers_timeline pictures_stand_alone the_menu which_tool;
    everyone: no_violations_on_the_page no_violations_in_widgets keys table_tells_the_same
        still_without_motion;
    embed: in_a_frame bad_addresses;
    look: both_themes narrow a_hosts_own text_as_large_as_around each_in_its_place a_height_is_made_use_of;
    files: are_missing are_damaged late_half_is_missing;
    hostile: links saved_runs pictures;
    hosts: strict_policy trusted_types no_worker no_wasm_at_all methods_at_once anywhere moved_and_removed in_a_table_and_among_odd_texts;
    runaway: the_page_goes_on_and_stop_works nothing_of_the_others_is_lost memory_has_an_end
        memory_has_an_end_without_a_worker so_has_what_is_recorded a_million_tasks;
    world: worker_is_killed storage_is_denied hidden_for_minutes clock_is_stepped pixels_change
        canvas_is_lost away_and_back;
    soak: nothing_is_left;
    weight: first_picture nothing_until_near nothing_while_hidden no_engine_for_a_saved_run thirty;
    sight: states_have_their_colours nothing_lies_on_another_thing;
};

fn main() -> ExitCode {
    // There is one window.
    let arguments = Arguments { test_threads: Some(1), ..Arguments::from_args() };
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let setup = Setup::from_env()?;
    let engine = setup.engine;
    if arguments.list {
        let trials =
            SPECS.iter().map(|(spec, _)| Trial::test(format!("{engine}::{spec}"), || Ok(()))).collect();
        return Ok(libtest_mimic::run(arguments, trials).exit_code());
    }

    let runtime = Arc::new(Builder::new_current_thread().enable_all().build()?);
    let stage = Arc::new(Mutex::new(runtime.block_on(Stage::set(setup))?));
    let trials = SPECS.iter().map(|&(spec, play)| {
        let (runtime, stage) = (runtime.clone(), stage.clone());
        Trial::test(format!("{engine}::{spec}"), move || {
            let mut stage = stage.lock().unwrap_or_else(PoisonError::into_inner);
            runtime.block_on(stage.play(play)).map_err(|error| Failed::from(format!("{error:#}")))
        })
    });
    let conclusion = libtest_mimic::run(arguments, trials.collect());
    runtime.block_on(stage.lock().unwrap_or_else(PoisonError::into_inner).strike())?;
    Ok(conclusion.exit_code())
}
