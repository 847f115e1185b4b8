//! The pages' own markup: a policy stands in each, and nothing that it would have to make an exception for.

use crate::source::Source;

/// Where our own pages are.
pub(crate) fn page(source: &Source) -> bool {
    source.file.ends_with(".html")
        && ["www/", "docs/guide/"].iter().any(|folder| source.file.starts_with(folder))
}

/// Finds scripts and styles that stand in the page itself, and pages without a policy.
pub(crate) fn inline(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    if !source.text.contains("http-equiv=\"Content-Security-Policy\"") {
        found.push((1, "no policy".to_owned()));
    }
    for (number, line) in source.text.lines().enumerate() {
        // What is shown as code has no angle brackets of its own.
        for tag in line.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let mut words = tag.split_whitespace();
            let name = words.next().unwrap_or_default();
            let bare = name == "script" && !tag.contains(" src=");
            let own = words
                .find(|word| word.starts_with("style=") || (word.starts_with("on") && word.contains('=')));
            if bare || name == "style" || own.is_some() || tag.contains("javascript:") {
                found.push((number + 1, format!("<{tag}>")));
            }
        }
    }
    found
}
