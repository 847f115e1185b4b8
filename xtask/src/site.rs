//! The site as a static host serves it.
//!
//! Entry files keep their names, because readers and embedders know them. Everything they load lies in one folder
//! named by the hash of its contents, so a cache never mixes two versions: a new build is a new folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::hash::Hash;

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in list(from)? {
        let target = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            copy(&entry, &target)?;
        } else {
            fs::copy(&entry, &target).with_context(|| format!("cannot copy {}", entry.display()))?;
        }
    }
    Ok(())
}

/// Removes a folder with everything in it, if it is there.
pub(crate) fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if folder.exists() => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Returns what is in a folder, in the order of the names, without hidden files.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    };
    let mut entries = read().with_context(|| format!("cannot list {}", folder.display()))?;
    entries.retain(|entry| !entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    entries.sort();
    Ok(entries)
}

/// Returns all files below a folder.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in list(folder)? {
        if entry.is_dir() {
            files.extend(self::files(&entry)?);
        } else {
            files.push(entry);
        }
    }
    Ok(files)
}

/// Moves the folders of a copied site into the hashed one and points the entry files there.
pub(crate) fn version(site: &Path) -> Result<()> {
    let (folders, entries): (Vec<_>, Vec<_>) = list(site)?.into_iter().partition(|entry| entry.is_dir());
    let mut hash = Hash::new();
    for file in files(site)? {
        let path = file.strip_prefix(site)?;
        hash.add(path.to_string_lossy().as_bytes());
        hash.add(&fs::read(&file)?);
    }
    let hash = hash.name();
    let names = |paths: &[PathBuf]| -> Vec<String> {
        paths
            .iter()
            .filter_map(|path| path.file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    };
    let (folder_names, entry_names) = (names(&folders), names(&entries));

    fs::create_dir(site.join(&hash))?;
    for (folder, name) in folders.iter().zip(&folder_names) {
        fs::rename(folder, site.join(&hash).join(name))?;
    }
    for (entry, name) in entries.iter().zip(&entry_names) {
        if name.ends_with(".html") || name.ends_with(".js") {
            let text = fs::read_to_string(entry)?;
            let text =
                rewrite(&text, &hash, &folder_names, &entry_names).with_context(|| format!("in {name}"))?;
            fs::write(entry, text)?;
        }
    }
    Ok(())
}

/// Moves the newest versions of an old site into a new one. A browser may have an old `loopscope.js` in its cache and
/// nothing of what that loads.
pub(crate) fn keep(old: &Path, new: &Path, number: usize) -> Result<()> {
    if !old.is_dir() {
        return Ok(());
    }
    let place = |version: &PathBuf| new.join(version.file_name().unwrap_or_default());
    let mut versions = list(old)?;
    versions.retain(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        Hash::is_name(&name) && !place(folder).exists()
    });
    versions.sort_by_key(|folder| folder.metadata().and_then(|data| data.modified()).ok());
    for version in versions.iter().rev().take(number) {
        fs::rename(version, place(version)).or_else(|_| copy(version, &place(version)))?;
    }
    Ok(())
}

/// Rewrites the references in an entry file: `./folder/…` goes into the hashed folder, `./entry.js` gets the hash as
/// its query, because its name must stay.
fn rewrite(text: &str, hash: &str, folders: &[String], entries: &[String]) -> Result<String> {
    let mut text = text.to_owned();
    for quote in ['"', '\'', '`'] {
        for folder in folders {
            ensure!(
                !text.contains(&format!("{quote}{folder}/")),
                "a reference to {folder}/ must start with ./ so that it can be found"
            );
            text = text.replace(&format!("{quote}./{folder}/"), &format!("{quote}./{hash}/{folder}/"));
        }
        for entry in entries.iter().filter(|name| name.ends_with(".js")) {
            text =
                text.replace(&format!("{quote}./{entry}{quote}"), &format!("{quote}./{entry}?{hash}{quote}"));
        }
    }
    if let Some(start) = text.find("\"../") {
        bail!("{} leads out of the site", text[start..].lines().next().unwrap_or_default());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    fn rewritten(text: &str) -> Option<String> {
        rewrite(text, "v1", &["page".into(), "widget".into()], &["index.html".into(), "loopscope.js".into()])
            .ok()
    }

    #[test]
    fn references_lead_into_the_hashed_folder() {
        let page = r#"<script src="./page/page.js"></script><script src='./loopscope.js'></script>"#;
        let expected =
            r#"<script src="./v1/page/page.js"></script><script src='./loopscope.js?v1'></script>"#;
        assert_eq!(rewritten(page).as_deref(), Some(expected));
        assert_eq!(
            rewritten("import './widget/element.js';").as_deref(),
            Some("import './v1/widget/element.js';")
        );
    }

    #[test]
    fn other_text_stays() {
        let text = r#"<a href="./pages">see widget/ and "./index.html"</a>"#;
        assert_eq!(rewritten(text).as_deref(), Some(text));
    }

    #[test]
    fn a_reference_that_would_be_missed_is_an_error() {
        assert_eq!(rewritten(r#"<link href="page/page.css">"#), None);
    }
}
