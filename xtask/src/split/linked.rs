//! The sections of a wasm that its linker wrote with all relocations.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    BinaryReader, DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocSectionReader,
    RelocationType, SymbolInfo,
};

use super::graph::{Datum, Graph, Node};

/// The sections of a linked wasm that matter here.
#[derive(Default)]
pub(super) struct Linked {
    /// Each function's name.
    names: BTreeMap<u32, String>,
    imported: u32,
    /// Where each function's body stands in the file.
    bodies: Vec<Range<usize>>,
    /// Where each segment's bytes stand in the file, and in memory.
    segments: Vec<(Range<usize>, u32)>,
    segment_names: Vec<String>,
    symbols: Vec<Symbol>,
    /// The numbers and beginnings of the code section and the data section.
    code: (u32, usize),
    content: (u32, usize),
    /// What stands where in a section: section, offset, symbol, and how far behind its beginning.
    relocations: Vec<(u32, u32, u32, i64)>,
}

enum Symbol {
    Function(u32),
    Data { segment: u32, offset: u32, size: u32 },
    Other,
}

impl Linked {
    /// Reads them, and where in them functions and constants stand.
    pub(super) fn read(wasm: &[u8]) -> Result<Linked> {
        let mut linked = Linked::default();
        let mut section = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            linked.take(&payload, section)?;
            // A function's body is a payload of its own, but no section.
            section += u32::from(payload.as_section().is_some());
        }
        ensure!(!linked.symbols.is_empty() && !linked.relocations.is_empty(), "there are none");
        Ok(linked)
    }

    fn take(&mut self, payload: &Payload, section: u32) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    self.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { range, .. } => self.code = (section, range.start),
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(data) => {
                self.content = (section, data.range().start);
                for segment in data.clone() {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        bail!("a segment has no place")
                    };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                        bail!("a segment's place is not a number");
                    };
                    let bytes = segment.range.end - segment.data.len()..segment.range.end;
                    self.segments.push((bytes, value.cast_unsigned()));
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        match part? {
                            Linking::SymbolTable(symbols) => {
                                self.symbols = symbols
                                    .into_iter()
                                    .map(|symbol| Ok(Symbol::from(symbol?)))
                                    .collect::<Result<_>>()?;
                            }
                            Linking::SegmentInfo(segments) => {
                                for segment in segments {
                                    self.segment_names.push(segment?.name.to_owned());
                                }
                            }
                            _ => {}
                        }
                    }
                }
                KnownCustom::Name(names) => {
                    for part in names {
                        if let Name::Function(functions) = part? {
                            for function in functions {
                                let function = function?;
                                self.names.insert(function.index, function.name.to_owned());
                            }
                        }
                    }
                }
                _ if custom.name().starts_with("reloc.") => {
                    let reader =
                        RelocSectionReader::new(BinaryReader::new(custom.data(), custom.data_offset()))?;
                    let section = reader.section_index();
                    for entry in reader.entries() {
                        let entry = entry?;
                        if entry.ty != RelocationType::TypeIndexLeb {
                            self.relocations.push((section, entry.offset, entry.index, entry.addend));
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// Who needs whom.
    pub(super) fn graph(&self) -> Result<Graph> {
        let mut graph = Graph { functions: self.names.values().cloned().collect(), ..Graph::default() };
        let mut places: Vec<_> = self.symbols.iter().filter_map(|symbol| self.datum(symbol)).collect();
        places.sort_by_key(|datum| (datum.place.start, datum.place.end));
        for datum in places {
            match graph.data.last_mut() {
                // What shares bytes goes together.
                Some(last) if datum.place.start < last.place.end => {
                    last.place.end = last.place.end.max(datum.place.end);
                    last.constant &= datum.constant;
                }
                _ => graph.data.push(datum),
            }
        }
        for &(section, offset, symbol, addend) in &self.relocations {
            let offset = offset as usize;
            let from = if section == self.code.0 {
                self.function_at(self.code.1 + offset)
            } else if section == self.content.0 {
                self.address_of(self.content.1 + offset).and_then(|address| graph.datum_at(address))
            } else {
                continue;
            };
            let symbol = self.symbols.get(symbol as usize).context("a relocation names no symbol")?;
            let to = match symbol {
                Symbol::Function(index) => self.names.get(index).cloned().map(Node::Function),
                Symbol::Data { .. } => self.datum(symbol).and_then(|datum| graph.datum_at(datum.place.start)),
                Symbol::Other => None,
            };
            if let (Some(Node::Function(from)), Some(to), Some(datum)) = (&from, &to, self.datum(symbol)) {
                let address = u32::try_from(i64::from(datum.place.start) + addend)?;
                graph.addresses.entry(from.clone()).or_default().insert(address, to.clone());
            }
            if let (Some(from), Some(to)) = (from, to) {
                graph.needs.entry(from).or_default().insert(to);
            }
        }
        Ok(graph)
    }

    fn datum(&self, symbol: &Symbol) -> Option<Datum> {
        let &Symbol::Data { segment, offset, size } = symbol else { return None };
        let (bytes, address) = self.segments.get(segment as usize)?;
        let start = address + offset;
        // What has no bytes in the file is not there to be moved.
        (offset as usize + size as usize <= bytes.len() && size > 0).then(|| Datum {
            place: start..start + size,
            constant: self
                .segment_names
                .get(segment as usize)
                .is_some_and(|name| name.starts_with(".rodata")),
        })
    }

    fn function_at(&self, place: usize) -> Option<Node> {
        let after = self.bodies.partition_point(|body| body.end <= place);
        let index = self.imported + u32::try_from(after).ok()?;
        self.bodies
            .get(after)?
            .contains(&place)
            .then(|| self.names.get(&index).cloned().map(Node::Function))?
    }

    fn address_of(&self, place: usize) -> Option<u32> {
        let (bytes, address) = self.segments.iter().find(|(bytes, _)| bytes.contains(&place))?;
        Some(address + u32::try_from(place - bytes.start).ok()?)
    }
}

impl From<SymbolInfo<'_>> for Symbol {
    fn from(symbol: SymbolInfo) -> Symbol {
        match symbol {
            SymbolInfo::Func { index, .. } => Symbol::Function(index),
            SymbolInfo::Data { symbol: Some(place), .. } => {
                Symbol::Data { segment: place.index, offset: place.offset, size: place.size }
            }
            _ => Symbol::Other,
        }
    }
}
