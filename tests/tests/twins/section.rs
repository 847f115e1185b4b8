//! What a twin said with one set of parameters.

#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// `name=value …`, as on the command line of the twin.
    pub(crate) arguments: String,
    /// All that it printed.
    pub(crate) said: String,
}

/// Reads the sections of a file; each begins with a line `$ arguments`.
pub(crate) fn read(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        if let Some(arguments) = line.strip_prefix('$') {
            sections.push(Section { arguments: arguments.trim().to_owned(), said: String::new() });
        } else if let Some(section) = sections.last_mut() {
            section.said += line;
            section.said.push('\n');
        } else {
            panic!("\"{line}\" stands before the first line that begins with $");
        }
    }
    sections
}

/// Writes sections as they are read.
pub(crate) fn write(sections: &[Section]) -> String {
    let write =
        |Section { arguments, said }: &Section| format!("{}\n{said}", format!("$ {arguments}").trim());
    sections.iter().map(write).collect()
}
