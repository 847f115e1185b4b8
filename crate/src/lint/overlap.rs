use super::once::Once;
use super::scene::Scene;
use super::site::Sites;
use super::{Lint, Notes};
use crate::shelf::Shelf;
use crate::time::{Duration, Seconds};
use crate::trace::{Kind, Place, Seen};

/// How often in a row it must be so before it is worth a word.
const OFTEN: u32 = 3;

/// Things that are awaited one after the other although they could overlap. There are two ways to be sure that they could:
/// the same wait happens in several tasks at once elsewhere in the program, or each is a task that was started for it.
#[derive(Default)]
pub(super) struct Overlap {
    told: Once,
    tasks: Shelf<Course>,
    sites: Sites,
}

/// What a task has waited for so far.
#[derive(Default)]
struct Course {
    waits: u32,
    /// One of its waits was at a place at which others waited meanwhile.
    met: bool,
    /// It was seen at a site and has not gone on since.
    at: Option<(Place, u32)>,
    /// How many tasks it has started since its last wait, how the wait for the last one is called, and where it was started.
    made: u32,
    fresh: Option<(String, Option<Place>)>,
    /// The waits at one place that followed each other.
    row: Option<Row>,
}

/// Waits of one task that followed each other at one place.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) task: u32,
    pub(super) place: Option<Place>,
    pub(super) times: u32,
    pub(super) length: Duration,
    /// Each was for a task that had been started just before.
    started: bool,
}

impl Course {
    /// Notes that it waits no longer where it was seen.
    fn leave(&mut self, sites: &mut Sites) {
        if let Some((place, came)) = self.at.take()
            && let Some(site) = sites.get(place)
        {
            site.here -= 1;
            self.met |= site.came > came;
        }
    }
}

impl Lint for Overlap {
    fn see(&mut self, scene: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        match seen.kind {
            Kind::Spawn => {
                let wait = format!("{} to end", seen.text);
                if let Some(parent) = self.tasks.get_mut(seen.subject) {
                    (parent.made, parent.fresh) = (parent.made + 1, Some((wait, seen.place)));
                }
                self.tasks.insert(seen.task, Course::default());
            }
            Kind::Wait => self.wait(scene, seen, notes),
            Kind::PollStart => self.go_on(scene, seen),
            Kind::Done => self.end(seen.task, notes),
            _ => {}
        }
    }
}

impl Overlap {
    fn wait(&mut self, scene: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        let Some(course) = self.tasks.get_mut(seen.task) else { return };
        // Two that are started in a row do overlap.
        let is_one = std::mem::take(&mut course.made) == 1;
        let fresh = course.fresh.take().filter(|(wait, _)| is_one && wait == seen.text);
        let (started, place) = (fresh.is_some(), fresh.map_or(seen.place, |(_, made)| made));
        // A generator waits for one thing after the other because it is asked for one after the other.
        let plain = seen.subject == 0 && scene.generator(seen.task) == 0;
        // What was started before does overlap, in whatever order the ends are awaited.
        let plain = plain && (started || !seen.text.ends_with(" to end"));
        let next = Row { task: seen.task, place, times: 0, length: Duration::ZERO, started };
        let next = Some(next).filter(|_| plain && place.is_some());
        let ended = course
            .row
            .take_if(|row| next.is_none_or(|next| (next.place, next.started) != (row.place, row.started)));
        course.row = course.row.or(next);
        course.waits += 1;
        course.leave(&mut self.sites);
        if let Some(place) = seen.place.filter(|_| seen.subject == 0) {
            let site = self.sites.at(place);
            course.met |= site.here > 0;
            site.here += 1;
            site.came += 1;
            course.at = Some((place, site.came));
        }
        self.judge(ended, notes);
    }

    fn go_on(&mut self, scene: &Scene, seen: &Seen<'_>) {
        let Some(course) = self.tasks.get_mut(seen.task) else { return };
        course.leave(&mut self.sites);
        let since = scene.task(seen.task).and_then(|task| task.wait).map(|wait| wait.since);
        if let (Some(row), Some(since)) = (&mut course.row, since)
            && seen.t > since
        {
            row.times += 1;
            row.length += seen.t - since;
        }
    }

    fn end(&mut self, task: u32, notes: &mut Notes) {
        let Some(mut course) = self.tasks.remove(task) else { return };
        course.leave(&mut self.sites);
        self.judge(course.row, notes);
        if let Some(row) = course.row.filter(|row| course.waits == 1 && course.met && row.times == 1)
            && let Some(site) = row.place.and_then(|place| self.sites.get(place))
        {
            site.together += 1;
            let waiting = site.row.filter(|_| site.is_proven());
            self.judge(waiting, notes);
        }
    }

    /// Says something of waits that followed each other, if it is sure that they need not have.
    fn judge(&mut self, row: Option<Row>, notes: &mut Notes) {
        let Some(row) = row.filter(|row| row.times >= OFTEN) else { return };
        let site = row.place.and_then(|place| self.sites.get(place));
        if let Some(site) = site.filter(|site| !row.started && !site.is_proven()) {
            site.row = Some(row);
        } else if self.told.is_new(0, row.place) {
            let (times, seconds) = (row.times, Seconds(row.length));
            let why = match row.started {
                true => "each in a task that was started for it and awaited at once",
                false => "while elsewhere in this program the same happens in several tasks at a time",
            };
            let text = format!(
                "this was awaited {times} times, one after the other, for {seconds:.2} s in all, {why}: if none needs what \
                 the one before it gave, gather() lets them overlap"
            );
            notes.say(row.task, row.place, text);
        }
    }
}
